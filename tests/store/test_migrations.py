"""A file of an earlier version opens, after a backup, wholly or not at all."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import tempfile
from pathlib import Path

import pytest

from netvaerk_widgets.acts import new_network
from netvaerk_widgets.errors import StoreError
from netvaerk_widgets.store import Store, migrations
from netvaerk_widgets.store.backup import backups
from netvaerk_widgets.store.tables import FILE_VERSION

VERSION_1 = Path(__file__).parents[1] / "files" / "version-1.netvaerk"


@pytest.fixture
def old(file: Path) -> Path:
    shutil.copyfile(VERSION_1, file)
    return file


def version_and_rows(path: Path) -> tuple[int, int]:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        (rows,) = connection.execute("SELECT count(*) FROM edit").fetchone()
    return version, rows


def schema(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema")]
        return {
            name: [row[1:4] for row in connection.execute(f"PRAGMA table_info('{name}')")]
            for name in names
        }


def test_the_version_1_file_is_of_version_1() -> None:
    assert version_and_rows(VERSION_1)[0] == 1


def test_a_version_1_file_is_brought_up_to_date_and_loses_nothing(old: Path) -> None:
    rows = version_and_rows(old)[1]
    with Store.open(old) as store:
        edits = store.edits()[0]
        titles = list(store.networks().values())
        assert store.receipts() == []
        store.append(new_network("Nyt"))
    assert "Eksempel: Ensomhed blandt ældre borgere" in titles
    assert len(edits) == rows > 50
    assert {edit.erased for edit in edits} == {0}
    assert version_and_rows(old) == (FILE_VERSION, rows + 1)


def test_a_migrated_file_has_the_tables_of_a_new_one(old: Path, tmp_path: Path) -> None:
    Store.open(old).close()
    Store.open(tmp_path / "ny.netvaerk", create=True).close()
    assert schema(old) == schema(tmp_path / "ny.netvaerk")


def test_a_backup_of_the_old_file_is_taken_once(old: Path) -> None:
    rows = version_and_rows(old)[1]
    for _ in range(2):
        Store.open(old).close()
    (copy,) = backups(old)
    assert version_and_rows(copy) == (1, rows)


def test_a_file_of_this_version_is_not_backed_up(file: Path) -> None:
    for _ in range(2):
        Store.open(file, create=True).close()
    assert backups(file) == []


def test_without_a_backup_nothing_is_migrated(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Path) -> Path:
        raise StoreError("disk_full", file="x")

    monkeypatch.setattr(migrations, "back_up", refuse)
    for read_only in (False, True):
        with pytest.raises(StoreError):
            Store.open(old, read_only=read_only)
    assert old.read_bytes() == VERSION_1.read_bytes()


def test_a_migration_that_fails_half_way_leaves_the_old_file(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(migrations.STEPS, 1, (*migrations.STEPS[1], "INSERT INTO nowhere VALUES 1"))
    with pytest.raises(StoreError):
        Store.open(old)
    assert version_and_rows(old) == version_and_rows(VERSION_1)
    monkeypatch.undo()
    with Store.open(old) as store:
        assert store.networks()


@pytest.mark.parametrize("fails", [False, True])
def test_an_old_file_that_must_not_be_written_is_read_from_a_copy_that_goes_again(
    old: Path, tmp_path: Path, fails: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    if fails:
        monkeypatch.setitem(migrations.STEPS, 1, ("INSERT INTO nowhere VALUES 1",))
        with pytest.raises(StoreError):
            Store.open(old, read_only=True)
    else:
        with Store.open(old, read_only=True) as store:
            assert store.networks()
            assert store.name == old.name
            assert list(temporary.iterdir())
            with pytest.raises(StoreError):
                store.append(new_network("Nyt"))
    assert old.read_bytes() == VERSION_1.read_bytes()
    assert list(temporary.iterdir()) == []
    assert backups(old) == []


def test_two_who_open_the_old_file_at_once_both_get_in(old: Path) -> None:
    first = migrations.connected(old, read_only=False, wait=5)
    with first.connect() as connection:
        connection.exec_driver_sql("PRAGMA user_version")
    first.dispose()
    migrations._step_up(old)
    migrations._step_up(old)  # the second one finds it done
    assert version_and_rows(old)[0] == FILE_VERSION


def test_a_version_before_the_first_is_damage(old: Path) -> None:
    with contextlib.closing(sqlite3.connect(old)) as connection:
        connection.execute("PRAGMA user_version=0")
    with pytest.raises(StoreError) as refused:
        Store.open(old)
    assert refused.value.id == "file_damaged"
