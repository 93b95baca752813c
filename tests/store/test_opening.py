"""A file that is not a whole workbook file is told of by name, and not a byte of it is changed."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from written import ID

from netvaerk_widgets.errors import StoreError
from netvaerk_widgets.store import Address, Store, new_edit
from netvaerk_widgets.store.tables import APPLICATION_ID, FILE_VERSION

CHILD = Path(__file__).parent / "child.py"
STATEMENT = Address(ID, "a" * 36, "theme", "statement")
PAGE = 4096


def filled(path: Path) -> bytes:
    with Store.open(path, create=True) as store:
        store.append([new_edit(STATEMENT, f"Tema {number} " * 200) for number in range(40)])
    return path.read_bytes()


def pragma(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path)
    with connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


def empty(path: Path) -> None:
    path.write_bytes(b"")


def random_bytes(path: Path) -> None:
    path.write_bytes(bytes((n * 7919) % 251 for n in range(20_000)))


def web_page(path: Path) -> None:
    path.write_text("<!doctype html><title>Log ind</title>" * 50, encoding="utf-8")


def other_program(path: Path) -> None:
    pragma(path, "CREATE TABLE moz_places (url)", "INSERT INTO moz_places VALUES ('x')")


def other_program_in_wal(path: Path) -> None:
    pragma(path, "PRAGMA journal_mode=WAL")
    pragma(path, "CREATE TABLE moz_places (url)")


def empty_database(path: Path) -> None:
    pragma(path, "VACUUM")


def cut_in_header(path: Path) -> None:
    path.write_bytes(filled(path)[:60])


def cut_in_mark(path: Path) -> None:
    path.write_bytes(filled(path)[:9])


def header_only(path: Path) -> None:
    path.write_bytes(filled(path)[:100])


def cut_after_a_page(path: Path) -> None:
    path.write_bytes(filled(path)[:PAGE])


def cut_in_a_page(path: Path) -> None:
    path.write_bytes(filled(path)[: 5 * PAGE + 17])


def cut_last_byte(path: Path) -> None:
    path.write_bytes(filled(path)[:-1])


def cut_last_page(path: Path) -> None:
    path.write_bytes(filled(path)[:-PAGE])


def zeroed_page(path: Path) -> None:
    whole = filled(path)
    path.write_bytes(whole[: 2 * PAGE] + bytes(PAGE) + whole[3 * PAGE :])


def without_its_tables(path: Path) -> None:
    pragma(path, f"PRAGMA application_id={APPLICATION_ID}", "CREATE TABLE edit (seq)")


def newer(path: Path) -> None:
    filled(path)
    pragma(path, f"PRAGMA user_version={FILE_VERSION + 1}")


def folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize("read_only", [False, True], ids=["to write", "to read"])
@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (empty, "file_empty"),
        (random_bytes, "file_foreign"),
        (web_page, "file_foreign"),
        (other_program, "file_foreign"),
        (other_program_in_wal, "file_foreign"),
        (empty_database, "file_foreign"),
        (cut_in_header, "file_damaged"),
        (cut_in_mark, "file_damaged"),
        (header_only, "file_damaged"),
        (cut_after_a_page, "file_damaged"),
        (cut_in_a_page, "file_damaged"),
        (cut_last_byte, "file_damaged"),
        (cut_last_page, "file_damaged"),
        (zeroed_page, "file_damaged"),
        (without_its_tables, "file_damaged"),
        (newer, "file_newer"),
        (folder, "disk_error"),
    ],
)
def test_a_file_that_is_none_is_named_and_left_as_it_was(
    file: Path, spoil: Callable[[Path], None], fault: str, *, read_only: bool
) -> None:
    spoil(file)
    before = contents(file.parent)

    with pytest.raises(StoreError) as refused:
        Store.open(file, create=not read_only, read_only=read_only)

    assert refused.value.id == fault
    assert file.name in str(refused.value)
    assert str(file.parent) not in str(refused.value), "folders can be names"
    assert contents(file.parent) == before


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() if path.is_file() else b"" for path in folder.iterdir()}


def test_a_file_that_is_not_there_is_not_made_unless_asked_for(file: Path) -> None:
    with pytest.raises(StoreError) as refused:
        Store.open(file)
    assert refused.value.id == "file_missing"
    assert list(file.parent.iterdir()) == []


def test_a_page_damaged_where_only_texts_lie_is_told_of_when_it_is_read(file: Path) -> None:
    """The quick check on opening looks at the tree, not at texts; no reader may fall over it."""
    whole = bytearray(filled(file))
    for start in range(PAGE, len(whole), PAGE):
        page = bytearray(whole)
        page[start : start + 200] = b"\xff" * 200
        file.write_bytes(page)
        try:
            with Store.open(file, read_only=True) as store:
                store.edits()
        except StoreError as error:
            assert error.id == "file_damaged"  # noqa: PT017 - some pages are only texts
        assert file.read_bytes() == page


def test_a_file_another_program_keeps_for_itself_is_told_of_and_opens_afterwards(
    file: Path,
) -> None:
    before = filled(file)
    other = subprocess.Popen(
        [sys.executable, str(CHILD), "hold", str(file)], stdout=subprocess.PIPE, text=True
    )
    assert other.stdout is not None
    try:
        assert other.stdout.readline() == "held\n"
        with pytest.raises(StoreError) as refused:
            Store.open(file, wait=0.2)
        assert refused.value.id == "file_in_use"
        assert file.read_bytes() == before
    finally:
        other.kill()
        other.wait()
        other.stdout.close()
    with Store.open(file) as store:
        assert len(store.edits()[0]) == 40


def test_a_save_waits_for_another_program_and_tells_if_it_takes_too_long(file: Path) -> None:
    filled(file)
    with Store.open(file, wait=0.2) as store, Store.open(file) as other:
        with other._writing(), pytest.raises(StoreError) as refused:
            store.append([new_edit(STATEMENT, "Venter")])
        assert refused.value.id == "file_in_use"
        assert len(store.append([new_edit(STATEMENT, "Venter")])) == 1
