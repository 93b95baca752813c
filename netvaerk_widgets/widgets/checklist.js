// The characteristics: one named group each, with the question, help that folds out, and answers.
import { make } from "./elements.js";
import { drawField } from "./fields.js";
import { widget } from "./form.js";

function drawCharacteristic(form, item, number) {
  const { words, setup } = form;
  const fields = setup.specs.map((spec) => drawField(form, spec, item.record, "assessment"));
  const examples = make(
    "dl",
    {},
    make("dt", {}, words.weak),
    make("dd", {}, item.weak),
    make("dt", {}, words.strong),
    make("dd", {}, item.strong),
  );
  const help = make(
    "details",
    {},
    make("summary", {}, words.more),
    make("p", {}, item.help),
    examples,
    make("p", { class: "netvaerk-own" }, words.own_examples),
  );
  const gap = make("p", { class: "netvaerk-gap", hidden: true });
  const el = make(
    "fieldset",
    { class: "netvaerk-card" },
    make("legend", {}, `${number}. ${item.title}`),
    make("p", { class: "netvaerk-question" }, item.question),
    help,
    ...fields.map((field) => field.el),
    gap,
  );
  const update = () => {
    fields.forEach((field) => field.update());
    const text = form.notes()[item.record] ?? "";
    if (gap.textContent !== text) gap.textContent = text;
    gap.hidden = !text;
  };
  update();
  return { el, update };
}

export default widget((body, form) => {
  const drawn = form.setup.characteristics.map((item, i) => drawCharacteristic(form, item, i + 1));
  body.append(...drawn.map(({ el }) => el));
  return { refresh: () => drawn.forEach(({ update }) => update()) };
});
