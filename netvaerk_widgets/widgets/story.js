// Versions of a text as a person reads them: when, who, why, and which words went out and came in.
import { make } from "./elements.js";

const PIECES = { same: "span", out: "del", in: "ins" };

function drawPieces(pieces, words) {
  const drawn = pieces.map(([change, text]) => {
    const said = { out: words.taken_out, in: words.put_in }[change];
    const spoken = said && make("span", { class: "netvaerk-spoken" }, said);
    return make(PIECES[change], {}, spoken, text);
  });
  return make("p", { class: "netvaerk-pieces", dir: "auto" }, ...drawn);
}

/** @param {Array} story newest first, as Python tells it @param {Function} act draws a button, or not */
export function drawStory(story, words, act = () => null) {
  const items = story.map((one, i) => {
    const text = one.erased
      ? make("p", { class: "netvaerk-help" }, words.erased)
      : drawPieces(one.pieces, words);
    const cause = one.cause && make("p", { class: "netvaerk-cause" }, one.cause);
    const written = make("p", { class: "netvaerk-help" }, one.written);
    return make("li", {}, written, cause, text, act(one, i));
  });
  return make("ol", { class: "netvaerk-story" }, ...items);
}
