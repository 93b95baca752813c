// People who may be one person written in two ways. Proposed only: the user decides, and can undo it.
import { make, say } from "./elements.js";

export function drawPairs({ link, words, notes }) {
  const el = make("div", { class: "netvaerk-pairs" });
  const said = make("p", { class: "netvaerk-state", role: "status" });
  let shown = "";
  const button = (text, name, [a, b]) => {
    const run = () => link.act(name, { a, b }).catch(({ why }) => (said.textContent = why));
    return make("button", { type: "button", onclick: run }, text);
  };
  const draw = (pair, sentence, ...buttons) => {
    const text = make("p", { dir: "auto" }, say(sentence, { a: pair[2], b: pair[3] }));
    return make("div", { class: "netvaerk-gap", role: "group" }, text, ...buttons);
  };
  const update = () => {
    const { pairs = [], same = [] } = notes();
    const now = JSON.stringify([pairs, same]);
    if (now === shown) return;
    shown = now;
    const proposed = pairs.map((pair) => {
      const yes = button(words.same_yes, "same_person", pair);
      return draw(pair, words.same_ask, yes, button(words.same_no, "different_person", pair));
    });
    const joined = same.map((pair) => {
      return draw(pair, words.same_is, button(words.same_part, "part_person", pair));
    });
    el.replaceChildren(...proposed, ...joined, said);
  };
  update();
  return { el, update };
}
