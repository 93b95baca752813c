// Records of one kind: a button that opens a new one, and a list to open, change and delete from.
// A record is saved from the first word; there is nothing to submit.
import { make, say, uuid } from "./elements.js";
import { drawField } from "./fields.js";
import { widget } from "./form.js";
import { drawPairs } from "./pairs.js";

class RecordList {
  constructor(body, form) {
    this.form = form;
    this.items = new Map(); // record id -> item on screen
    this.drafts = new Set(); // opened here, nothing written yet
    const { words, setup } = form;
    this.list = make("ol", { class: "netvaerk-list" });
    this.empty = make("p", { class: "netvaerk-message" }, setup.empty);
    this.undo = make("div", { class: "netvaerk-undo", role: "status" });
    const add = make(
      "button",
      { type: "button", class: "netvaerk-main", onclick: () => this.add() },
      setup.add,
    );
    this.pairs = drawPairs(form);
    body.append(...setup.asides.map(drawAside), add, this.undo, this.pairs.el, this.empty, this.list);
    this.refresh(null, null);
  }

  get records() {
    return this.form.link.model.get("_records");
  }

  add() {
    const id = uuid();
    this.drafts.add(id);
    this.refresh(null, [id]);
    this.items.get(id).open(true);
  }

  /** Redraws only what changed: an open form keeps its focus and caret. */
  refresh(address, changed) {
    const { kind } = this.form.setup;
    const mine = Object.keys(this.records).filter((id) => this.records[id].k === kind);
    mine.forEach((id) => this.drafts.delete(id));
    const wanted = [...this.drafts, ...mine.reverse()]; // newest first
    for (const [id, item] of this.items) {
      if (wanted.includes(id)) continue;
      item.el.remove();
      this.items.delete(id);
    }
    for (const id of wanted) {
      if (!this.items.has(id)) this.place(id, wanted);
      else if (!changed || !address || address.record === id) this.items.get(id).update();
    }
    this.empty.hidden = wanted.length > 0;
    this.pairs.update();
  }

  place(id, wanted) {
    const item = new Item(this, id);
    this.items.set(id, item);
    const before = wanted.slice(0, wanted.indexOf(id)).filter((other) => this.items.has(other));
    const last = this.items.get(before.at(-1));
    if (last) last.el.after(item.el);
    else this.list.prepend(item.el);
  }

  async remove(id, title) {
    const { link, words } = this.form;
    if (this.drafts.delete(id)) return this.refresh(null, [id]);
    await link.act("delete", { record: id });
    const back = async () => {
      await link.act("bring_back", { record: id });
      this.undo.replaceChildren();
      this.items.get(id)?.button.focus();
    };
    const button = make("button", { type: "button", onclick: back }, words.undo);
    this.undo.replaceChildren(make("span", {}, say(words.deleted, { title })), button);
    button.focus();
  }
}

class Item {
  constructor(owner, id) {
    this.owner = owner;
    this.id = id;
    const { words } = owner.form;
    this.title = make("span", { class: "netvaerk-title", dir: "auto" });
    const toggle = () => this.open(this.fields === undefined);
    this.button = make("button", { type: "button", "aria-expanded": "false", onclick: toggle });
    this.delete = make("button", { type: "button", onclick: () => this.ask() }, words.delete);
    this.bar = make("div", { class: "netvaerk-bar" }, this.title, this.button, this.delete);
    this.body = make("div", { class: "netvaerk-item netvaerk-grid", role: "group" });
    this.el = make("li", {}, this.bar, this.body);
    this.update();
  }

  get name() {
    return this.owner.records[this.id]?.t || this.owner.form.words.untitled;
  }

  update() {
    const { words } = this.owner.form;
    const isOpen = this.fields !== undefined;
    if (this.title.textContent !== this.name) {
      this.title.textContent = this.name;
      this.body.setAttribute("aria-label", this.name);
      this.delete.setAttribute("aria-label", `${words.delete}: ${this.name}`);
    }
    this.button.textContent = isOpen ? words.close : words.edit;
    this.button.setAttribute("aria-label", `${this.button.textContent}: ${this.name}`);
    this.button.setAttribute("aria-expanded", String(isOpen));
    this.fields?.forEach((field) => field.update());
  }

  open(wanted) {
    if (!wanted) {
      this.fields = undefined;
      this.body.replaceChildren();
      this.update();
      return;
    }
    const { form } = this.owner;
    const { kind, specs } = form.setup;
    this.fields = specs.map((spec) => drawField(form, spec, this.id, kind));
    for (const field of this.fields) this.body.append(field.el, ...this.acts(field));
    this.update();
    this.body.querySelector("input, select, textarea")?.focus();
  }

  /** Buttons that belong under a field, such as parking a solution written under "vinkel". */
  acts(field) {
    const { form } = this.owner;
    return form.setup.acts
      .filter((act) => act.field === field.spec.name)
      .map((act) => {
        const said = make("span", { class: "netvaerk-state", role: "status" });
        const tell = (text) => (said.textContent = text);
        const run = () =>
          form.link
            .act(act.name, { record: this.id, text: field.get() })
            .then(() => tell(act.done), ({ why }) => tell(why));
        const button = make("button", { type: "button", onclick: run }, act.label);
        return make("div", { class: "netvaerk-act" }, button, said);
      });
  }

  ask() {
    const { words } = this.owner.form;
    const no = () => {
      question.replaceWith(this.delete);
      this.delete.focus();
    };
    const said = make("span", {}, say(words.really_delete, { title: this.name }));
    const yes = () =>
      this.owner.remove(this.id, this.name).catch(({ why }) => (said.textContent = why));
    const sure = make("button", { type: "button", class: "netvaerk-danger", onclick: yes }, words.yes);
    const question = make(
      "span",
      { class: "netvaerk-ask", role: "group" },
      said,
      sure,
      make("button", { type: "button", onclick: no }, words.no),
    );
    this.delete.replaceWith(question);
    sure.focus();
  }
}

function drawAside({ title, about, entries }) {
  const list = make("dl", {});
  for (const [term, text] of entries) list.append(make("dt", {}, term), make("dd", {}, text));
  const intro = about && make("p", { class: "netvaerk-help" }, about);
  return make("details", {}, make("summary", {}, title), intro, list);
}

export default widget((body, form) => new RecordList(body, form));
