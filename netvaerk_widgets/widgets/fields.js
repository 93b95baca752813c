// One field: label, help, the control for its type, and what is saved. Drawing only; which values
// are allowed is decided in records.py.
import { drawConflict } from "./conflict.js";
import { make, say, uuid } from "./elements.js";
import { drawHistory } from "./history.js";

const MANY = 6; // from so many choices on, a list to pick from is easier than buttons

/**
 * @param form {link, setup, words}
 * @param spec {name, type, label, help, list} from Python; `list` names the choices or kinds
 * @param {string} record id of the record the field belongs to; it need not exist yet
 */
export function drawField(form, spec, record, kind) {
  const address = { record, kind, field: spec.name };
  const field = new (CONTROLS[spec.type] ?? Text)(form, spec, address);
  field.update();
  return field;
}

class Field {
  constructor(form, spec, address) {
    Object.assign(this, { form, spec, address, id: `n${uuid()}`, heads: [] });
    this.state = make("span", { class: "netvaerk-state", "aria-hidden": "true" });
    this.help = spec.help && make("p", { class: "netvaerk-help", id: `${this.id}h` }, spec.help);
    this.conflict = drawConflict(this);
    this.history = drawHistory(this);
    this.el = this.draw();
    this.el.classList.add("netvaerk-field", `netvaerk-${spec.type}`);
    this.el.dataset.field = spec.name;
  }

  get describedBy() {
    return this.spec.help ? `${this.id}h` : null;
  }

  /** Draws a single control with its label; groups draw themselves. */
  draw() {
    this.control = this.makeControl();
    const label = make("label", { for: this.id }, this.spec.label);
    const top = make("div", { class: "netvaerk-top" }, label, this.history.button, this.state);
    const control = make("div", { class: "netvaerk-control" }, this.control, this.extra?.());
    return make("div", {}, top, this.help, control, this.conflict.el, this.history.panel);
  }

  group(...content) {
    const legend = make("legend", {}, this.spec.label);
    const shown = [this.history.button, this.state];
    const top = make("div", { class: "netvaerk-top netvaerk-top-group" }, ...shown);
    const about = { "aria-describedby": this.describedBy };
    const below = [this.conflict.el, this.history.panel];
    return make("fieldset", about, legend, top, this.help, ...content, ...below);
  }

  edit(value, now) {
    this.form.link.edit(this.address, value, this.heads.map(([id]) => id), now);
  }

  /** Makes an earlier value, or one side of a conflict, the field's value: it replaces all heads. */
  restore(value) {
    this.heads = this.form.link.heads(this.address);
    this.edit(value, true);
    this.put(value);
  }

  /** Shows what is saved, or what is typed and not yet saved; a field in use is left alone. */
  update() {
    const { link, words } = this.form;
    const { state, text } = link.status(this.address, words);
    this.state.textContent = text;
    this.state.className = `netvaerk-state netvaerk-is-${state || "still"}`;
    const heads = link.heads(this.address);
    this.conflict.update(heads);
    this.history.update();
    // In use, the control keeps what the user sees and types; `heads` stays what they have seen,
    // so that typing on never replaces a text they have not read.
    const inUse = this.el.contains(document.activeElement);
    const seen = heads.length === 1 && this.same(heads[0][1], this.get());
    this.heads = !inUse || seen ? heads : link.read(this.address, this.heads);
    const typed = link.pending(this.address); // null is an answer taken back
    if (!inUse) this.put(typed === undefined ? (heads.at(-1)?.[1] ?? null) : typed);
  }

  same(a, b) {
    return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
  }

  /** Both sides of a conflict as one value, where that makes sense. */
  joined() {
    return null;
  }

  /** A value as a person reads it. */
  inWords(value) {
    const titles = Object.fromEntries(this.options?.() ?? []);
    const words = [value ?? []].flat().map((one) => titles[one] ?? String(one));
    return words.join(", ") || this.form.words.empty;
  }
}

class Text extends Field {
  attributes() {
    return { type: "text", autocomplete: "off" };
  }

  makeControl() {
    const now = () => this.form.link.flush(this.address);
    return make(this.tag ?? "input", {
      id: this.id,
      dir: "auto",
      "aria-describedby": this.describedBy,
      ...this.attributes(),
      oninput: () => this.edit(this.get(), false),
      onblur: () => (now(), setTimeout(() => this.update())),
    });
  }

  get() {
    return this.control.value === "" ? null : this.control.value;
  }

  put(value) {
    const text = value == null ? "" : String(value);
    if (this.control.value !== text) this.control.value = text;
  }
}

class LongText extends Text {
  attributes() {
    return { rows: "3" };
  }
}

LongText.prototype.joined = (values) => values.filter(Boolean).join("\n\n");
LongText.prototype.tag = "textarea"; // a class field would come after the parent drew itself

class Minutes extends Text {
  attributes() {
    return { type: "text", inputmode: "numeric", autocomplete: "off" };
  }
}

class DateField extends Text {
  attributes() {
    return { type: "date" };
  }

  extra() {
    const today = () => {
      const now = new Date();
      const local = new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
      this.control.value = local;
      this.edit(local, true);
    };
    const label = `${this.form.words.today}: ${this.spec.label}`;
    return make(
      "button",
      { type: "button", class: "netvaerk-quiet", "aria-label": label, onclick: today },
      this.form.words.today,
    );
  }
}

class Choice extends Field {
  options() {
    return this.form.setup.choices[this.spec.list];
  }

  draw() {
    this.select = this.options().length > MANY;
    return this.select ? super.draw() : this.drawButtons();
  }

  makeControl() {
    const choose = () => this.edit(this.get(), true);
    const control = make("select", {
      id: this.id,
      "aria-describedby": this.describedBy,
      onchange: choose,
      onblur: () => setTimeout(() => this.update()),
    });
    control.append(make("option", { value: "" }, this.form.words.not_answered));
    for (const [value, title] of this.options()) control.append(make("option", { value }, title));
    return control;
  }

  drawButtons() {
    this.buttons = this.options().map(([value, title]) => this.drawButton(value, title));
    const clear = () => {
      this.put(null);
      this.edit(null, true);
      this.buttons[0].focus();
    };
    const label = `${this.form.words.clear}: ${this.spec.label}`;
    this.clear = make(
      "button",
      { type: "button", class: "netvaerk-quiet", "aria-label": label, onclick: clear },
      this.form.words.clear,
    );
    const labels = this.buttons.map((button) => button.parentElement);
    return this.group(make("div", { class: "netvaerk-options" }, ...labels, this.clear));
  }

  drawButton(value, title) {
    const pick = () => {
      this.clear.hidden = false;
      this.edit(value, true);
    };
    const button = make("input", { type: "radio", name: this.id, value, onchange: pick });
    make("label", { class: "netvaerk-option" }, button, make("span", {}, title));
    return button;
  }

  get() {
    if (this.select) return this.control.value || null;
    return this.buttons.find((button) => button.checked)?.value ?? null;
  }

  put(value) {
    if (this.select) this.control.value = value ?? "";
    else {
      for (const button of this.buttons) button.checked = button.value === value;
      this.clear.hidden = value == null;
    }
  }
}

class Choices extends Field {
  options() {
    return this.form.setup.choices[this.spec.list];
  }

  draw() {
    this.box = make("div", { class: "netvaerk-options" });
    this.offered = null;
    return this.group(this.box);
  }

  /** Offers the options, and any chosen id that is no longer among them, so it is not lost. */
  offer(chosen) {
    const options = this.options();
    const known = new Set(options.map(([id]) => id));
    const all = [...options, ...chosen.filter((id) => !known.has(id)).map((id) => [id, id])];
    if (this.same(all, this.offered)) return;
    this.offered = all;
    this.boxes = all.map(([value, title]) => {
      const toggle = () => this.edit(this.get(), true);
      const box = make("input", { type: "checkbox", value, onchange: toggle });
      make("label", { class: "netvaerk-option" }, box, make("span", { dir: "auto" }, title));
      return box;
    });
    const labels = this.boxes.map((box) => box.parentElement);
    const none = make("p", { class: "netvaerk-help" }, this.form.words.nothing_to_choose);
    this.box.replaceChildren(...(labels.length ? labels : [none]));
  }

  get() {
    const chosen = this.boxes.filter((box) => box.checked).map((box) => box.value);
    return chosen.length ? chosen : null;
  }

  put(value) {
    const chosen = value ?? [];
    this.offer(chosen);
    for (const box of this.boxes) box.checked = chosen.includes(box.value);
  }
}

class Records extends Choices {
  /** Records of the kinds this field may name, oldest first as Python sent them. */
  options() {
    const kinds = this.spec.list.split(" ");
    const { link, words } = this.form;
    return Object.entries(link.model.get("_records"))
      .filter(([id, record]) => kinds.includes(record.k) && id !== this.address.record)
      .map(([id, record]) => [id, record.t || say(words.untitled, {})]);
  }
}

const CONTROLS = {
  text: Text,
  long_text: LongText,
  date: DateField,
  minutes: Minutes,
  choice: Choice,
  choices: Choices,
  records: Records,
};
