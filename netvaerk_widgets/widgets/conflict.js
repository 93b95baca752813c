// Two texts written without sight of each other: both are shown, and the user chooses.
import { make } from "./elements.js";

/** @param field a Field: its form, `same`, `inWords`, `joined` and `restore` */
export function drawConflict(field) {
  const { words } = field.form;
  const el = make("div", { class: "netvaerk-conflict", role: "alert", hidden: true });
  let disputed = null;

  const choose = (text, value) =>
    make("button", { type: "button", onclick: () => field.restore(value) }, text);
  const draw = (values) => {
    el.replaceChildren(make("p", {}, words.conflict));
    for (const value of values) {
      const text = make("blockquote", { dir: "auto" }, field.inWords(value));
      el.append(text, choose(words.use_this, value));
    }
    const both = field.joined(values);
    if (both) el.append(choose(words.keep_both, both));
  };
  const update = (heads) => {
    const all = heads.map(([, value]) => value);
    const values = all.filter((one, i) => all.findIndex((other) => field.same(one, other)) === i);
    el.hidden = values.length < 2;
    if (el.hidden || field.same(values, disputed)) return;
    disputed = values; // redrawn only when it changes, so that a button keeps its focus
    draw(values);
  };
  return { el, update };
}
