"""Removes a person or a record for good, and finds everything about a person.

An erased edit keeps its ids and what it replaced, so that the history stays whole and no merge
with an old copy brings it back; its content and author are gone from the file's bytes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..errors import StoreError
from .edit import ERASED_CONTENT, ERASED_RECORD, Address, Edit, hollowed, new_edit
from .network import Network
from .store import Store

GAP = "[slettet]"
"""Stands in a text where a name was."""


@dataclass(frozen=True)
class Trace:
    """One place where a person's name stands.

    Attributes
    ----------
    edit
        The edit whose value, or author, is the name.
    current
        True if the field shows this now, False if it is only history.
    """

    edit: Edit
    current: bool


def traces(store: Store, name: str) -> list[Trace]:
    """Return every place in the file where ``name`` stands, in order of arrival.

    Case, accents' encoding and extra spaces do not matter; ``"Aagaard"`` does not find "Ågård".

    Raises
    ------
    StoreError
        The name has fewer than three letters, which would find half the file.
    """
    pattern = _pattern(name)
    edits, _ = store.edits()
    heads = _heads(edits)
    return [
        Trace(edit, edit.edit_id in heads)
        for edit in edits
        if any(pattern.search(text) for text in (*_texts(edit), edit.author))
    ]


def erase_person(
    store: Store, name: str, *, records: Iterable[str] = (), journalised: str = ""
) -> dict[str, int]:
    """Remove a person from the file for good and keep a receipt without the name.

    Parameters
    ----------
    records
        Records to erase whole, e.g. the person's own contact. Elsewhere the name alone goes: in
        the texts that stand now, ``GAP`` takes its place; in the history, the old text goes.
    journalised
        What was journalised first and where, for the receipt; must not name the person.

    Returns
    -------
    dict
        The receipt's figures: ``records``, ``texts``, ``history``, ``authors``.

    Raises
    ------
    StoreError
        Nothing was changed.
    """
    pattern = _pattern(name)
    whole = set(records)
    hollow, rewritten, figures = [], [], {"records": 0, "texts": 0, "history": 0, "authors": 0}
    figures["records"] = len(whole)
    edits, _ = store.edits()
    heads = _heads(edits)
    for edit in edits:
        if edit.record_id in whole:
            hollow.append(hollowed(edit, ERASED_RECORD))
        elif any(pattern.search(text) for text in _texts(edit)):
            hollow.append(hollowed(edit, ERASED_CONTENT))
            figures["texts" if edit.edit_id in heads else "history"] += 1
            if edit.edit_id in heads:
                rewritten.append(_without(edit, pattern))
        elif pattern.search(edit.author):
            hollow.append(hollowed(edit, 0))
            figures["authors"] += 1
    store.erase(hollow, rewritten, {**figures, "journalised": journalised})
    return figures


def erase_record(store: Store, record_id: str, *, journalised: str = "") -> int:
    """Remove one record and its history for good; return how many edits it had."""
    edits = [edit for edit in store.edits()[0] if edit.record_id == record_id]
    hollow = [hollowed(edit, ERASED_RECORD) for edit in edits]
    store.erase(hollow, [], {"records": 1, "journalised": journalised})
    return len(edits)


def _without(edit: Edit, pattern: re.Pattern[str]) -> Edit:
    value: object = edit.value
    if isinstance(value, str):
        value = pattern.sub(GAP, unicodedata.normalize("NFC", value))
    elif isinstance(value, list):
        value = [pattern.sub(GAP, item) for item in value]
    address = Address(edit.network_id, edit.record_id, edit.kind, edit.field)
    return new_edit(address, value, replaces=[edit.edit_id])


def _texts(edit: Edit) -> Sequence[str]:
    if isinstance(edit.value, str):
        return [edit.value]
    return edit.value if isinstance(edit.value, list) else []


def _heads(edits: Iterable[Edit]) -> set[str]:
    networks: dict[str, Network] = {}
    for edit in edits:
        networks.setdefault(edit.network_id, Network(edit.network_id)).apply([edit])
    return {head for network in networks.values() for head in network.head_ids()}


def _pattern(name: str) -> re.Pattern[str]:
    words = unicodedata.normalize("NFC", name).split()
    if sum(map(len, words)) < _SHORTEST:
        raise StoreError("name_too_short", least=_SHORTEST)
    between = r"\s+".join(re.escape(word) for word in words)
    return re.compile(rf"(?<!\w){between}(?!\w)", re.IGNORECASE)


_SHORTEST = 3
