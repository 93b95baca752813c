// Which network is open: choose one, make one, and the example that comes and goes in one click.
import { make, uuid } from "./elements.js";
import { widget } from "./form.js";

export default widget((body, { link, setup, words, notes }) => {
  const id = `n${uuid()}`;
  const said = make("p", { class: "netvaerk-state", role: "status" });
  const run = (name, facts) =>
    link.act(name, facts).catch(({ why }) => (said.textContent = `${words.not_saved}: ${why}`));

  const choose = () => select.value && run("choose_network", { chosen: select.value });
  const select = make("select", { id: `${id}s`, onchange: choose });
  if (!setup.network) select.append(make("option", { value: "" }, words.choose_first));
  for (const [value, title] of setup.networks) {
    select.append(make("option", { value }, title || words.untitled));
  }
  select.value = setup.network ?? "";

  const create = (event) => {
    event.preventDefault();
    run("new_network", { title: title.value });
  };
  const title = make("input", { id: `${id}t`, type: "text", autocomplete: "off", dir: "auto" });
  const fresh = make(
    "form",
    { class: "netvaerk-inline", onsubmit: create },
    make("label", { for: `${id}t` }, words.new_title),
    title,
    make("button", { type: "submit", class: "netvaerk-main" }, words.create),
  );
  const example = make(
    "button",
    {
      type: "button",
      onclick: () => run(setup.example ? "remove_example" : "add_example", {}),
    },
    setup.example ? words.remove_example : words.add_example,
  );
  const pick = make(
    "div",
    { class: "netvaerk-inline" },
    make("label", { for: `${id}s` }, words.open_network),
    select,
  );
  const warning = make("p", { class: "netvaerk-gap", hidden: true });
  if (setup.networks.length) body.append(pick);
  body.append(fresh, make("div", { class: "netvaerk-inline" }, example), said, warning);

  const refresh = () => {
    warning.textContent = notes().warning ?? "";
    warning.hidden = !warning.textContent;
  };
  refresh();
  return { refresh };
});
