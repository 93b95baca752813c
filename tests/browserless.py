"""A page without a browser: it says to a form what the browser would, and hears what it would."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

from comm.base_comm import BaseComm

from netvaerk_widgets.desk import Desk
from netvaerk_widgets.store import Edit, Store
from netvaerk_widgets.widgets.form import Form

Message = dict[str, Any]


class HeardComm(BaseComm):
    """A comm that keeps what a widget sends; the widget cannot tell it from a kernel's."""

    def __init__(self, *arguments: object, **keys: object) -> None:
        self.heard: list[Message] = []
        super().__init__(*arguments, **keys)

    def publish_msg(self, msg_type: str, data: Message | None = None, **_: object) -> None:
        if data is not None and msg_type != "comm_close":
            self.heard.append(data)


class Page:
    """One form as a page shows it."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.answers: list[Message] = []
        self._heard = 0
        self._state: Message = {}

    def _hear(self) -> None:
        comm = self.form.comm
        assert isinstance(comm, HeardComm)
        for data in comm.heard[self._heard :]:
            if "state" in data:
                self._state.update(data["state"])
            if data.get("method") == "custom":
                self._take_in(data["content"])
        self._heard = len(comm.heard)

    def _take_in(self, content: Message) -> None:
        self.answers.append(content)
        for record_id, record in content.get("records", {}).items():
            if record is None:
                self._state["_records"].pop(record_id, None)
            else:
                self._state["_records"][record_id] = record

    @property
    def setup(self) -> Message:
        self._hear()
        return dict(self._state["_setup"])

    @property
    def records(self) -> Message:
        self._hear()
        return dict(self._state["_records"])

    @property
    def notes(self) -> Message:
        self._hear()
        return dict(self._state["_notes"])

    def shown(self, record_id: str, field: str) -> list[Any]:
        """Return the values that stand in a field: none, one, or several in conflict."""
        heads = self.records.get(record_id, {}).get("f", {}).get(field, [])
        return [value for _, value in heads]

    def say(self, message: Message) -> Message:
        """Say something as the browser does, and return the answer to it."""
        self._hear()
        before = len(self.answers)
        self.form.comm.handle_msg(
            {"content": {"data": {"method": "custom", "content": message}}, "buffers": []}
        )
        self._hear()
        answers = [
            one
            for one in self.answers[before:]
            if message["id"] in (one.get("done"), one.get("refused"))
        ]
        assert len(answers) == 1, self.answers[before:]
        return answers[0]

    def edit(self, record: str, kind: str, field: str, value: object, **other: object) -> Message:
        """Fill in a field, having seen what it shows now."""
        heads = self.records.get(record, {}).get("f", {}).get(field, [])
        message = {"do": "edit", "id": str(uuid.uuid4()), "network": self.setup["network"]}
        message |= {"record": record, "kind": kind, "field": field, "value": value}
        return self.say(message | {"replaces": [id_ for id_, _ in heads]} | other)

    def act(self, name: str, **facts: object) -> Message:
        """Press a button."""
        message = {"do": "act", "id": str(uuid.uuid4()), "name": name}
        return self.say(message | {"network": self.setup["network"]} | facts)


def page(desk: Desk, name: str) -> Page:
    return Page(desk.form(name))


def begun(desk: Desk, title: str = "Nord") -> str:
    """Make a network through the chooser and return its id."""
    assert "done" in page(desk, "chooser").act("new_network", title=title)
    assert desk.network is not None
    return desk.network.network_id


def on_disk(file: Path) -> list[Edit]:
    with Store.open(file, read_only=True) as store:
        return store.edits()[0]
