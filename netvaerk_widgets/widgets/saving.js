// Carries edits to Python and knows what is saved. A trait would not do as save path: with a dead
// kernel it raises nothing and the edit is gone. Here every edit has an id and waits for its answer,
// which Python sends after COMMIT; until then it stays in `unsent`, and is sent again.
import { uuid } from "./elements.js";

const PAUSE = 400; // ms without a key before a text is sent
const LONGEST = 1500; // ms of unbroken typing before it is sent anyway
const PATIENCE = 1400; // ms without an answer before the field says "Ikke gemt"
const AGAIN = 2000; // ms between attempts
const RESEND = 6500; // ms before an edit under way is sent anew: Python may wait 5 s for the file
const ACT_PATIENCE = 60000; // ms for an act such as merging; a kernel that is gone is told of at once
const SILENCE = 8000; // ms without an answer before a form nobody is in gives way to its twin
const PULSE = 15000; // ms between looks for what others changed, while the page is seen

// Page memory, not browser storage: what is typed while the kernel is dead outlives the form it was
// typed in and is sent by the form that replaces it. Shared by all forms on the page.
const unsent = (globalThis.netvaerkUnsent ??= new Map());

const pulses = (globalThis.netvaerkPulses ??= new Map()); // file -> when a form last asked

const keyOf = (file, { record, field }) => `${file}|${record}|${field}`;

/** One per widget model: anywidget evaluates the module once for each. */
let link = null;
export const connect = (model) => (link ??= new Link(model));

class Link {
  constructor(model) {
    this.model = model;
    this.views = new Set();
    this.saved = new Map(); // key -> "14:02"
    this.own = new Map(); // key -> the edit of this page that was last confirmed there
    this.asked = new Map(); // id -> {resolve, reject} of acts
    this.live = true;
    model.on("msg:custom", (message) => this.hear(message));
    this.clocks = [setInterval(() => this.sendAgain(), AGAIN), setInterval(() => this.pulse(), PULSE)];
    this.warn = (event) => unsent.size && event.preventDefault();
    this.seen = () => document.visibilityState === "visible" && this.ping();
    model.on("change:_setup", () => this.adopt()); // empty when the model is new
    model.on("change:_setup change:_notes", () => this.askForTwin());
    model.on("comm_live_update", () => model.comm_live || this.end());
    addEventListener("beforeunload", this.warn);
    document.addEventListener("visibilitychange", this.seen);
    this.adopt();
  }

  close() {
    this.clocks.forEach(clearInterval);
    removeEventListener("beforeunload", this.warn);
    document.removeEventListener("visibilitychange", this.seen);
    this.closed = true;
  }

  get file() {
    return this.model.get("_setup").file;
  }

  /** Heads of a field as [[edit id, value], …]; the last one is shown. */
  heads({ record, field }) {
    return this.model.get("_records")[record]?.f?.[field] ?? [];
  }

  /** @returns {{text: string, state: "" | "saving" | "saved" | "failed"}} what to show at a field */
  status(address, words) {
    const key = keyOf(this.file, address);
    const entry = unsent.get(key);
    if (entry?.failed) return { state: "failed", text: `${words.not_saved}: ${entry.failed}` };
    if (entry) return { state: "saving", text: words.saving };
    const at = this.saved.get(key);
    return at ? { state: "saved", text: `${words.saved} ${at}` } : { state: "", text: "" };
  }

  /** The heads a user has read who read `seen` and then wrote on: this page's own saves are. */
  read(address, seen) {
    const own = this.own.get(keyOf(this.file, address));
    const stands = own && this.heads(address).some(([id]) => id === own.id);
    if (!stands || seen.some(([id]) => id === own.id)) return seen;
    return [...seen.filter(([id]) => !own.replaces.includes(id)), [own.id, own.value]];
  }

  /** What the user typed and Python has not yet confirmed, or undefined. */
  pending(address) {
    return unsent.get(keyOf(this.file, address))?.value;
  }

  /** Takes an edit; `seen` are the head ids the user looked at, `now` skips the typing pause. */
  edit(address, value, seen, now) {
    const key = keyOf(this.file, address);
    const { network, name: form } = this.model.get("_setup");
    const entry = unsent.get(key) ?? { ...address, network, form, replaces: seen, since: Date.now() };
    Object.assign(entry, { value, owner: this, failed: "", hopeless: false });
    unsent.set(key, entry);
    clearTimeout(entry.timer);
    const wait = now ? 0 : Math.min(PAUSE, Math.max(0, entry.since + LONGEST - Date.now()));
    if (wait) entry.timer = setTimeout(() => this.send(key), wait);
    else this.send(key);
    this.tell(address);
  }

  /** Sends what waits in a field at once: the user left it. */
  flush(address) {
    const key = keyOf(this.file, address);
    const entry = unsent.get(key);
    if (!entry || entry.flying) return;
    clearTimeout(entry.timer);
    this.send(key);
  }

  send(key) {
    const entry = unsent.get(key);
    if (!entry || entry.flying) return; // the answer to the one under way sends the next
    entry.flying = { id: uuid(), value: entry.value };
    entry.since = Date.now();
    this.post(key, entry);
  }

  post(key, entry) {
    const { network, record, kind, field, replaces, flying } = entry;
    entry.posted = Date.now();
    clearTimeout(entry.patience);
    entry.patience = setTimeout(() => this.lost(key), PATIENCE);
    const sent = this.say({ do: "edit", ...flying, network, record, kind, field, replaces });
    if (sent) return;
    entry.posted = 0; // it never left, so the next attempt need not wait
    this.lost(key);
  }

  say(message) {
    try {
      this.model.send(message);
      return true;
    } catch {
      return false; // no kernel to send to; the caller shows it
    }
  }

  lost(key) {
    const entry = unsent.get(key);
    if (!entry) return;
    entry.failed = this.model.get("_words").no_answer;
    this.live = false;
    this.tell(entry);
  }

  sendAgain() {
    for (const [key, entry] of unsent) {
      if (entry.owner !== this || !entry.failed || entry.hopeless) continue;
      if (!entry.flying) this.send(key);
      else if (Date.now() - entry.posted > RESEND) this.post(key, entry);
    }
  }

  /** Takes over what the same form, earlier on this page, could not send. */
  adopt() {
    const { network, name } = this.model.get("_setup");
    for (const [key, entry] of unsent) {
      const mine = entry.form === name && entry.network === network;
      const deserted = !entry.owner.live || entry.owner.closed;
      if (!mine || !deserted || !key.startsWith(`${this.file}|`)) continue;
      entry.owner = this;
      entry.flying ??= { id: uuid(), value: entry.value };
      this.post(key, entry);
    }
  }

  hear(message) {
    if (message.done || message.records) this.live = true;
    if (message.records) this.takeIn(message.records);
    if (message.done) this.confirmed(message);
    if (message.refused) this.refused(message);
    if (message.twin) this.views.forEach((view) => view.twin?.(message));
  }

  takeIn(changed) {
    const records = this.model.get("_records"); // changed in place: views made later read it too
    for (const [id, record] of Object.entries(changed)) {
      if (record) records[id] = record;
      else delete records[id];
    }
    this.tell(null, Object.keys(changed));
    this.askForTwin(); // also what others wrote, deleted or erased must be so in the notebook
  }

  confirmed(message) {
    this.asked.get(message.done)?.resolve(message);
    this.asked.delete(message.done);
    const [key, entry] = this.flight(message.done);
    if (!entry) return this.tell(null, []);
    clearTimeout(entry.patience);
    const same = entry.flying.value === entry.value;
    this.settle(entry, message.done);
    entry.replaces = [message.done];
    entry.flying = null;
    entry.failed = "";
    this.saved.set(key, message.at);
    clearTimeout(entry.timer);
    if (same) unsent.delete(key);
    else entry.timer = setTimeout(() => this.send(key), PAUSE); // typed on meanwhile
    this.tell(entry);
    this.askForTwin();
  }

  /** Shows the saved edit as the field's head until Python's own account of it arrives. */
  settle({ record, kind, field, flying, replaces }, id) {
    const { f } = (this.model.get("_records")[record] ??= { k: kind, t: "", f: {} });
    const others = (f[field] ?? []).filter(([head]) => head !== id && !replaces.includes(head));
    f[field] = [...others, [id, flying.value]];
    this.own.set(keyOf(this.file, { record, field }), { id, value: flying.value, replaces });
  }

  refused(message) {
    this.asked.get(message.refused)?.reject(message);
    this.asked.delete(message.refused);
    const [, entry] = this.flight(message.refused);
    if (!entry) return;
    clearTimeout(entry.patience);
    entry.flying = null;
    entry.failed = message.why;
    entry.hopeless = !message.again;
    this.tell(entry);
  }

  flight(id) {
    return [...unsent].find(([, entry]) => entry.flying?.id === id) ?? [];
  }

  /** Asks Python to do something; resolves with its answer, rejects with a sentence. */
  act(name, facts) {
    const id = uuid();
    const network = this.model.get("_setup").network;
    return new Promise((resolve, reject) => {
      const why = this.model.get("_words").no_answer;
      this.asked.set(id, { resolve, reject });
      setTimeout(() => this.asked.delete(id) && reject({ why }), ACT_PATIENCE);
      if (!this.say({ do: "act", id, name, network, ...facts })) reject({ why });
    });
  }

  ping() {
    if (this.pinged) return;
    const forget = () => (this.pinged = 0);
    const silent = () => (forget(), this.end());
    this.pinged = setTimeout(silent, SILENCE);
    const answered = () => (clearTimeout(this.pinged), forget());
    if (!this.say({ do: "act", id: "ping", name: "ping" })) answered(), this.end();
    else this.asked.set("ping", { resolve: answered, reject: answered });
  }

  /** The kernel is gone: the form gives way to its twin, unless something typed waits in it. */
  end() {
    this.live = false;
    this.tell(null, []);
  }

  /** One form's question brings news to all that stand on the same file. */
  pulse() {
    const asked = Date.now() - (pulses.get(this.file) ?? 0);
    if (document.visibilityState !== "visible" || !this.views.size || asked < PULSE / 2) return;
    pulses.set(this.file, Date.now());
    this.ping();
  }

  askForTwin() {
    clearTimeout(this.twinTimer);
    this.twinTimer = setTimeout(() => this.anyUnsent || this.say({ do: "twin" }), 800);
  }

  get anyUnsent() {
    return [...unsent.values()].some((entry) => entry.owner === this);
  }

  tell(address, records) {
    for (const view of this.views) view.refresh(address, records);
  }
}
