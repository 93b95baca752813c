// Looks after the file: a backup, taking in a copy somebody sent, erasing for good.
import { make, say, uuid } from "./elements.js";
import { widget } from "./form.js";

const CHUNK = 360 * 1024; // bytes of file in one message; base64 makes it 480 kB, well under 10 MiB

function drawLines(lines) {
  return make("ul", {}, ...lines.map((line) => make("li", { dir: "auto" }, line)));
}

/** A heading, what it is for, and a place where the answer is said. */
function drawPart(title, about) {
  const said = make("div", { class: "netvaerk-said", role: "status" });
  const el = make(
    "section",
    {},
    make("h3", {}, title),
    make("p", { class: "netvaerk-help" }, about),
  );
  const tell = (...content) => said.replaceChildren(...content);
  const fail = ({ why }) => tell(make("p", { class: "netvaerk-gap" }, why));
  return { el, said, tell, fail };
}

function button(text, onclick, kind = null) {
  return make("button", { type: "button", class: kind, onclick }, text);
}

function drawBackup({ link, setup: { say: words } }) {
  const part = drawPart(words.backup, words.backup_about);
  const run = () =>
    link.act("back_up", {}).then(({ lines }) => part.tell(drawLines(lines)), part.fail);
  part.el.append(button(words.backup_do, run), part.said);
  return part.el;
}

/** Sends a file in pieces, each answered before the next: one large message would be lost. */
async function send(link, file) {
  for (let number = 0; number * CHUNK < file.size || number === 0; number++) {
    const bytes = new Uint8Array(
      await file.slice(number * CHUNK, (number + 1) * CHUNK).arrayBuffer(),
    );
    let text = "";
    for (const byte of bytes) text += String.fromCharCode(byte);
    await link.act("copy_chunk", { number, data: btoa(text) });
  }
}

function drawMerge({ link, setup: { say: words } }) {
  const part = drawPart(words.merge, words.merge_about);
  const id = `n${uuid()}`;
  const merge = (which) =>
    link.act("copy_merge", { which }).then(({ lines }) => part.tell(drawLines(lines)), part.fail);
  const compare = async () => {
    if (!input.files.length) return;
    part.tell(make("p", {}, words.sending));
    try {
      await send(link, input.files[0]);
      const { lines, news, which } = await link.act("copy_compare", {});
      part.tell(drawLines(lines));
      if (news) part.said.append(button(words.merge_do, () => merge(which), "netvaerk-main"));
    } catch (refusal) {
      part.fail(refusal);
    }
    input.value = "";
  };
  const input = make("input", { id, type: "file", accept: ".netvaerk", onchange: compare });
  part.el.append(make("label", { for: id }, words.merge_file), input, part.said);
  return part.el;
}

function drawErase({ link, setup }) {
  const words = setup.say;
  const part = drawPart(words.erase, words.erase_about);
  const [name, kept] = [`n${uuid()}`, `n${uuid()}`];
  const who = make("input", { id: name, type: "text", autocomplete: "off", dir: "auto" });
  const journalised = make("textarea", { id: kept, rows: "2", "aria-describedby": `${kept}h` });
  const erase = (act, facts) =>
    link
      .act(act, { journalised: journalised.value, ...facts })
      .then(({ lines }) => part.tell(drawLines(lines)), part.fail);
  const sure = (text, run) => {
    const ask = button(text, () => ask.replaceWith(certain), "netvaerk-danger");
    const certain = button(words.sure, run, "netvaerk-danger");
    return ask;
  };
  const find = async () => {
    try {
      const { places, whole } = await link.act("traces", { words: who.value });
      if (!places.length) return part.tell(make("p", {}, words.erase_none));
      const boxes = whole.map(([value, title]) => {
        const box = make("input", { type: "checkbox", value });
        return { box, el: make("label", { class: "netvaerk-option" }, box, `${words.erase_whole}: ${title}`) };
      });
      const records = () => boxes.filter(({ box }) => box.checked).map(({ box }) => box.value);
      const run = () => erase("erase_person", { words: who.value, records: records() });
      const found = make("p", {}, words.erase_found);
      part.tell(found, drawLines(places), ...boxes.map(({ el }) => el), sure(words.erase_do, run));
    } catch (refusal) {
      part.fail(refusal);
    }
  };
  part.el.append(
    make("label", { for: kept }, words.journalised),
    make("p", { class: "netvaerk-help", id: `${kept}h` }, words.journalised_help),
    journalised,
    make("label", { for: name }, words.erase_name),
    who,
    button(words.erase_find, find),
    part.said,
  );
  if (setup.network) {
    const whole = say(words.network_do, { title: setup.title });
    part.el.append(sure(whole, () => erase("erase_network", {})));
  }
  return part.el;
}

export default widget((body, form) => {
  body.append(drawBackup(form), drawMerge(form), drawErase(form));
  return { refresh() {} };
});
