// A field's history: a button beside its label that opens the versions it has had, each of which can
// be put back. Putting back is an edit like any other, so it can itself be put back.
import { make } from "./elements.js";
import { drawStory } from "./story.js";

/** @param field a Field: its form, address, `heads` and `restore` */
export function drawHistory(field) {
  const { link, words } = field.form;
  const panel = make("div", { class: "netvaerk-history", role: "group", hidden: true });
  panel.setAttribute("aria-label", `${words.history}: ${field.spec.label}`);
  let shown = ""; // the heads the open panel was drawn for

  const putBack = (text, one) =>
    make("button", { type: "button", onclick: () => field.restore(one.value) }, text);
  const act = (one, i) => {
    if (i === 0) return make("p", { class: "netvaerk-help" }, words.stands_now);
    return one.erased ? null : putBack(words.put_back, one);
  };
  const draw = ({ story }) => {
    const undo = story.length > 1 && !story[1].erased && putBack(words.undo_last, story[1]);
    const empty = make("p", { class: "netvaerk-help" }, words.history_empty);
    panel.replaceChildren(story.length ? drawStory(story, words, act) : empty);
    if (undo) panel.prepend(undo);
  };
  const heads = () => JSON.stringify(link.heads(field.address).map(([id]) => id));
  const ask = () => {
    shown = heads();
    return link.act("history", field.address).then(draw, ({ why }) => panel.replaceChildren(why));
  };
  const toggle = () => {
    const open = button.getAttribute("aria-expanded") !== "true";
    button.setAttribute("aria-expanded", String(open));
    button.textContent = open ? words.history_hide : words.history;
    panel.hidden = !open;
    if (open) ask();
  };
  const button = make(
    "button",
    { type: "button", class: "netvaerk-quiet netvaerk-past", "aria-expanded": "false", onclick: toggle },
    words.history,
  );
  const update = () => {
    button.hidden = !link.heads(field.address).length;
    const open = button.getAttribute("aria-expanded") === "true";
    if (open && shown !== heads()) ask();
  };
  return { button, panel, update };
}
