"""Puts copies of a workbook file together again, with no server and no clock.

A merge is the union of edits. The order of merging does not matter, merging twice changes nothing,
and both sides of a conflict stay. What was erased in one copy is erased in the merged file.
"""

from __future__ import annotations

import datetime
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..errors import StoreError, ValueRefusedError
from ..records import KINDS, checked
from .edit import ERASED_RECORD, Edit, hollowed
from .network import Network
from .store import Store


@dataclass(frozen=True)
class Comparison:
    """What a merge would do, found without writing anything.

    Attributes
    ----------
    new
        Edits the copies have and this file does not, each once.
    same
        How many of the copies' edits this file already has.
    erased
        Edits whose content goes, here or on the way in, because one side erased them.
    conflicts
        Fields that will hold two texts and did not before, as ``(network_id, record_id, field)``.
    networks
        Titles of networks that come in whole.
    """

    new: tuple[Edit, ...]
    same: int
    erased: tuple[Edit, ...]
    conflicts: tuple[tuple[str, str, str], ...]
    networks: tuple[str, ...]

    @property
    def records(self) -> Counter[str]:
        """How many records of each kind get something new."""
        return Counter({edit.record_id: edit.kind for edit in self.new}.values())


def compare(store: Store, copies: Iterable[Store]) -> Comparison:
    """Return what merging these copies into ``store`` would do; nothing is written.

    Raises
    ------
    StoreError
        A copy cannot be read, or holds something no workbook file can hold.
    """
    mine, _ = store.edits()
    known = {edit.edit_id: edit for edit in mine}
    incoming: dict[str, Edit] = {}
    same = 0
    for copy in copies:
        for edit in copy.edits()[0]:
            same += edit.edit_id in known
            if not _is_sound(edit):
                raise StoreError("copy_unreadable", file=copy.name)
            first = incoming.setdefault(edit.edit_id, edit)
            if edit.erased > first.erased:
                incoming[edit.edit_id] = edit
    gone = {e.record_id for e in (*mine, *incoming.values()) if e.erased == ERASED_RECORD}
    incoming = {id_: _settled(edit, gone) for id_, edit in incoming.items()}
    erased = [edit for id_, edit in incoming.items() if edit.erased]
    erased = [edit for edit in erased if not _erased_here(known, edit)]
    erased += [
        hollowed(edit, ERASED_RECORD)
        for edit in mine
        if edit.record_id in gone and not edit.erased and edit.edit_id not in incoming
    ]
    new = tuple(edit for id_, edit in incoming.items() if id_ not in known)
    return Comparison(new, same, tuple(erased), *_outcome(mine, new))


def merge(store: Store, copies: Sequence[Store]) -> Comparison:
    """Merge copies into ``store`` in one transaction and return what was done.

    Afterwards the file holds every edit of all of them, or, after an error, what it held before.

    Raises
    ------
    StoreError
        As for ``compare``, or the file could not be written.
    """
    found = compare(store, copies)
    store.take_in(found.new, found.erased)
    return found


def _settled(edit: Edit, gone: set[str]) -> Edit:
    whole = edit.record_id in gone and edit.erased != ERASED_RECORD
    return hollowed(edit, ERASED_RECORD) if whole else edit


def _erased_here(known: dict[str, Edit], edit: Edit) -> bool:
    return edit.edit_id in known and known[edit.edit_id].erased >= edit.erased


def _outcome(
    mine: Sequence[Edit], new: Sequence[Edit]
) -> tuple[tuple[tuple[str, str, str], ...], tuple[str, ...]]:
    """Return the new conflicts, and the titles of networks this file did not have."""
    theirs: dict[str, list[Edit]] = defaultdict(list)
    for edit in new:
        theirs[edit.network_id].append(edit)
    ours: dict[str, list[Edit]] = {id_: [] for id_ in theirs}
    for edit in mine:
        if edit.network_id in ours:
            ours[edit.network_id].append(edit)
    conflicts, titles = [], []
    for id_, edits in theirs.items():
        network = Network(id_, ours[id_])
        before = network.conflicts()
        network.apply(edits)
        conflicts += [(id_, *place) for place in sorted(network.conflicts() - before)]
        if not ours[id_]:
            titles.append(network.title)
    return tuple(conflicts), tuple(titles)


def _is_sound(edit: Edit) -> bool:
    """Tell whether any version of this package could have written the edit: copies are foreign."""
    try:
        for id_ in (edit.edit_id, edit.network_id, edit.record_id, *edit.replaces):
            uuid.UUID(id_)
        datetime.datetime.fromisoformat(edit.at)
        names = {field.name for field in KINDS[edit.kind].fields} if edit.kind in KINDS else set()
        if edit.field in names:
            checked(edit.kind, edit.field, edit.value)
    except (ValueError, TypeError, AttributeError, ValueRefusedError):
        return False
    # Kinds and fields of newer versions are kept as they are, within bounds.
    short = all(len(text) <= _NAME for text in (edit.kind, edit.field, edit.author, edit.device))
    return short and len(repr(edit.value)) <= _VALUE


_NAME, _VALUE = 500, 1_000_000
"""Characters in a name and in a value."""
