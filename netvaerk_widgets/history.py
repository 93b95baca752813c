"""How a field, and the theme, came to say what it says: who, when, what caused it, what changed."""

from __future__ import annotations

import datetime
import difflib
import heapq
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from .records import Value
from .store import Edit

_WORDS = re.compile(r"\w+(?:-\w+)*|\s+|[^\w\s]")


@dataclass(frozen=True)
class Piece:
    """A run of words in a difference; ``change`` is ``"same"``, ``"out"`` or ``"in"``."""

    change: str
    text: str


@dataclass(frozen=True)
class Revision:
    """One version of a field, and how it differs from the version its writer saw.

    Attributes
    ----------
    edit
        The edit that made it; several typed in one sitting count as the last of them.
    pieces
        The words taken out and put in, as against what it replaced.
    """

    edit: Edit
    pieces: tuple[Piece, ...]


def difference(before: str, after: str) -> tuple[Piece, ...]:
    """Return what changed between two texts, word by word.

    Whole words are compared, so a Danish compound that changes is shown changed whole, never as
    letters; a lone space or comma between two changes is shown with them. Very long texts are
    compared sentence by sentence.
    """
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    pieces: list[Piece] = []
    if len(old) * len(new) > _LARGE:  # word by word, 200 kB would take minutes
        old, new = _SENTENCES.findall(before), _SENTENCES.findall(after)
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for tag, i, j, k, m in _joined(matcher.get_opcodes(), old):
        if tag == "equal":
            pieces.append(Piece("same", "".join(old[i:j])))
            continue
        if i < j:
            pieces.append(Piece("out", "".join(old[i:j])))
        if k < m:
            pieces.append(Piece("in", "".join(new[k:m])))
    return tuple(pieces)


_LARGE = 4_000_000  # pairs of words
_SENTENCES = re.compile(r"[^.!?\n]+[.!?\n]*\s*|[.!?\n]+\s*")

Opcode = tuple[str, int, int, int, int]


def _joined(opcodes: Iterable[Opcode], old: Sequence[str]) -> list[Opcode]:
    """Join changes with only spaces or marks between: five small changes read worse than one."""
    codes = list(opcodes)
    joined: list[Opcode] = []
    for index, (tag, i, j, k, m) in enumerate(codes):
        inside = 0 < index < len(codes) - 1
        thin = tag == "equal" and not any(word[0].isalnum() for word in old[i:j])
        changed = tag != "equal" or (thin and inside)
        if changed and joined and joined[-1][0] != "equal":
            _, first, _, third, _ = joined[-1]
            joined[-1] = ("replace", first, j, third, m)
        else:
            joined.append((tag if tag != "equal" or not changed else "replace", i, j, k, m))
    return joined


def revisions(
    edits: Iterable[Edit], in_words: Callable[[Value], str] | None = None
) -> tuple[Revision, ...]:
    """Return the versions of one field, from all of that field's edits, oldest first.

    A field is saved at each pause in typing, so edits that follow each other directly, by the same
    author on the same machine within a minute and for the same cause, count as one version.

    Parameters
    ----------
    in_words
        How a value reads; by default ``as_text``, which shows ids as they are.
    """
    say = in_words or as_text
    ordered = _in_causal_order(edits)
    by_id = {edit.edit_id: edit for edit in ordered}
    sittings: list[list[Edit]] = []
    held: set[str] = set()
    for edit in ordered:
        put_back = as_text(edit.value) in held  # an undo stands by itself, however quick
        if sittings and not put_back and _same_sitting(sittings[-1][-1], edit):
            sittings[-1].append(edit)
        else:
            sittings.append([edit])
        held.add(as_text(edit.value))
    found = []
    for sitting in sittings:
        seen = [by_id[id_].value for id_ in sitting[0].replaces if id_ in by_id]
        before = say(seen[-1]) if seen else ""
        found.append(Revision(sitting[-1], difference(before, say(sitting[-1].value))))
    return tuple(found)


def _in_causal_order(edits: Iterable[Edit]) -> list[Edit]:
    """Return each edit after those it replaces; clocks only order what knew nothing of each other.

    Edits that replace each other in a ring, which only a forged file holds, come last.
    """
    by_id = {edit.edit_id: edit for edit in sorted(edits, key=_moment)}
    unseen = {id_: set(edit.replaces) & by_id.keys() for id_, edit in by_id.items()}
    followers: dict[str, list[str]] = {id_: [] for id_ in by_id}
    for id_, seen in unseen.items():
        for earlier in seen:
            followers[earlier].append(id_)
    ready = [(_moment(edit), id_) for id_, edit in by_id.items() if not unseen[id_]]
    heapq.heapify(ready)
    rest = iter(list(by_id))
    ordered: dict[str, Edit] = {}
    while len(ordered) < len(by_id):
        id_ = heapq.heappop(ready)[1] if ready else next(rest)
        if id_ in ordered:
            continue
        ordered[id_] = by_id[id_]
        for follower in followers[id_]:
            unseen[follower].discard(id_)
            if not unseen[follower]:
                heapq.heappush(ready, (_moment(by_id[follower]), follower))
    return list(ordered.values())


def _moment(edit: Edit) -> tuple[str, str]:
    return edit.at, edit.edit_id


def as_text(value: Value) -> str:
    """Return a value as text to compare; lists one item a line."""
    if value is None:
        return ""
    return "\n".join(value) if isinstance(value, list) else str(value)


_SITTING = datetime.timedelta(minutes=1)


def _same_sitting(earlier: Edit, later: Edit) -> bool:
    direct = later.replaces == (earlier.edit_id,)
    same = (earlier.author, earlier.device, earlier.cause) == (
        later.author,
        later.device,
        later.cause,
    )
    return direct and same and datetime.timedelta() <= later.moment - earlier.moment <= _SITTING
