// The network types side by side, the type that was given, three questions, and what they argue for.
import { make } from "./elements.js";
import { drawField } from "./fields.js";
import { widget } from "./form.js";

function drawTable({ words, setup }) {
  const corner = make("td", {});
  const heads = setup.types.map((type) => {
    const shape = make("span", { class: "netvaerk-shape", "aria-hidden": "true" }, type.shape);
    return make("th", { scope: "col" }, shape, type.title);
  });
  const rows = setup.rows.map(([name, label]) =>
    make(
      "tr",
      {},
      make("th", { scope: "row" }, label),
      ...setup.types.map((type) => make("td", {}, type[name])),
    ),
  );
  const table = make(
    "table",
    { class: "netvaerk-types" },
    make("caption", {}, words.types_caption),
    make("thead", {}, make("tr", {}, corner, ...heads)),
    make("tbody", {}, ...rows),
  );
  const region = { class: "netvaerk-scroll", role: "region", tabindex: "0" };
  return make("div", { ...region, "aria-label": words.types_caption }, table);
}

function drawAdvice({ words, notes }) {
  const el = make("div", { class: "netvaerk-advice", role: "status" });
  let shown = "";
  const update = () => {
    const { headline = "", why = [], points = [] } = notes();
    const now = JSON.stringify([headline, why, points]);
    if (now === shown) return;
    shown = now;
    el.replaceChildren(make("p", { class: "netvaerk-headline" }, headline));
    if (why.length) el.append(make("ul", {}, ...why.map((text) => make("li", {}, text))));
    if (!points.length) return;
    const items = points.map((text) => make("li", {}, text));
    const title = make("p", { class: "netvaerk-headline" }, words.to_reference_leader);
    el.append(make("div", { class: "netvaerk-gap" }, title, make("ul", {}, ...items)));
  };
  update();
  return { el, update };
}

export default widget((body, form) => {
  const { setup, words } = form;
  const given = drawField(form, setup.given, setup.network, "network");
  const check = (spec) => drawField(form, spec, setup.record, "type_check");
  const questions = setup.questions.map(check);
  const delivery = check(setup.delivery);
  const note = check(setup.note);
  const advice = drawAdvice(form);
  const fields = [given, ...questions, delivery, note];
  body.append(
    drawTable(form),
    make("p", { class: "netvaerk-help" }, words.type_is_given),
    given.el,
    make("h3", {}, words.type_questions),
    ...questions.map((field) => field.el),
    delivery.el,
    advice.el,
    note.el,
  );
  const refresh = () => {
    fields.forEach((field) => field.update());
    advice.update();
    delivery.el.hidden = !form.notes().several && delivery.get() == null;
  };
  refresh();
  return { refresh };
});
