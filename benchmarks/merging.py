"""Twelve copies of 200 records each put together, against a bare SQLite union of rows."""

from __future__ import annotations

import sqlite3
import statistics
import tempfile
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

from netvaerk_widgets.store import Address, Edit, Store, new_edit
from netvaerk_widgets.store.foreign import read_copy
from netvaerk_widgets.store.merge import merge

from .table import Row

RUNS = 5
COPIES = 12
RECORDS = 200  # in each copy
FIELDS = ("name", "role", "unit", "why")
GOAL = 2.0  # s, by the clock
NETWORK = "0b0c7e4e-6f0a-4f4e-9d55-0f6f1c6f0001"


def measure() -> Iterator[Row]:
    """Yield the median seconds of both ways, and ours against the seconds it may take."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copies = [_copy(folder / f"{number}.netvaerk", number) for number in range(COPIES)]
        times: dict[str, list[float]] = {"ours": [], "peer": []}
        for run in range(RUNS):
            for who, put_together in (("ours", _ours), ("peer", _union)):
                target = folder / f"{who} {run}.netvaerk"
                Store.open(target, create=True).close()
                begun = time.perf_counter()
                put_together(target, copies)
                times[who].append(time.perf_counter() - begun)
                _check(target)
    ours, peer = (statistics.median(times[who]) for who in ("ours", "peer"))
    what = f"{COPIES} copies of {RECORDS} records merged"
    yield Row(f"{what}, s, against a bare union of rows", ours, peer)
    yield Row(f"{what}, s, against the {GOAL:g} s it may take", ours, GOAL, goal=1)


def _ours(target: Path, copies: list[Path]) -> None:
    with Store.open(target) as store:
        merge(store, [read_copy(copy) for copy in copies])


def _union(target: Path, copies: list[Path]) -> None:
    """Add the rows that are not there, trusting the copies, with no report and no backup."""
    columns = ", ".join(Edit.__slots__)
    connection = sqlite3.connect(target, isolation_level=None)
    connection.execute("PRAGMA journal_mode=TRUNCATE")
    connection.execute("PRAGMA synchronous=EXTRA")
    for copy in copies:
        connection.execute("ATTACH ? AS copy", (str(copy),))
        connection.execute(
            f"INSERT OR IGNORE INTO edit ({columns}) SELECT {columns} FROM copy.edit"  # noqa: S608
        )
        connection.execute("DETACH copy")
    connection.close()


def _copy(path: Path, number: int) -> Path:
    """Make a copy in which half the records are its own and half are everybody's."""
    edits = []
    for row in range(RECORDS):
        owner = number if row % 2 else 0
        record = str(uuid.uuid5(uuid.UUID(NETWORK), f"{owner} {row}"))
        for field in FIELDS:
            address = Address(NETWORK, record, "contact", field)
            edits.append(new_edit(address, f"{field} fra kopi {number}: " + "tekst " * 20))
    with Store.open(path, create=True) as store:
        store.append(edits)
    return path


def _check(target: Path) -> None:
    with Store.open(target) as store:
        assert len(store.edits()[0]) == COPIES * RECORDS * len(FIELDS)
