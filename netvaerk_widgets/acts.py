"""What a user does beyond filling in a field: each act returns the edits that carry it out."""

from __future__ import annotations

import dataclasses
import datetime
import tomllib
import uuid
from pathlib import Path
from typing import Any

from .errors import ValueRefusedError, WorkbookError
from .method import Method
from .records import DELETED, KINDS, Value, single_record_id
from .store import Address, Edit, Network, Record, new_edit
from .store.edit import stamp

EXAMPLES = Path(__file__).parent / "method"
SINGLE_KINDS = ("network", "theme", "type_check")


def new_network(title: str) -> list[Edit]:
    """Return the edits that make a network with this title.

    Raises
    ------
    WorkbookError
        The title is blank.
    """
    if not title.strip():
        raise WorkbookError("title_missing")
    id_ = str(uuid.uuid4())
    return [new_edit(Address(id_, id_, "network", "title"), title.strip())]


def example_network(language: str = "da") -> list[Edit]:
    """Return the edits that make the shipped example network, marked as one."""
    content = tomllib.loads((EXAMPLES / f"example.{language}.toml").read_text(encoding="utf-8"))
    network_id = str(uuid.uuid4())
    keys: dict[str, str] = {}
    rows: list[tuple[str, str, dict[str, Any]]] = []
    for kind, filled in content.items():
        for row in filled if isinstance(filled, list) else [filled]:
            record_id = _example_record_id(network_id, kind, row)
            keys[row.pop("key", record_id)] = record_id
            rows.append((record_id, kind, row))
    edits = [new_edit(Address(network_id, network_id, "network", "example"), "yes")]
    for record_id, kind, row in rows:
        for field, value in row.items():
            named = [keys.get(item, item) for item in value] if isinstance(value, list) else value
            edits.append(new_edit(Address(network_id, record_id, kind, field), named))
    return _one_by_one(edits)


def _one_by_one(edits: list[Edit]) -> list[Edit]:
    # As if written by hand, the last one now: records are listed in the order they were written.
    end = datetime.datetime.now(datetime.UTC)
    millisecond = datetime.timedelta(milliseconds=1)
    return [
        dataclasses.replace(edit, at=stamp(end - millisecond * before))
        for before, edit in zip(reversed(range(len(edits))), edits, strict=True)
    ]


def _example_record_id(network_id: str, kind: str, row: dict[str, Any]) -> str:
    if kind == "network":
        return network_id
    if kind == "assessment":
        return single_record_id(network_id, kind, row["characteristic"])
    return single_record_id(network_id, kind) if kind in SINGLE_KINDS else str(uuid.uuid4())


def deletion(network: Network, record: Record, *, deleted: bool = True) -> list[Edit]:
    """Return the edit that deletes a record, or brings it back."""
    return [changed(network, record, DELETED, deleted)]


def parked_idea(network: Network, record: Record, text: str) -> list[Edit]:
    """Return the edits that park a solution as an idea that came from ``record``.

    Raises
    ------
    WorkbookError
        The text is blank.
    """
    if not text.strip():
        raise WorkbookError("nothing_to_park")
    idea = str(uuid.uuid4())
    today = datetime.datetime.now().astimezone().date().isoformat()
    values = {"date": today, "text": text, "comes_from": [record.record_id]}
    return [
        new_edit(Address(network.network_id, idea, "idea", field), value, cause=record.record_id)
        for field, value in values.items()
    ]


def rewritten_theme(network: Network, entry: Record) -> list[Edit]:
    """Return the edits that make a log entry's wording the theme's, with the entry as the cause.

    The wording until now is kept in the entry's ``before``.

    Raises
    ------
    WorkbookError
        The entry has no new wording, or the theme already has it.
    """
    theme = network.single("theme")
    wording = entry.text("after")
    if not wording or wording == theme.text("statement"):
        raise WorkbookError("nothing_to_rewrite")
    return [
        changed(network, entry, "before", theme.text("statement")),
        changed(network, theme, "statement", wording, cause=entry.record_id),
    ]


def changed(
    network: Network, record: Record, field: str, value: object, *, cause: str | None = None
) -> Edit:
    """Return the edit that sets a field, replacing everything that stands in it now."""
    return new_edit(
        Address(network.network_id, record.record_id, record.kind, field),
        value,
        replaces=[head.edit_id for head in record.heads.get(field, ())],
        cause=cause,
    )


def same_person(network: Network, a: Record, b: Record) -> list[Edit]:
    """Return the edits that say two contacts are one person; both records stay as they are."""
    return _linked(network, a, b, link="same_as", instead_of="different_from")


def different_person(network: Network, a: Record, b: Record) -> list[Edit]:
    """Return the edits that say two contacts are two people, so that it is not asked again."""
    return _linked(network, a, b, link="different_from", instead_of="same_as")


def parted(network: Network, a: Record, b: Record, *, link: str = "same_as") -> list[Edit]:
    """Return the edits that take back what was said of two contacts, whoever of them holds it."""
    edits = []
    for record, other in ((a, b), (b, a)):
        ids = _linked_ids(record, link)
        if other.record_id in ids:
            left = [id_ for id_ in ids if id_ != other.record_id]
            edits.append(changed(network, record, link, left))
    return edits


def _linked(network: Network, a: Record, b: Record, *, link: str, instead_of: str) -> list[Edit]:
    if a.record_id == b.record_id:
        return []
    edits = parted(network, a, b, link=instead_of)
    # Always on the same one of the two: said in two copies, it is said once.
    first, second = sorted((a, b), key=lambda record: record.record_id)
    ids = _linked_ids(first, link)
    if second.record_id not in ids and first.record_id not in _linked_ids(second, link):
        edits.append(changed(network, first, link, sorted([*ids, second.record_id])))
    return edits


def _linked_ids(record: Record, link: str) -> list[str]:
    """Return what stands in a list field, of two lists in conflict both."""
    values = (head.value for head in record.heads.get(link, ()))
    return list(dict.fromkeys(id_ for value in values if isinstance(value, list) for id_ in value))


def check_choice(method: Method, network: Network, edit: Edit) -> None:
    """Refuse an id the method does not offer, unless it already stands in the field.

    It may stand there: written with another method, or in a file from another municipality.

    Raises
    ------
    ValueRefusedError
        Names the field and what is offered.
    """
    spec = KINDS[edit.kind].field(edit.field)
    if spec.type not in ("choice", "choices") or not spec.choices or edit.value is None:
        return
    offered = method.choice_titles(spec.choices)
    record = network.record(edit.record_id)
    heads = record.heads.get(edit.field, ()) if record else ()
    known = {*offered, *(id_ for head in heads for id_ in _ids(head.value))}
    if not known.issuperset(_ids(edit.value)):
        raise ValueRefusedError(
            "unknown_choice",
            field=f"{edit.kind}.{edit.field}",
            allowed=", ".join(offered.values()),
        )


def _ids(value: Value) -> list[str]:
    return value if isinstance(value, list) else [str(value)]
