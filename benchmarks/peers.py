"""What the package is measured against: the same screens made the usual way."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import anywidget
import ipywidgets

from netvaerk_widgets.method import load_method

BARE_MODULE = """
export default { render({ model, el }) {
  const box = document.createElement("textarea");
  box.className = "bare";
  const said = document.createElement("output");
  let number = 0;
  box.addEventListener("input", () => model.send({ do: "edit", id: ++number, value: box.value }));
  model.on("msg:custom", (message) => { said.textContent = message.done; });
  el.append(box, said);
} };
"""


def core_checklist() -> ipywidgets.Widget:
    """Return the characteristics checklist in core ipywidgets: same words, same controls."""
    method = load_method()
    statuses = [(title, id_) for id_, title in method.choice_titles("assessment_status").items()]
    fields = method.fields["assessment"]
    groups = []
    for one in method.characteristics:
        words = f"{one.help}<dl><dt>{one.weak}</dt><dd>{one.strong}</dd></dl>"
        status = ipywidgets.RadioButtons(options=statuses, value=None)
        groups.append(
            ipywidgets.VBox(
                [
                    ipywidgets.HTML(f"<h3>{one.title}</h3><p>{one.question}</p>"),
                    ipywidgets.Accordion([ipywidgets.HTML(words)], titles=["Hjælp og eksempler"]),
                    ipywidgets.HTML(fields["status"].label),
                    status,
                    ipywidgets.HTML(f"{fields['how'].label}<br>{fields['how'].help}"),
                    ipywidgets.Textarea(),
                    ipywidgets.HTML(f"{fields['clearer'].label}<br>{fields['clearer'].help}"),
                    ipywidgets.Textarea(),
                ]
            )
        )
    return ipywidgets.VBox(groups)


class BareWidget(anywidget.AnyWidget):
    """A textarea whose every change is one message, one raw SQLite commit and one answer."""

    _esm = BARE_MODULE

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._database = sqlite3.connect(file, check_same_thread=False, isolation_level=None)
        self._database.execute("PRAGMA journal_mode=TRUNCATE")
        self._database.execute("PRAGMA synchronous=EXTRA")
        self._database.execute("CREATE TABLE IF NOT EXISTS answer (id, value)")
        self.on_msg(self.save)

    def save(self, _: object, message: dict[str, object], __: object) -> None:
        """Commit one change and say so."""
        self._database.execute(
            "INSERT INTO answer VALUES (?, ?)", (message["id"], message["value"])
        )
        self.send({"done": message["id"]})
