"""A backup is one whole state of the file, also while others write, and can be put back."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from written import ID

from netvaerk_widgets.errors import StoreError
from netvaerk_widgets.records import single_record_id
from netvaerk_widgets.store import Address, Store, backup, new_edit
from netvaerk_widgets.store.backup import FOLDER, back_up, backups, restore

CHILD = Path(__file__).parent / "child.py"
THEME = Address(ID, single_record_id(ID, "theme"), "theme", "statement")


def write(path: Path, *texts: str) -> Path:
    with Store.open(path, create=True) as store:
        store.append([new_edit(THEME, text) for text in texts])
    return path


def texts(path: Path) -> list[object]:
    with Store.open(path, read_only=True) as store:
        return [edit.value for edit in store.edits()[0]]


def test_a_backup_lies_in_a_folder_beside_with_the_date_in_its_name(file: Path) -> None:
    write(file, "Et")
    copy = back_up(file)
    assert copy.parent == file.parent / FOLDER
    assert copy.name.startswith("netvaerk 20")
    assert texts(copy) == ["Et"]
    assert list(copy.parent.iterdir()) == [copy]


def test_two_backups_in_one_second_are_both_kept_and_the_newest_is_first(file: Path) -> None:
    write(file)
    taken = []
    for number in range(12):
        write(file, str(number))
        taken.append(back_up(file))
    assert backups(file) == taken[::-1]
    assert len(texts(backups(file)[0])) == 12


def test_a_name_with_brackets_finds_its_own_backups(tmp_path: Path) -> None:
    file = write(tmp_path / "tema [1].netvaerk", "Et")
    write(tmp_path / "tema 1.netvaerk", "Andet")
    back_up(tmp_path / "tema 1.netvaerk")
    assert backups(file) == []
    copy = back_up(file)
    assert backups(file) == [copy]


def test_a_backup_taken_while_another_process_writes_is_one_whole_state(file: Path) -> None:
    write(file, "Et")
    command = [sys.executable, str(CHILD), "save", str(file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        try:
            assert writer.stdout
            acknowledged = 0
            for number in range(15):
                acknowledged += bool(writer.stdout.readline())
                copy = back_up(file, file.parent / f"kopi{number}.netvaerk")
                with contextlib.closing(sqlite3.connect(copy)) as connection:
                    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
                assert len(texts(copy)) >= acknowledged
        finally:
            writer.kill()


def test_a_backup_holds_nothing_that_was_deleted(file: Path) -> None:
    write(file, "Hemmeligt " * 500)
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA secure_delete=OFF")
        connection.execute("DELETE FROM edit")
    assert b"Hemmeligt" in file.read_bytes()
    assert b"Hemmeligt" not in back_up(file).read_bytes()


def test_a_backup_that_cannot_be_written_leaves_nothing_half(file: Path) -> None:
    write(file, "Et")
    (file.parent / FOLDER).write_text("her ligger en fil", encoding="utf-8")
    with pytest.raises(StoreError) as refused:
        back_up(file)
    assert refused.value.id == "backup_failed"
    assert sorted(path.name for path in file.parent.iterdir()) == [file.name, FOLDER]


def test_restoring_puts_the_copy_back_and_keeps_what_was_there(file: Path) -> None:
    write(file, "Et")
    copy = back_up(file)
    write(file, "To")
    kept = restore(file, copy)
    assert texts(file) == ["Et"]
    assert kept is not None
    assert texts(kept) == ["Et", "To"]
    assert {path.name for path in file.parent.iterdir()} == {file.name, FOLDER}


def test_whoever_has_the_file_open_is_told_and_overwrites_nothing(file: Path) -> None:
    write(file, "Et")
    copy = back_up(file)
    with Store.open(file) as store:
        restore(file, copy)
        assert not store.in_place
        with pytest.raises(StoreError):
            store.append([new_edit(THEME, "To")])
    assert texts(file) == ["Et"]


@pytest.mark.parametrize("spoiled", [b"", b"noget helt andet" * 50, None])
def test_an_unreadable_file_is_kept_aside(file: Path, spoiled: bytes | None) -> None:
    write(file, *(f"Tekst {number}" * 200 for number in range(30)))
    copy = back_up(file)
    content = file.read_bytes()[:9000] if spoiled is None else spoiled
    for number in range(2):
        file.write_bytes(content)
        file.with_name(f"{file.name}-journal").write_bytes(b"gammel journal")
        assert restore(file, copy) is None
        suffix = ".ulaeselig" if number == 0 else ".ulaeselig-2"
        assert file.with_name(file.name + suffix).read_bytes() == content
        assert not file.with_name(f"{file.name}-journal").exists()
        assert len(texts(file)) == 30


def test_a_full_disk_is_no_reason_to_take_the_file_away(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(file, "Et")
    copy = back_up(file)
    write(file, "To")
    real = backup._copy

    def full(source: Path, draft: Path) -> None:
        if source == file:
            raise StoreError("disk_full", file=file.name)
        real(source, draft)

    monkeypatch.setattr(backup, "_copy", full)
    with pytest.raises(StoreError) as refused:
        restore(file, copy)
    assert refused.value.id == "disk_full"
    assert texts(file) == ["Et", "To"]
    assert {path.name for path in file.parent.iterdir()} == {file.name, FOLDER}


@pytest.mark.parametrize("kind", ["damaged", "foreign", "newer", "itself"])
def test_a_copy_that_is_no_good_is_refused_and_the_file_stands(file: Path, kind: str) -> None:
    write(file, *(f"Tekst {number}" * 200 for number in range(30)))
    copy = back_up(file)
    if kind == "damaged":
        copy.write_bytes(copy.read_bytes()[:-8192])
    elif kind == "foreign":
        copy.write_bytes(b"noget helt andet" * 50)
    elif kind == "newer":
        with contextlib.closing(sqlite3.connect(copy)) as connection:
            connection.execute("PRAGMA user_version=99")
    else:
        copy = file
    before = file.read_bytes()
    with pytest.raises(StoreError):
        restore(file, copy)
    assert file.read_bytes() == before


def test_a_file_that_is_gone_is_put_back(file: Path) -> None:
    write(file, "Et")
    copy = back_up(file)
    file.unlink()
    assert restore(file, copy) is None
    assert texts(file) == ["Et"]


def test_a_save_cut_off_by_a_crash_is_not_played_into_the_restored_file(file: Path) -> None:
    write(file, "Et")
    copy = back_up(file)
    crashed = file.parent / "crash.netvaerk"
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA cache_size=1")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE edit SET value = json_quote(hex(zeroblob(60000)))")
    shutil.copyfile(file, crashed)
    shutil.copyfile(f"{file}-journal", f"{crashed}-journal")
    connection.close()
    kept = restore(crashed, copy)
    assert kept is not None
    assert texts(kept) == texts(crashed) == ["Et"]
