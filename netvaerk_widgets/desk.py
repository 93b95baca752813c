"""The desk: one open network, the forms that show it, and what arrives from them.

Every edit from a form becomes a row on disk here before the form is told that it is saved; every
form that shows the same record is then told what changed. Widgets know nothing of the store and
the store nothing of widgets: this module and ``workbook`` are the only joint.
"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from . import acts, notes, screen
from .errors import ValueRefusedError, WorkbookError
from .file_care import Received
from .method import Method
from .store import Address, Edit, Network, Record, Store, new_edit
from .summary import summary_html, summary_text
from .widgets.checklist import Checklist
from .widgets.chooser import Chooser
from .widgets.form import Form, Screen
from .widgets.keeper import Keeper
from .widgets.overview import Overview
from .widgets.record_form import NetworkForm, ThemeForm
from .widgets.record_list import Contacts, FieldWalk, Ideas, KnowledgeSearch, Log
from .widgets.theme_path import ThemePath
from .widgets.type_selector import TypeSelector


@dataclass(frozen=True)
class Part:
    """One form of the notebook: its widget, what it is told, what it points out, its twin."""

    widget: type[Form]
    setup: Callable[[Method, screen.Place], Screen]
    notes: Callable[[Method, Network], Screen]
    step: str


PARTS = {
    "chooser": Part(Chooser, screen.chooser, notes.no_notes, "chooser"),
    "head": Part(NetworkForm, screen.network_head, notes.no_notes, "network"),
    "theme": Part(ThemeForm, screen.theme, notes.no_notes, "theme"),
    "path": Part(ThemePath, screen.nothing, notes.path_notes, "path"),
    "characteristics": Part(
        Checklist, screen.characteristics, notes.assessment_notes, "characteristics"
    ),
    "network_type": Part(TypeSelector, screen.network_type, notes.type_notes, "network_type"),
    "knowledge_search": Part(
        KnowledgeSearch, screen.record_list("source"), notes.no_notes, "knowledge_search"
    ),
    "field_walk": Part(FieldWalk, screen.record_list("observation"), notes.no_notes, "field_walk"),
    "contacts": Part(Contacts, screen.record_list("contact"), notes.contact_notes, "contacts"),
    "log": Part(Log, screen.record_list("log"), notes.no_notes, "log"),
    "ideas": Part(Ideas, screen.record_list("idea"), notes.no_notes, "ideas"),
    "overview": Part(Overview, screen.nothing, notes.overview_notes, "overview"),
    "keeper": Part(Keeper, screen.keeper, notes.no_notes, "chooser"),
}

Requests = Mapping[str, "Callable[[Desk, Screen], Screen | None]"]

_NOBODY = Network("00000000-0000-0000-0000-000000000000")
"""Stands in for the network in a twin while none is open; nothing is ever written to it."""


class Desk:
    """One workbook file, open on one network, with its forms.

    Parameters
    ----------
    requests
        What forms may ask for beyond saving an edit, by name.
    """

    def __init__(self, store: Store, method: Method, requests: Requests) -> None:
        self.store = store
        self.method = method
        self.received = Received()
        self._requests = requests
        self.forms: dict[str, Form] = {}
        self._networks: dict[str, Network] = {}
        self._seen = 0
        # Jupyter runs a form's messages in other threads than the notebook's cells.
        self._lock = threading.RLock()
        self._chosen: str | None = None
        self.pull()
        self._chosen = store.chosen_network()

    @property
    def network(self) -> Network | None:
        """The open network, or None."""
        return self.known(self._chosen) if self._chosen else None

    def known(self, network_id: str) -> Network:
        """Return a network of this file as it now stands, open or not."""
        return self._networks.setdefault(network_id, Network(network_id))

    def form(self, name: str) -> Form:
        """Return a form by its name in ``PARTS``: the same one each time it is asked for."""
        with self._lock:
            if name not in self.forms:
                marker = uuid.uuid4().hex
                self.forms[name] = PARTS[name].widget(
                    words=screen.words(self.method),
                    ask=self._asked,
                    twin=lambda: self._twin(name, marker),
                    marker=marker,
                )
                self._open_form(name)
            return self.forms[name]

    def _open_form(self, name: str) -> None:
        part, form, network = PARTS[name], self.forms[name], self.network
        setup: Screen = {"name": name, "file": self.store.fingerprint, "network": self._chosen}
        records: Screen = {}
        if network is None and name not in ("chooser", "keeper"):
            setup["message"] = self.method.labels["choose_network_first"]
        else:
            place = screen.Place(setup["file"], self.store.networks(), network)
            setup |= part.setup(self.method, place)
        if network is not None:
            shown = network.records(*form.kinds, *form.named_kinds)
            records = self._on_screen(form, network, shown)
        form.open_on(setup, records, self._notes(name))

    def _notes(self, name: str) -> Screen:
        if name == "chooser":
            return notes.chooser_notes(self.method, self.network, read_only=self.store.read_only)
        return PARTS[name].notes(self.method, self.network) if self.network else {}

    def _on_screen(self, form: Form, network: Network, records: Iterable[Record]) -> Screen:
        return {
            record.record_id: screen.record_on_screen(self.method, network, record, form.kinds)
            for record in records
        }

    def _twin(self, name: str, marker: str) -> dict[str, str]:
        with self._lock:
            step, network = PARTS[name].step, self.network or _NOBODY
            return {
                "text/html": summary_html(self.method, network, step, marker=marker),
                "text/plain": summary_text(self.method, network, step),
            }

    def _asked(self, message: Screen) -> tuple[Screen, Callable[[], None]]:
        try:
            with self._lock:
                if message.get("do") != "edit":
                    return self._request(message), self.pull
                self._append(self._edits(message))
        except ValueRefusedError as error:
            raise self._with_label(error) from error
        return {}, self.pull

    def _request(self, message: Screen) -> Screen:
        request = self._requests.get(str(message.get("name")))
        if request is None:
            raise WorkbookError("widget_unknown", name=message.get("name"))
        return request(self, message) or {}

    def _with_label(self, error: ValueRefusedError) -> ValueRefusedError:
        kind, _, name = str(error.facts.get("field", "")).partition(".")
        text = self.method.fields.get(kind, {}).get(name)
        return error.retold(field=text.label) if text else error

    def _edits(self, message: dict[str, Any]) -> list[Edit]:
        # Another form of id would make the file one that no merge accepts.
        if str(uuid.UUID(message["id"])) != message["id"]:
            raise WorkbookError("record_unknown")
        edit = new_edit(
            Address(message["network"], message["record"], message["kind"], message["field"]),
            message["value"],
            edit_id=message["id"],
            replaces=message["replaces"],
        )
        network = self.known(edit.network_id)
        acts.check_choice(self.method, network, edit)
        record = network.record(edit.record_id)
        if network.single("network").gone or (record and record.erased):
            raise WorkbookError("record_unknown")
        if record and record.deleted:  # written on elsewhere meanwhile: what is saved must be seen
            return [edit, *acts.deletion(network, record, deleted=False)]
        return [edit]

    def write(self, edits: list[Edit]) -> None:
        """Append edits and tell every form."""
        self._append(edits)
        self._pull()

    def _append(self, edits: list[Edit]) -> None:
        self.store.append([*edits, *self._named_assessments(edits)])

    def _named_assessments(self, edits: list[Edit]) -> list[Edit]:
        """Return edits that say which characteristic an assessment is of, where none does yet."""
        found = []
        for edit in edits:
            if edit.kind != "assessment" or edit.field == "characteristic":
                continue
            network = self.known(edit.network_id)
            record = network.record(edit.record_id)
            if record and record.value("characteristic"):
                continue
            for one in self.method.characteristics:
                blank = network.assessment(one.id)
                if blank.record_id == edit.record_id:
                    found.append(acts.changed(network, blank, "characteristic", one.id))
        return found

    def close(self) -> None:
        """Close the file and take the forms off the screen."""
        for form in self.forms.values():
            form.close()
        self.received.discard()
        self.store.close()

    def pull(self) -> None:
        """Take in what is new in the file, from here or from others, and tell the forms."""
        with self._lock:
            self._pull()

    def _pull(self) -> None:
        edits, self._seen = self.store.edits(after=self._seen)
        titles = any(edit.kind == "network" and edit.field in _LISTED for edit in edits)
        for edit in edits:
            self.known(edit.network_id).apply([edit])
        if self.network and self.network.single("network").gone:  # here or by somebody else
            self._show_network(self.store.chosen_network())
            return
        touched = {edit.record_id for edit in edits if edit.network_id == self._chosen}
        network = self.network
        for name, form in self.forms.items():
            if name == "chooser" and titles:
                self._open_form(name)
            elif network is not None and touched:
                changed = [network.record(id_) for id_ in sorted(touched)]
                kinds = form.kinds | form.named_kinds
                mine = [record for record in changed if record and record.kind in kinds]
                form.show(self._on_screen(form, network, mine), self._notes(name))

    def choose(self, network_id: str) -> None:
        """Open another network of this file in every form."""
        if network_id not in self.store.networks():
            raise WorkbookError("record_unknown")
        self.store.choose_network(network_id)
        self._show_network(network_id)

    def _show_network(self, network_id: str | None) -> None:
        self._chosen = network_id
        for name in self.forms:
            self._open_form(name)


_LISTED = ("title", "deleted", "example", "keep_until")
