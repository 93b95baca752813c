"""What is acknowledged is there: after a kill, on a full disk, in a folder one may only read."""

from __future__ import annotations

import random
from functools import partial
from pathlib import Path

import child
import pytest
from forked import READ_ONLY, TINY, in_own_mount, killed, needs_fork, needs_mounts
from written import ID

from netvaerk_widgets.errors import StoreError
from netvaerk_widgets.store import Address, Store, new_edit

CHILD = Path(__file__).parent / "child.py"
STATEMENT = Address(ID, "a" * 36, "theme", "statement")
CREATIONS = 25


@needs_fork
def test_a_file_is_made_whole_or_not_at_all_when_its_maker_is_killed(tmp_path: Path) -> None:
    chance = random.Random(20261123)  # noqa: S311 - the same moments each time
    made = 0
    for number in range(CREATIONS):
        path = tmp_path / f"{number}.netvaerk"
        killed(partial(child.create, path), chance.uniform(0.0005, 0.02))
        if path.exists():
            made += 1
            Store.open(path).close()
            assert path.read_bytes()[68:72] == b"NVRV"
        with Store.open(path, create=True) as store:
            store.append([new_edit(STATEMENT, "Virker")])
    assert sorted(path.name for path in tmp_path.glob("[!.]*")) == sorted(
        f"{number}.netvaerk" for number in range(CREATIONS)
    )


@needs_mounts
def test_a_file_in_a_folder_one_may_only_read_opens_and_refuses_edits(file: Path) -> None:
    with Store.open(file, create=True) as store:
        store.append([new_edit(STATEMENT, "Står")])
    before = file.read_bytes()

    assert in_own_mount(READ_ONLY, CHILD, "try_to_write", str(file)).stdout.splitlines() == [
        "read 1 read_only=True",
        "file_read_only",
    ]
    assert file.read_bytes() == before
    assert list(file.parent.iterdir()) == [file]


@needs_mounts
def test_no_file_can_be_made_in_a_folder_one_may_only_read(file: Path) -> None:
    done = in_own_mount(READ_ONLY, CHILD, "create", str(file))
    assert done.returncode == 1
    assert "kan kun læses" in done.stderr
    assert list(file.parent.iterdir()) == []


@needs_mounts
def test_a_full_disk_is_told_of_loses_nothing_and_takes_edits_when_there_is_room(
    file: Path,
) -> None:
    assert in_own_mount(TINY, CHILD, "fill_up", str(file)).stdout.splitlines() == [
        "disk_full",
        "all kept",
        "written",
        "one file",
    ]


def test_a_fault_without_a_sentence_of_its_own_names_its_kind_and_no_values(file: Path) -> None:
    with Store.open(file, create=True) as store:
        with store._writing() as connection:
            connection.exec_driver_sql("ALTER TABLE edit RENAME COLUMN device TO gone")
        with pytest.raises(StoreError) as refused:
            store.append([new_edit(STATEMENT, "HEMMELIGT")])
    assert refused.value.id == "disk_error"
    assert refused.value.facts["reason"] == "SQLITE_ERROR"
    assert "HEMMELIGT" not in str(refused.value)
