"""A workbook file: its settings, how it lies in its folder, and that it cannot slip away."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa
from written import ID, record_edits

from netvaerk_widgets.errors import StoreError
from netvaerk_widgets.store import Address, Store, new_edit, sqlite_file, tables
from netvaerk_widgets.store.faults import reading

STATEMENT = Address(ID, "a" * 36, "theme", "statement")

IN_FORCE = {
    "journal_mode": "truncate",
    "synchronous": 3,  # EXTRA
    "secure_delete": 1,
    "foreign_keys": 1,
    "trusted_schema": 0,
}


def write(store: Store, text: str) -> None:
    store.append([new_edit(STATEMENT, text)])


@pytest.fixture
def other_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    """Connect as a SQLite would that was built with none of our settings; Debian's has some."""
    connect = sqlite3.connect

    def plain(*arguments: object, **keys: object) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*arguments, **keys)  # type: ignore[call-overload]
        for pragma in ("synchronous=OFF", "secure_delete=OFF", "foreign_keys=OFF"):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    monkeypatch.setattr(sqlite3, "connect", plain)


@pytest.mark.usefixtures("other_defaults")
def test_the_settings_are_in_force_on_every_connection(file: Path) -> None:
    with Store.open(file, create=True) as store:
        held = [store._engine.connect().execution_options(netvaerk_reads=True) for _ in range(8)]
        assert len({id(one.connection.dbapi_connection) for one in held}) == len(held)
        for connection in held:
            found = {
                name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in IN_FORCE
            }
            assert found == IN_FORCE
            connection.close()


def test_a_writer_takes_its_lock_at_once_and_a_reader_takes_none(file: Path) -> None:
    said: list[str] = []
    with Store.open(file, create=True, wait=0.1) as store:
        sa.event.listen(
            store._engine, "before_cursor_execute", lambda *call: said.append(str(call[2]))
        )
        write(store, "Et")
        store.edits()
        assert [statement for statement in said if statement.startswith("BEGIN")] == [
            "BEGIN IMMEDIATE",
            "BEGIN",
        ]
        with store._writing(), reading(store._engine) as connection:
            assert connection.execute(sa.select(sa.func.count(tables.edit.c.seq))).scalar() == 1


def test_it_is_marked_as_ours_in_its_header(file: Path) -> None:
    Store.open(file, create=True).close()
    head = file.read_bytes()[:100]
    assert head[68:72] == b"NVRV"
    assert int.from_bytes(head[60:64]) == tables.FILE_VERSION
    assert head[18:20] == b"\1\1", "2 would be WAL"


@pytest.mark.skipif(os.name == "nt", reason="file modes are Unix's")
def test_only_its_owner_may_read_it(file: Path) -> None:
    before = os.umask(0)
    try:
        with Store.open(file, create=True) as store:
            write(store, "Et navn")
            modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in file.parent.iterdir()}
    finally:
        os.umask(before)
    assert set(modes.values()) == {0o600}, modes


def test_at_rest_it_is_a_single_file_that_can_be_copied(file: Path, tmp_path: Path) -> None:
    with Store.open(file, create=True) as store:
        write(store, "Står her")
    store.close()
    assert list(tmp_path.iterdir()) == [file]

    copy = shutil.copy(file, tmp_path / "kopi.netvaerk")
    with Store.open(copy) as other:
        assert [edit.value for edit in other.edits()[0]] == ["Står her"]


def test_closing_while_another_is_open_takes_nothing_from_it(file: Path) -> None:
    with Store.open(file, create=True) as one, Store.open(file) as two:
        write(one, "1")
        two.close()
        write(one, "2")
    with Store.open(file) as store:
        assert [edit.value for edit in store.edits()[0]] == ["1", "2"]


def test_several_who_make_the_same_file_at_once_get_one(file: Path) -> None:
    stores: list[Store] = []
    threads = [
        threading.Thread(target=lambda: stores.append(Store.open(file, create=True)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for number, store in enumerate(stores):
        write(store, str(number))
    assert {len(store.edits()[0]) for store in stores} == {8}
    for store in stores:
        store.close()
    assert list(file.parent.iterdir()) == [file]


def test_it_is_made_in_a_folder_that_is_not_there_yet(tmp_path: Path) -> None:
    path = tmp_path / "ny mappe" / "æøå %20?#.netvaerk"
    Store.open(path, create=True).close()
    Store.open(path).close()
    assert list(path.parent.iterdir()) == [path]


def test_more_edits_than_a_query_takes_values_are_written_at_once(file: Path) -> None:
    edits = [new_edit(STATEMENT, f"{number}") for number in range(33_000)]
    with Store.open(file, create=True) as store:
        store._engine.dispose()
        sa.event.listen(store._engine, "connect", limited)  # Debian's takes more than most
        assert len(store.append(edits)) == len(edits)
        assert store.append(edits) == []


def limited(connection: sqlite3.Connection, _: object) -> None:
    connection.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 32_766)


@pytest.mark.usefixtures("other_defaults")
def test_what_is_removed_from_the_file_is_not_left_in_its_bytes(file: Path) -> None:
    with Store.open(file, create=True) as store:
        write(store, "KANARIEFUGL" * 500)
        assert b"KANARIEFUGL" in file.read_bytes()
        with store._writing() as connection:
            connection.execute(sa.delete(tables.edit))
        assert b"KANARIEFUGL" not in file.read_bytes()


def deleted(file: Path) -> None:
    file.unlink()


def moved(file: Path) -> None:
    file.rename(file.with_name("andet navn.netvaerk"))


def replaced(file: Path) -> None:
    copy = file.with_name("kopi")
    shutil.copy(file, copy)
    copy.replace(file)


@pytest.mark.skipif(os.name == "nt", reason="Windows does not let go of an open file")
@pytest.mark.parametrize("lost", [deleted, moved, replaced])
def test_a_file_that_is_gone_while_open_takes_no_more_edits(file: Path, lost: object) -> None:
    assert callable(lost)
    with Store.open(file, create=True) as store:
        write(store, "Før")
        assert store.in_place
        lost(file)
        assert not store.in_place
        with pytest.raises(StoreError) as refused:
            write(store, "Efter")
        assert refused.value.id == "file_missing"
        with pytest.raises(StoreError):
            store.choose_network(ID)
    assert file.exists() == (lost is replaced), "no new one is made in its place"


@pytest.mark.skipif(os.name == "nt", reason="Windows does not let go of an open file")
def test_a_file_that_slips_away_during_a_save_is_not_called_saved(file: Path) -> None:
    with Store.open(file, create=True) as store:
        sa.event.listen(store._engine, "commit", lambda _: file.unlink())
        with pytest.raises(StoreError) as refused:
            write(store, "Væk")
    assert refused.value.id == "file_missing"


@pytest.mark.skipif(os.name == "nt", reason="Windows does not let go of an open file")
def test_looking_for_a_file_that_is_gone_does_not_make_an_empty_one(file: Path) -> None:
    with Store.open(file, create=True) as store:
        store._engine.dispose()  # the next look needs a new connection
        file.unlink()
        with pytest.raises(StoreError):
            store.edits()
    assert not file.exists()


def test_a_file_opened_to_read_cannot_be_written_by_any_statement(file: Path) -> None:
    Store.open(file, create=True).close()
    with (
        Store.open(file, read_only=True) as store,
        pytest.raises(sa.exc.OperationalError, match="readonly"),
        reading(store._engine) as connection,
    ):
        connection.execute(sa.delete(tables.edit))


def test_a_file_moved_away_and_back_takes_edits_again(file: Path, tmp_path: Path) -> None:
    with Store.open(file, create=True) as store:
        file.rename(tmp_path / "væk")
        with pytest.raises(StoreError):
            write(store, "Mens den er væk")
        (tmp_path / "væk").rename(file)
        write(store, "Tilbage")
    with Store.open(file) as store:
        assert [edit.value for edit in store.edits()[0]] == ["Tilbage"]


def test_opening_it_again_does_not_give_up_the_lock_of_a_save_under_way(file: Path) -> None:
    """On Unix, closing a file by hand would: another process could then write into the save."""
    with Store.open(file, create=True) as store:
        store.append(record_edits("theme", {"statement": "Før"}))
        with store._writing() as connection:
            connection.execute(sa.insert(tables.setting).values(name="x", value="y"))
            Store.open(file, wait=0.1).close()
            assert locked_for_others(file)
        assert not locked_for_others(file)


def locked_for_others(file: Path) -> bool:
    """Ask from another process; a fork would believe what this one remembers of its locks."""
    code = """
import sqlite3, sys
other = sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None)
try:
    other.execute("BEGIN IMMEDIATE")
except sqlite3.OperationalError:
    print("locked")
"""
    asked = subprocess.run(
        [sys.executable, "-c", code, str(file)], check=True, capture_output=True, text=True
    )
    return asked.stdout == "locked\n"


def test_a_claim_is_given_back_when_the_file_is_closed_or_refused(file: Path) -> None:
    Store.open(file, create=True).close()
    with sqlite3.connect(file) as connection:
        connection.execute(f"PRAGMA user_version={tables.FILE_VERSION + 1}")
    connection.close()
    with pytest.raises(StoreError):
        Store.open(file)
    assert sqlite_file._open_here.total() == 0


@pytest.mark.parametrize(
    "brought",
    [
        "CREATE TRIGGER t BEFORE INSERT ON edit BEGIN SELECT RAISE(IGNORE); END",
        "CREATE VIEW v AS SELECT * FROM edit",
    ],
)
def test_a_file_that_brings_code_of_its_own_is_not_opened(file: Path, brought: str) -> None:
    """Such a trigger would let a save be called saved and keep nothing of it."""
    Store.open(file, create=True).close()
    with sqlite3.connect(file) as connection:
        connection.execute(brought)
    connection.close()
    with pytest.raises(StoreError) as refused:
        Store.open(file)
    assert refused.value.id == "file_foreign"
