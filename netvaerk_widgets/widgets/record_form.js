// The form of one record: the network's head, the theme.
import { make } from "./elements.js";
import { drawField } from "./fields.js";
import { widget } from "./form.js";

export default widget((body, form) => {
  const { record, kind, groups } = form.setup;
  const fields = [];
  for (const { title, about, specs } of groups) {
    const drawn = specs.map((spec) => drawField(form, spec, record, kind));
    fields.push(...drawn);
    const grid = make("div", { class: "netvaerk-grid" }, ...drawn.map((field) => field.el));
    const intro = about && make("p", { class: "netvaerk-help" }, about);
    body.append(make("section", {}, make("h3", {}, title), intro, grid));
  }
  return { refresh: () => fields.forEach((field) => field.update()) };
});
