"""Looking after the file: copies, putting copies together, and erasing, told in plain words."""

from __future__ import annotations

import base64
import binascii
import tempfile
import uuid
from pathlib import Path
from typing import Any

from .errors import StoreError, WorkbookError
from .method import Method
from .sections import Words
from .store import Network, Store, backup, erasure
from .store import merge as merging
from .store.foreign import read_copy

LARGEST_COPY = 500_000_000
"""Bytes of a copy taken in through the browser; larger ones are merged by ``netvaerk merge``."""


class Received:
    """A copy on its way from the browser, piece by piece, in a private temporary file."""

    def __init__(self) -> None:
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._next = 0
        self.which = ""

    @property
    def path(self) -> Path:
        """Where the copy lies; raise ``WorkbookError`` if none was received."""
        if self._folder is None:
            raise WorkbookError("copy_missing")
        return Path(self._folder.name) / "kopi.netvaerk"

    def take(self, number: int, data: str) -> None:
        """Add a piece (base64); number 0 begins anew. A piece sent twice is taken once."""
        if number == 0:
            self.discard()
            self._folder, self._next = tempfile.TemporaryDirectory(prefix="netvaerk-kopi-"), 0
            self.which = uuid.uuid4().hex
        if number < self._next:
            return
        try:
            piece = base64.b64decode(data, validate=True)
        except (binascii.Error, ValueError):
            raise WorkbookError("copy_missing") from None
        if number > self._next:
            raise WorkbookError("copy_missing")
        with self.path.open("ab") as file:
            if file.tell() + len(piece) > LARGEST_COPY:
                raise WorkbookError("copy_too_large", limit=LARGEST_COPY // 1_000_000)
            file.write(piece)
        self._next += 1

    def discard(self) -> None:
        """Forget the copy."""
        if self._folder is not None:
            self._folder.cleanup()
        self._folder = None


def back_up(method: Method, store: Store) -> list[str]:
    """Copy the file and say where the copy lies."""
    return [backed_up(method, backup.back_up(store.path))]


def backed_up(method: Method, copy: Path) -> str:
    """Return where a backup lies, as a sentence."""
    return method.labels["care_backed_up"].format(folder=backup.FOLDER, file=copy.name)


def compare(method: Method, store: Store, received: Received) -> dict[str, Any]:
    """Return what merging the received copy would do: ``lines``, and if it brings ``news``."""
    news = False
    try:
        found = merging.compare(store, [read_copy(received.path)])
        news = bool(found.new or found.erased)
        return {"lines": told(method, found), "news": news, "which": received.which}
    finally:
        if not news:
            received.discard()


def merge(method: Method, store: Store, received: Received, which: str) -> list[str]:
    """Take a backup, merge the copy that was compared, and return in sentences what was done."""
    if which != received.which:  # another page has sent another copy meanwhile
        raise WorkbookError("copy_missing")
    found = merging.merge(store, [read_copy(received.path)])
    received.discard()
    lines = told(method, found)
    if found.backup is None:
        return lines
    still = [method.labels["care_backup_holds_erased"]] if found.erased else []
    return [*lines, backed_up(method, found.backup), *still]


def told(method: Method, found: merging.Comparison) -> list[str]:
    """Return a comparison in sentences: what is new, the same, in conflict, erased."""
    label = method.labels
    lines = [label["care_new_network"].format(title=title) for title in found.networks]
    lines += [
        label["care_new"].format(number=number, kind=label[f"kind_{kind}"])
        for kind, number in found.records.items()
        if f"kind_{kind}" in label
    ]
    figures = {"conflicts": len(found.conflicts), "erased": len(found.erased)}
    lines += [label[f"care_{name}"].format(number=n) for name, n in figures.items() if n]
    return lines or [label["care_nothing_new"]]


def traces(method: Method, store: Store, name: str) -> dict[str, Any]:
    """Return everywhere a name stands, and the records a person can be erased with whole.

    Returns
    -------
    dict
        ``places``: sentences; ``whole``: ``[record id, title]`` of contacts of that name.
    """
    networks: dict[str, Network] = {}
    places: dict[str, None] = {}
    whole: dict[str, str] = {}
    for trace in erasure.traces(store, name):
        edit = trace.edit
        network = networks.setdefault(edit.network_id, store.network(edit.network_id))
        words = Words(method, network)
        text = method.fields.get(edit.kind, {}).get(edit.field)
        state = method.labels["care_current" if trace.current else "care_historic"]
        if edit.kind == "contact" and edit.field == "name":
            whole[edit.record_id] = words.name_of(edit.record_id)
        field = text.label if text else edit.field
        places[f"{network.title} · {method.labels[f'kind_{edit.kind}']} · {field} ({state})"] = None
    for copy in backup.backups(store.path) if store.is_file else []:
        if said := _in_backup(copy, name):
            places[method.labels[said].format(file=copy.name)] = None
    return {"places": list(places), "whole": [[id_, title] for id_, title in whole.items()]}


def _in_backup(copy: Path, name: str) -> str:
    """Return the label that tells of a backup: it holds the name, or cannot be read."""
    try:
        with Store.open(copy, read_only=True) as kept:
            return "care_in_backup" if erasure.traces(kept, name) else ""
    except StoreError:
        return "care_backup_unread"


def erase_person(method: Method, store: Store, message: dict[str, Any]) -> list[str]:
    """Erase a person, and return the receipt in sentences.

    Raises
    ------
    WorkbookError
        It is not said what was journalised: erasing comes after journalising, in one act.
    """
    figures = erasure.erase_person(
        store,
        message["words"],
        records=message["records"],
        journalised=_journalised(message),
    )
    return [method.labels["care_receipt"].format(**figures)]


def erase_network(method: Method, store: Store, message: dict[str, Any]) -> list[str]:
    """Erase a network with everything in it, and return the receipt in sentences."""
    number = erasure.erase_network(store, message["network"], journalised=_journalised(message))
    return [method.labels["care_network_receipt"].format(number=number)]


def _journalised(message: dict[str, Any]) -> str:
    said = str(message.get("journalised") or "").strip()
    if not said:
        raise WorkbookError("journalise_first")
    return said
