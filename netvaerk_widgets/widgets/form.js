// The frame every form stands in: root element, keys, life and death, and the static twin after it.
import { make } from "./elements.js";
import { connect } from "./saving.js";

/** Keeps keys inside the form: unguarded, `d d` on a radio deletes the notebook cell. */
function keepKeys(event) {
  const modified = event.ctrlKey || event.metaKey || event.altKey;
  if (event.key === "Enter" || (event.key !== "Escape" && !modified)) event.stopPropagation();
}

/** Puts fresh saved answers into the notebook's own copy of the output after the form's. */
function patchTwin(model, { twin, marker }) {
  // Not a documented way in; where it is missing the twin is as old as the last run of the cell.
  const cells = model.widget_manager?.context?.model?.cells;
  for (let i = 0; i < (cells?.length ?? 0); i++) {
    const outputs = cells.get(i).outputs;
    for (let j = 0; j < (outputs?.length ?? 0); j++) {
      const output = outputs.get(j);
      if (String(output.data["text/html"] ?? "").includes(marker)) {
        output.setData?.({ data: { ...output.data, ...twin } });
      }
    }
  }
}

/**
 * Makes a widget module of a function that draws a form.
 * @param {(body: HTMLElement, form: object) => {refresh: Function}} draw called again when the
 *   network changes; `refresh(address, records)` is called when something in it may have changed
 */
export function widget(draw) {
  return {
    initialize({ model }) {
      const link = connect(model);
      return () => link.close();
    },
    render({ model, el }) {
      const link = connect(model);
      const words = model.get("_words");
      el.classList.add("netvaerk", "netvaerk-live");
      el.lang = words.language;
      el.dataset.form = model.get("_setup").name;
      el.addEventListener("keydown", keepKeys);
      el.addEventListener("focusin", () => link.ping());
      const spoken = make("div", { class: "netvaerk-spoken", role: "status" });
      const body = make("div", { class: "netvaerk-body" });
      el.append(body, spoken);
      let drawn;

      const redraw = () => {
        body.replaceChildren();
        const setup = model.get("_setup");
        if (setup.message) {
          body.append(make("p", { class: "netvaerk-message" }, setup.message));
          drawn = null;
        } else {
          drawn = draw(body, { link, setup, words, notes: () => model.get("_notes") });
        }
      };
      const view = {
        refresh(address, records) {
          const isUsed = link.anyUnsent || el.contains(document.activeElement);
          el.classList.toggle("netvaerk-live", link.live || isUsed);
          if (address) spoken.textContent = link.status(address, words).text;
          drawn?.refresh(address, records);
        },
        twin: (message) => patchTwin(model, message),
      };
      link.views.add(view);
      model.on("change:_setup", redraw);
      model.on("change:_records change:_notes", () => drawn?.refresh(null, null));
      redraw();
      return () => link.views.delete(view);
    },
  };
}
