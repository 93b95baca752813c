// Makes elements. Text goes in as text nodes, so nothing a person wrote is ever read as markup.

/** @param {string} tag @param {object} properties attributes, or on<event> handlers */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child != null));
  return element;
}

/** A random UUID; crypto.randomUUID is missing where a hub is reached over plain http. */
export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}

/** Fills `{name}` places in a sentence from the method file. */
export function say(sentence, facts) {
  return sentence.replace(/\{(\w+)\}/g, (place, name) => facts[name] ?? place);
}
