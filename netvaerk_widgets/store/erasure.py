"""Removes a person or a record for good, and finds everything about a person.

An erased edit keeps its ids and what it replaced, so that the history stays whole and no merge
with an old copy brings it back; its content and author are gone from the file's bytes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..errors import StoreError, ValueRefusedError
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

    Case, spaces, dots and hyphens between the names, invisible characters and the old ways to
    write å, æ and ø do not matter: "Kirsten Aagaard" is found in "KIRSTEN ÅGAARDS liste" and in
    "kirsten.aagaard@…". A genitive counts, a longer word does not: "Bo" is not found in "Bolig".
    Middle names, nicknames and initials are other names: look for each.

    Raises
    ------
    StoreError
        The name has fewer than three letters, which would find half the file.
    """
    pattern = name_pattern(name)
    edits, _ = store.edits()
    heads = _heads(edits)
    return [
        Trace(edit, edit.edit_id in heads)
        for edit in edits
        if any(_stands_in(pattern, text) for text in (*_texts(edit), edit.author))
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
        Nothing was changed: the receipt would name the person, a record is not there, or the file
        could not be written.
    """
    pattern = name_pattern(name)
    if _stands_in(pattern, journalised):
        raise StoreError("receipt_names_person")
    whole = set(records)
    hollow, rewritten, figures = [], [], {"records": 0, "texts": 0, "history": 0, "authors": 0}
    figures["records"] = len(whole)
    edits, _ = store.edits()
    if whole - {edit.record_id for edit in edits}:
        raise StoreError("nothing_to_erase")
    heads = _heads(edits)
    for edit in edits:
        if edit.record_id in whole:
            hollow.append(hollowed(edit, ERASED_RECORD))
        elif any(_stands_in(pattern, text) for text in _texts(edit)):
            hollow.append(hollowed(edit, ERASED_CONTENT))
            figures["texts" if edit.edit_id in heads else "history"] += 1
            if edit.edit_id in heads:
                rewritten += _without(edit, pattern)
        elif _stands_in(pattern, edit.author):
            hollow.append(hollowed(edit, 0))
            figures["authors"] += 1
    store.erase(hollow, rewritten, {**figures, "journalised": journalised})
    return figures


def erase_network(store: Store, network_id: str, *, journalised: str = "") -> int:
    """Remove a network with everything in it for good; return how many records it had."""
    edits, _ = store.edits(network_id)
    records = len({edit.record_id for edit in edits})
    hollow = [hollowed(edit, ERASED_RECORD) for edit in edits]
    store.erase(hollow, [], {"records": records, "journalised": journalised})
    return records


def erase_record(store: Store, record_id: str, *, journalised: str = "") -> int:
    """Remove one record and its history for good; return how many edits it had."""
    edits = [edit for edit in store.edits()[0] if edit.record_id == record_id]
    hollow = [hollowed(edit, ERASED_RECORD) for edit in edits]
    store.erase(hollow, [], {"records": 1, "journalised": journalised})
    return len(edits)


def _without(edit: Edit, pattern: re.Pattern[str]) -> list[Edit]:
    """Return the edit that says the same without the name; none if that cannot be written."""
    value: object = edit.value
    if isinstance(value, str):
        value = pattern.sub(GAP, unicodedata.normalize("NFC", value))
    elif isinstance(value, list):
        value = [pattern.sub(GAP, unicodedata.normalize("NFC", item)) for item in value]
    address = Address(edit.network_id, edit.record_id, edit.kind, edit.field)
    try:
        made = new_edit(address, value, replaces=[edit.edit_id])
    except (
        ValueRefusedError
    ):  # with the gaps it is too long, or this version does not know the field
        return []
    return [hollowed(made, 0) if _stands_in(pattern, made.author) else made]


def _texts(edit: Edit) -> Sequence[str]:
    if isinstance(edit.value, str):
        return [edit.value]
    return edit.value if isinstance(edit.value, list) else []


def _heads(edits: Iterable[Edit]) -> set[str]:
    networks: dict[str, Network] = {}
    for edit in edits:
        networks.setdefault(edit.network_id, Network(edit.network_id)).apply([edit])
    return {head for network in networks.values() for head in network.head_ids()}


def name_pattern(name: str) -> re.Pattern[str]:
    """Return what finds a name in a text in NFC; see ``traces`` for what counts as the name.

    Raises
    ------
    StoreError
        The name has too few letters.
    """
    words = [word for word in _BETWEEN.split(unicodedata.normalize("NFC", name)) if word]
    if sum(map(len, words)) < _SHORTEST:
        raise StoreError("name_too_short", least=_SHORTEST)
    spelled = rf"[\s._{_HIDDEN}-]*".join(_spelled(word) for word in words)
    # The genitive's ending stays in the text: "Kirstens liste" becomes "[slettet]s liste".
    return re.compile(rf"(?<![^\W_]){spelled}(?=(?:['’]?s)?(?![^\W_]))", re.IGNORECASE)


def _spelled(word: str) -> str:
    letters = re.findall(r"aa|ae|oe|.", word, re.IGNORECASE)
    return f"[{_HIDDEN}]*".join(_SPELLINGS.get(one.lower(), re.escape(one)) for one in letters)


def _stands_in(pattern: re.Pattern[str], text: str) -> bool:
    return pattern.search(unicodedata.normalize("NFC", text)) is not None


_BETWEEN = re.compile(r"[\s._-]+")
_HIDDEN = "\u00ad\u200b-\u200d\u2060\ufeff"
"""Characters that show nothing: a name copied from another program may hold them."""

_SPELLINGS = {
    **dict.fromkeys(("aa", "å"), "(?:aa|å)"),
    **dict.fromkeys(("ae", "æ", "ä"), "(?:ae|æ|ä)"),
    **dict.fromkeys(("oe", "ø", "ö"), "(?:oe|ø|ö)"),
}
_SHORTEST = 3
