"""A copy somebody else made may hold anything at all: it is refused by name, and never run."""

from __future__ import annotations

import json
import shutil
import sqlite3
import time
import uuid
from pathlib import Path

import pytest
from written import ID, hostile_edits

from netvaerk_widgets.errors import StoreError
from netvaerk_widgets.records import single_record_id
from netvaerk_widgets.store import Address, Store, new_edit
from netvaerk_widgets.store.foreign import read_copy
from netvaerk_widgets.store.merge import merge

THEME = Address(ID, single_record_id(ID, "theme"), "theme", "statement")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    path = tmp_path / "kopi.netvaerk"
    with Store.open(path, create=True) as store:
        store.append([new_edit(THEME, f"Tekst {number}") for number in range(3)])
    return path


def forge(path: Path, *statements: str, values: tuple[object, ...] = ()) -> None:
    connection = sqlite3.connect(path)
    with connection:
        for statement in statements:
            connection.execute(statement, values)
    connection.close()


SCHEMAS = {
    "a view for the table": (
        "ALTER TABLE edit RENAME TO other",
        "CREATE VIEW edit AS SELECT * FROM other",
    ),
    "an endless view": (
        "ALTER TABLE edit RENAME TO other",
        "CREATE VIEW edit AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)"
        " SELECT x AS seq FROM n",
    ),
    "a trigger": ("CREATE TRIGGER t AFTER INSERT ON edit BEGIN DELETE FROM edit; END",),
    "a foreign table": ("CREATE TABLE moz_places (url)",),
    "a foreign column": ("ALTER TABLE edit ADD COLUMN extra",),
    "a computed column": ("ALTER TABLE edit ADD COLUMN extra AS (zeroblob(1000000000))",),
    "a search table": ("CREATE VIRTUAL TABLE search USING fts5(text)",),
    "write-ahead logging": ("PRAGMA journal_mode=WAL",),
}


@pytest.mark.parametrize("schema", SCHEMAS)
def test_a_schema_that_is_not_ours_is_refused(schema: str, copy: Path) -> None:
    connection = sqlite3.connect(copy, isolation_level=None)
    for statement in SCHEMAS[schema]:
        connection.execute(statement)
    connection.close()
    refused_and_untouched(copy, "copy_unreadable")


def refused_and_untouched(copy: Path, fault: str) -> None:
    before, there = copy.read_bytes(), sorted(copy.parent.iterdir())
    with pytest.raises(StoreError) as refused:
        read_copy(copy)
    assert refused.value.id == fault
    assert copy.read_bytes() == before
    assert sorted(copy.parent.iterdir()) == there


VALUES: dict[str, tuple[str, object]] = {
    "no JSON": ("value", "{"),
    "no text at all": ("value", b"\x80\x81"),
    "text that is no text": ("author", "x"),
    "a number for a text": ("value", "7"),
    "an object": ("value", '{"a": 1}'),
    "a list of lists": ("value", "[[1]]"),
    "not a number": ("value", "NaN"),
    "a lone surrogate": ("value", json.dumps("\ud800")),
    "NUL": ("value", json.dumps("a\0b")),
    "text not in NFC": ("value", json.dumps("A\u030a")),
    "text beyond the limit": ("value", json.dumps("x" * 200_001)),
    "a value of gigabytes": ("value", json.dumps("x" * 5_000_000)),
    "deeply nested": ("value", "[" * 100_000),
    "no id": ("edit_id", "1"),
    "an id in other letters": ("edit_id", str(uuid.uuid4()).upper()),
    "a record that is a path": ("record_id", "../../etc/passwd"),
    "a network that is a number": ("network_id", 7),
    "a cause that is no id": ("cause", "<b>"),
    "replaces no list": ("replaces", '"abc"'),
    "replaces no id": ("replaces", '["abc"]'),
    "replaces a number": ("replaces", "[7]"),
    "no time": ("at", "i går"),
    "a time without a zone": ("at", "2026-01-01T10:00:00.000"),
    "a time in another form": ("at", "2026-01-01 10:00:00Z"),
    "an unknown erasure": ("erased", 9),
    "an erasure with content": ("erased", 1),
    "an erasure in words": ("erased", "ja"),
    "a long author": ("author", "x" * 501),
    "a long kind": ("kind", "x" * 41),
    "a kind in bytes": ("kind", b"theme"),
}


@pytest.mark.parametrize("forged", VALUES)
def test_a_row_nobody_could_have_written_is_refused(forged: str, copy: Path) -> None:
    column, value = VALUES[forged]
    if forged == "text that is no text":
        forge(copy, "UPDATE edit SET author = CAST(x'ff' AS TEXT) WHERE seq = 2")
    else:
        forge(copy, f"UPDATE edit SET {column} = ? WHERE seq = 2", values=(value,))  # noqa: S608
    refused_and_untouched(copy, "copy_unreadable")


def test_a_newer_file_is_told_of(copy: Path) -> None:
    forge(copy, "PRAGMA user_version = 99")
    refused_and_untouched(copy, "file_newer")


@pytest.mark.parametrize("most", [0.2, 0.5, 0.9])
def test_a_cut_off_file_is_told_of(most: float, copy: Path) -> None:
    copy.write_bytes(copy.read_bytes()[: int(copy.stat().st_size * most)])
    refused_and_untouched(copy, "file_damaged")


def test_edits_that_replace_each_other_in_a_ring_do_no_harm(copy: Path, tmp_path: Path) -> None:
    with Store.open(copy) as store:
        ids = [edit.edit_id for edit in store.edits()[0]]
    for one, other in zip(ids, [*ids[1:], ids[0]], strict=True):
        said = json.dumps([other, one])
        forge(copy, f"UPDATE edit SET replaces = '{said}' WHERE edit_id = '{one}'")  # noqa: S608
    with Store.open(tmp_path / "min.netvaerk", create=True) as store:
        merge(store, [read_copy(copy)])
        store.network(ID)
        assert len(store.edits()[0]) == len(ids)


@pytest.mark.parametrize("column", ["value", "network_id", "kind"])
def test_a_copy_that_says_something_else_of_an_edit_we_have_is_refused(
    column: str, copy: Path, tmp_path: Path
) -> None:
    mine = tmp_path / "min.netvaerk"
    shutil.copyfile(copy, mine)
    other = {"value": '"Forfalsket"', "network_id": str(uuid.uuid4()), "kind": "drone"}[column]
    forge(copy, f"UPDATE edit SET {column} = ? WHERE seq = 2", values=(other,))  # noqa: S608
    before = mine.read_bytes()
    with Store.open(mine) as store, pytest.raises(StoreError, match="ikke kan stå"):
        merge(store, [read_copy(copy)])
    assert mine.read_bytes() == before


def test_a_save_that_was_cut_off_in_the_copy_is_taken_back_elsewhere(
    copy: Path, tmp_path: Path
) -> None:
    crashed = tmp_path / "mappe" / "kopi.netvaerk"
    crashed.parent.mkdir()
    connection = sqlite3.connect(copy, isolation_level=None)
    connection.execute("PRAGMA cache_spill=1")
    connection.execute("PRAGMA cache_size=1")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE edit SET author = 'halvt'")
    connection.execute("UPDATE edit SET value = json_quote(hex(zeroblob(60000)))")
    for name in (copy.name, f"{copy.name}-journal"):
        shutil.copyfile(copy.parent / name, crashed.parent / name)
    connection.close()
    before = {path: path.read_bytes() for path in crashed.parent.iterdir()}
    assert len(before) == 2

    values = [edit.value for edit in read_copy(crashed).edits()[0]]

    assert values == ["Tekst 0", "Tekst 1", "Tekst 2"]
    assert {path: path.read_bytes() for path in crashed.parent.iterdir()} == before


def test_every_text_a_person_can_write_comes_through(copy: Path) -> None:
    edits = hostile_edits()
    with Store.open(copy) as store:
        store.append(edits)
    assert read_copy(copy).edits()[0][3:] == edits


def test_a_copy_that_is_damaged_in_any_byte_is_read_or_refused_and_quickly(copy: Path) -> None:
    whole = copy.read_bytes()
    started = time.monotonic()
    for place in range(100, len(whole), 131):
        copy.write_bytes(whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :])
        try:
            read_copy(copy)
        except StoreError as refused:
            assert refused.id in ("copy_unreadable", "file_damaged", "file_newer", "file_foreign")  # noqa: PT017
    assert time.monotonic() - started < 60
