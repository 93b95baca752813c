// Where the theme stands, step by step, and the next best step. Counts and words, never a grade.
import { make } from "./elements.js";
import { widget } from "./form.js";

const SHAPES = { empty: "○", begun: "◐", covered: "●" };

export default widget((body, { words, notes }) => {
  let shown = "";
  const refresh = () => {
    const now = JSON.stringify(notes());
    if (now === shown) return;
    shown = now;
    const { standing = [], next } = notes();
    const rows = standing.map(({ title, state, sentence }) =>
      make(
        "li",
        { class: `netvaerk-standing netvaerk-${state}` },
        make("span", { class: "netvaerk-shape", "aria-hidden": "true" }, SHAPES[state]),
        make("span", { class: "netvaerk-title" }, title),
        make("span", {}, words[`state_${state}`]),
        make("span", { class: "netvaerk-count" }, sentence),
      ),
    );
    body.replaceChildren(make("ol", { class: "netvaerk-standings" }, ...rows));
    if (!next) return;
    const { title, advice } = next;
    const headline = make("p", { class: "netvaerk-headline" }, `${words.next_step}: ${title}`);
    body.prepend(make("div", { class: "netvaerk-advice" }, headline, make("p", {}, advice)));
  };
  refresh();
  return { refresh };
});
