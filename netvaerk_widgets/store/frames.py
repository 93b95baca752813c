"""Records as pandas tables with columns and dtypes that never depend on what is filled in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final

from ..errors import ValueRefusedError
from ..records import KINDS, Field, checked
from .network import Network, Record

if TYPE_CHECKING:
    import pandas as pd

_DTYPES: Final = {
    "text": "string",
    "long_text": "string",
    "choice": "string",
    "date": "datetime64[s]",
    "minutes": "Int64",
    "choices": "object",
    "records": "object",
}

_KIND_OF_TABLE: Final = {kind.table: name for name, kind in KINDS.items() if kind.table}


def dtypes(kind: str) -> dict[str, str]:
    """Return ``{column: dtype}`` of the table of one kind, in the order of its columns.

    Parameters
    ----------
    kind
        Name in ``records.KINDS``.
    """
    columns = {"network_id": "string", "record_id": "string"}
    return columns | {field.name: _DTYPES[field.type] for field in KINDS[kind].fields}


def frame(networks: Iterable[Network], kind: str) -> pd.DataFrame:
    """Return every record of one kind, one row each; deleted and empty ones are left out.

    Parameters
    ----------
    kind
        Name in ``records.KINDS``, e.g. ``"source"``.

    Returns
    -------
    pandas.DataFrame
        Shape ``(n, 2 + fields)``, ``n >= 0``; columns and dtypes are ``dtypes(kind)`` also when
        ``n`` is 0. Oldest record first; index 0..n-1.

        - text and choices of one : ``string``, ids as they stand; ``<NA>`` when not answered.
          ``unknown`` ("ved ikke") is an answer and stands as that id
        - dates : ``datetime64[s]``, midnight, no time zone; ``NaT`` when not answered
        - durations : ``Int64``, minutes; ``<NA>`` when not answered
        - lists : tuple of ids, ``()`` when not answered

        What the field cannot hold counts as not answered.
    """
    import pandas as pd  # noqa: PLC0415 - takes most of a second, and most uses need no table

    rows = [
        (network.network_id, record) for network in networks for record in network.records(kind)
    ]
    rows.sort(key=lambda row: (row[1].since, row[1].record_id))
    columns: dict[str, list[object]] = {
        "network_id": [network_id for network_id, _ in rows],
        "record_id": [record.record_id for _, record in rows],
    }
    for field in KINDS[kind].fields:
        columns[field.name] = [_cell(record, field) for _, record in rows]
    return pd.DataFrame(
        {
            name: pd.Series(columns[name], dtype=dtype, index=pd.RangeIndex(len(rows)))
            for name, dtype in dtypes(kind).items()
        }
    )


def _cell(record: Record, field: Field) -> object:
    if field.type in ("choices", "records"):
        return tuple(record.ids(field.name))
    try:
        return checked(record.kind, field.name, record.value(field.name))
    except ValueRefusedError:  # a damaged disk's, or a newer version's
        return None


class Tables:
    """The tables of a workbook: ``tables.field_walk``, ``tables.contacts``, … (see ``dir``).

    Each look reads anew, so a table shows what is saved at that moment. Changing a table changes
    nothing else.

    Parameters
    ----------
    read
        Gives the networks whose records the tables show.
    """

    def __init__(self, read: Callable[[], Iterable[Network]]) -> None:
        self._read = read

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name not in _KIND_OF_TABLE:
            known = ", ".join(sorted(_KIND_OF_TABLE))
            raise AttributeError(f"no table called {name!r}; there are {known}")
        return frame(self._read(), _KIND_OF_TABLE[name])

    def __dir__(self) -> list[str]:
        return sorted(_KIND_OF_TABLE)
