"""Finds contacts that may be one person written in two ways. It only proposes: people decide."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from .store import Network, Record

Pair = tuple[str, str]

_TITLES = frozenset(
    ["hr", "fru", "frk", "dr", "prof", "professor", "lektor", "cand", "phd", "ing", "ph.d"]
)
_OLD_SPELLINGS = {"å": "aa", "æ": "ae", "ø": "oe", "ä": "ae", "ö": "oe", "ü": "u", "ß": "ss"}
_FOLDED = str.maketrans(_OLD_SPELLINGS)


@dataclass(frozen=True)
class _Name:
    record_id: str
    given: tuple[str, ...]
    family: str
    unit: str


def pairs(network: Network) -> list[Pair]:
    """Return the contacts that may be the same person, likeliest first, the lesser id first.

    Two names fit if the last names sound alike on paper (aa for å, double letters, accents, case,
    hyphens and titles do not matter) and the first names are the same or one is the other's
    initial. A first name alone fits only a contact of the same unit. Pairs that somebody has
    decided on, either way, are left out, also those decided by way of a third.
    """
    contacts = list(network.records("contact"))
    names = [name for record in contacts if (name := _name(record))]
    settled = _decided(contacts)
    found = {}
    for some in _may_meet(names):
        for one, other in combinations(some, 2):
            pair = min(one.record_id, other.record_id), max(one.record_id, other.record_id)
            if pair not in settled and _fit(one, other):
                found[pair] = _likeliness(one, other)
    return sorted(found, key=lambda pair: (-found[pair], pair))


def _name(record: Record) -> _Name | None:
    text = record.text("name")
    if "," in text:  # "Aagaard, Kirsten"
        last, _, first = text.partition(",")
        text = f"{first} {last}"
    words = [word for word in re.split(r"[\s.\-–]+", _folded(text)) if word]
    words = [word for word in words if word not in _TITLES]
    if not words:
        return None
    family = words.pop() if len(words) > 1 else ""
    return _Name(record.record_id, tuple(words), family, _folded(record.text("unit")))


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFC", text).casefold().translate(_FOLDED)
    marks = unicodedata.normalize("NFKD", plain)
    letters = "".join(c for c in marks if not unicodedata.combining(c))
    return re.sub(r"(\w)\1+", r"\1", re.sub(r"[^\w\s.\-–]", "", letters))


def _may_meet(names: Iterable[_Name]) -> list[list[_Name]]:
    """Return the groups in which two may fit, so that not everyone is compared with everyone."""
    groups: dict[tuple[str, str], list[_Name]] = defaultdict(list)
    for name in names:
        if name.family:
            groups["family", name.family].append(name)
        if name.unit:
            groups["unit", f"{name.given[0]}\n{name.unit}"].append(name)
    return list(groups.values())


def _fit(one: _Name, other: _Name) -> bool:
    if not (one.family and other.family):
        return one.given[0] == other.given[0] and bool(one.unit) and one.unit == other.unit
    if one.family != other.family:
        return False
    pairs_of_given = zip(one.given, other.given, strict=False)  # a middle name may be left out
    first, *rest = pairs_of_given
    middle_fits = len(one.given) != len(other.given) or all(_alike(a, b) for a, b in rest)
    return _alike(*first) and middle_fits


def _alike(a: str, b: str) -> bool:
    return a == b or (1 in (len(a), len(b)) and a[0] == b[0])


def _likeliness(one: _Name, other: _Name) -> int:
    return 2 * (one.unit == other.unit and bool(one.unit)) + (one.given[0] == other.given[0])


def _decided(contacts: Iterable[Record]) -> set[Pair]:
    same: dict[str, set[str]] = defaultdict(set)
    different = set()
    for record in contacts:
        for link in ("same_as", "different_from"):
            for head in record.heads.get(link, ()):
                for other in head.value if isinstance(head.value, list) else ():
                    if link == "same_as":
                        same[record.record_id].add(other)
                        same[other].add(record.record_id)
                    else:
                        different.add((min(record.record_id, other), max(record.record_id, other)))
    groups = [_reached(id_, same) for id_ in same]
    return different | {pair for group in groups for pair in combinations(sorted(group), 2)}


def _reached(start: str, links: dict[str, set[str]]) -> set[str]:
    found, waiting = {start}, [start]
    while waiting:
        new = links[waiting.pop()] - found
        found |= new
        waiting += new
    return found
