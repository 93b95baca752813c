"""An edit as a row of the table, and back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from ..errors import StoreError
from . import tables
from .edit import Edit

_IDS_IN_A_QUERY = 10_000
"""SQLite takes at most 32,766 values in one query."""


def known(connection: sa.Connection, ids: Sequence[str]) -> set[str]:
    """Return which of these edit ids are in the table."""
    column = tables.edit.c.edit_id
    found: set[str] = set()
    for start in range(0, len(ids), _IDS_IN_A_QUERY):
        some = ids[start : start + _IDS_IN_A_QUERY]
        found.update(connection.execute(sa.select(column).where(column.in_(some))).scalars())
    return found


def put_hollow(connection: sa.Connection, hollow: Sequence[Edit]) -> None:
    """Put hollow edits in the place of the whole ones with the same ids."""
    # Taken out and put in again at the end, so that whoever asks for what is new hears of it.
    for edit in hollow:
        connection.execute(sa.delete(tables.edit).where(tables.edit.c.edit_id == edit.edit_id))
        connection.execute(sa.insert(tables.edit), [as_row(edit)])


def as_row(edit: Edit) -> dict[str, object]:
    """Return an edit as the table holds it."""
    row: dict[str, object] = {name: getattr(edit, name) for name in Edit.__slots__}
    row["value"] = json.dumps(edit.value, ensure_ascii=False)
    row["replaces"] = json.dumps(edit.replaces)
    return row


def as_edits(rows: Iterable[sa.Row[tuple[object, ...]]], file: str) -> list[Edit]:
    """Return the edits in rows of the table.

    Raises
    ------
    StoreError
        A row holds what was never written to it: the disk damaged it where SQLite cannot see.
    """
    try:
        return [_as_edit(row) for row in rows]
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise StoreError("file_damaged", file=file) from error


def _as_edit(row: sa.Row[tuple[object, ...]]) -> Edit:
    values = row._asdict()
    del values["seq"]
    value, replaces = json.loads(values.pop("value")), json.loads(values.pop("replaces"))
    texts = [*replaces, *(value if isinstance(value, list) else ())]
    if not all(isinstance(text, str) for text in texts) or isinstance(value, dict | float):
        raise TypeError
    edit = Edit(**values, value=value, replaces=tuple(replaces))
    if edit.moment.tzinfo is None:
        raise ValueError
    return edit
