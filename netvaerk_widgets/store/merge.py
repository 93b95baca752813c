"""Puts copies of a workbook file together again, with no server and no clock.

A merge is the union of edits. The order of merging does not matter, merging twice changes nothing,
and both sides of a conflict stay. What was erased in one copy is erased in the merged file.
"""

from __future__ import annotations

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ..errors import StoreError
from .backup import back_up
from .edit import ERASED_RECORD, Edit, hollowed
from .foreign import is_sound
from .network import Network
from .store import Store


class Source(Protocol):
    """What can be merged: a ``Store``, or a ``foreign.Copy`` of somebody else's file."""

    @property
    def name(self) -> str:
        """The file's name, for messages."""
        ...

    def edits(self) -> tuple[list[Edit], int]:
        """Return every edit, and how far that is."""
        ...


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
        Edits whose content or author goes, here or on the way in, because one side erased them.
    conflicts
        Fields that will hold two texts and did not before, as ``(network_id, record_id, field)``.
    networks
        Titles of networks that come in whole.
    backup
        The copy taken before the merge; None if nothing was written.
    """

    new: tuple[Edit, ...]
    same: int
    erased: tuple[Edit, ...]
    conflicts: tuple[tuple[str, str, str], ...]
    networks: tuple[str, ...]
    backup: Path | None = None

    @property
    def records(self) -> Counter[str]:
        """How many records of each kind get something new."""
        return Counter({edit.record_id: edit.kind for edit in self.new}.values())


def compare(store: Store, copies: Iterable[Source]) -> Comparison:
    """Return what merging these copies into ``store`` would do; nothing is written.

    Raises
    ------
    StoreError
        A copy cannot be read, or holds something no workbook file can hold.
    """
    mine, _ = store.edits()
    known = {edit.edit_id: edit for edit in mine}
    found = dict(known)
    homes = {edit.record_id: (edit.network_id, edit.kind) for edit in mine}
    same = 0
    for copy in copies:
        for edit in _edits_of(copy):
            same += edit.edit_id in known
            there = found.get(edit.edit_id)
            if edit == there:
                continue
            home = edit.network_id, edit.kind
            joined = edit if there is None else _joined(there, edit)
            if (
                joined is None
                or not is_sound(edit)
                or homes.setdefault(edit.record_id, home) != home
            ):
                raise StoreError("copy_unreadable", file=copy.name)
            found[edit.edit_id] = joined
    # The head of a network has the network's id: with it erased, so is all that is in it.
    gone = {edit.record_id for edit in found.values() if edit.erased == ERASED_RECORD}
    settled = {id_: _settled(edit, gone) for id_, edit in found.items()}
    new = tuple(edit for id_, edit in settled.items() if id_ not in known)
    erased = [edit for id_, edit in settled.items() if id_ in known and edit != known[id_]]
    emptied = [edit for edit in new if edit != found[edit.edit_id]]
    return Comparison(new, same, (*erased, *emptied), *_outcome(mine, (*new, *erased)))


def merge(store: Store, copies: Sequence[Source]) -> Comparison:
    """Merge copies into ``store`` in one transaction, after a backup, and return what was done.

    Afterwards the file holds every edit of all of them, or, after an error, what it held before.
    If the copies bring nothing, nothing is written and no backup is taken. A shared database is
    not backed up here: its keeper does that.

    Raises
    ------
    StoreError
        As for ``compare``, or the file or its backup could not be written.
    """
    found = compare(store, copies)
    if not (found.new or found.erased):
        return found
    backup = back_up(store.path) if store.is_file else None
    store.take_in(found.new, found.erased)
    return dataclasses.replace(found, backup=backup)


def erase_again(store: Store, other: Source) -> int:
    """Erase here what was erased in ``other``, bring in nothing else; return how many edits.

    For a file put back from a backup that is older than an erasure.
    """
    found = compare(store, [other])
    new = {edit.edit_id for edit in found.new}
    erased = [edit for edit in found.erased if edit.edit_id not in new]
    if erased:
        store.take_in((), erased)
    return len(erased)


def _edits_of(copy: Source) -> list[Edit]:
    try:
        return copy.edits()[0]
    except (ValueError, TypeError, RecursionError) as error:  # what stands there is no JSON
        raise StoreError("copy_unreadable", file=copy.name) from error


def _joined(one: Edit, other: Edit) -> Edit | None:
    """Return what two files say of the same edit; None if they cannot both be right."""
    differs = (one.network_id, one.record_id, one.kind, one.field, one.replaces) != (
        other.network_id,
        other.record_id,
        other.kind,
        other.field,
        other.replaces,
    )
    erased = max(one.erased, other.erased)
    if differs or (not erased and (one.value, type(one.value)) != (other.value, type(other.value))):
        return None
    if erased or not (one.author and other.author):  # an author who was erased in one copy
        return hollowed(one, erased)
    return one


def _settled(edit: Edit, gone: set[str]) -> Edit:
    is_gone = edit.record_id in gone or edit.network_id in gone
    whole = is_gone and edit.erased != ERASED_RECORD
    return hollowed(edit, ERASED_RECORD) if whole else edit


def _outcome(
    mine: Sequence[Edit], theirs: Sequence[Edit]
) -> tuple[tuple[tuple[str, str, str], ...], tuple[str, ...]]:
    """Return the new conflicts, and the titles of networks this file did not have."""
    coming: dict[str, list[Edit]] = defaultdict(list)
    for edit in theirs:
        coming[edit.network_id].append(edit)
    ours: dict[str, list[Edit]] = {id_: [] for id_ in coming}
    for edit in mine:
        if edit.network_id in ours:
            ours[edit.network_id].append(edit)
    conflicts, titles = [], []
    for id_, edits in coming.items():
        network = Network(id_, ours[id_])
        before = network.conflicts()
        network.apply(edits)
        conflicts += [(id_, *place) for place in sorted(network.conflicts() - before)]
        if not ours[id_]:
            titles.append(network.title)
    return tuple(conflicts), tuple(titles)
