"""What is acknowledged is there: after a kill, on a full disk, in a folder one may only read."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from written import ID

from netvaerk_widgets.errors import StoreError
from netvaerk_widgets.store import Address, Store, new_edit

CHILD = Path(__file__).parent / "child.py"
STATEMENT = Address(ID, "a" * 36, "theme", "statement")
KILLS = 50
CREATIONS = 25

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="fork and SIGKILL are Unix's")
needs_mounts = pytest.mark.skipif(
    not hasattr(os, "geteuid")
    or os.geteuid() != 0
    or subprocess.run(["unshare", "-m", "true"], check=False, capture_output=True).returncode != 0,
    reason="mounts a folder of its own (unshare -m), which takes root",
)


def killed(deed: str, path: Path, delay: float) -> list[str]:
    """Let a fork of this process do it, kill it ``delay`` s after its first word; return its words.

    A fork, because importing everything anew would take longer than the deed.
    """
    import child

    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.dup2(write, 1)
        sys.stdout = os.fdopen(1, "w")
        try:
            child.DEEDS[deed](path)
        finally:
            os._exit(0)
    os.close(write)
    with os.fdopen(read) as said:
        first = said.readline().split()
        time.sleep(delay)
        os.kill(pid, signal.SIGKILL)
        words = first + said.read().split()
    os.waitpid(pid, 0)
    return words


@needs_fork
def test_no_acknowledged_edit_is_lost_when_the_process_is_killed(file: Path) -> None:
    chance = random.Random(20261123)  # noqa: S311 - the same moments each time
    Store.open(file, create=True).close()
    acknowledged: set[str] = set()
    for _ in range(KILLS):
        acknowledged |= set(killed("save", file, chance.uniform(0.001, 0.04)))
        with Store.open(file) as store:
            found = {edit.edit_id for edit in store.edits()[0]}
            assert acknowledged - found == set()
            assert len(found - acknowledged) <= KILLS, "at most the one in flight at each kill"
    assert len(acknowledged) > KILLS


@needs_fork
def test_a_file_is_made_whole_or_not_at_all_when_its_maker_is_killed(tmp_path: Path) -> None:
    chance = random.Random(20261123)  # noqa: S311 - the same moments each time
    made = 0
    for number in range(CREATIONS):
        path = tmp_path / f"{number}.netvaerk"
        killed("create", path, chance.uniform(0.0005, 0.02))
        if path.exists():
            made += 1
            Store.open(path).close()
            assert path.read_bytes()[68:72] == b"NVRV"
        with Store.open(path, create=True) as store:
            store.append([new_edit(STATEMENT, "Virker")])
    assert sorted(path.name for path in tmp_path.glob("[!.]*")) == sorted(
        f"{number}.netvaerk" for number in range(CREATIONS)
    )


READ_ONLY = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0"'
TINY = 'mount -t tmpfs -o size=1m tmpfs "$0"'


def in_own_mount(mount: str, deed: str, path: Path) -> subprocess.CompletedProcess[str]:
    """Mount over the file's folder for one process only, and let it do the deed."""
    return subprocess.run(
        [
            *("unshare", "-m", "sh", "-c", f'{mount} && exec "$1" "$2" "$3" "$4"'),
            *(str(path.parent), sys.executable, str(CHILD), deed, str(path)),
        ],
        check=False,
        capture_output=True,
        text=True,
    )


@needs_mounts
def test_a_file_in_a_folder_one_may_only_read_opens_and_refuses_edits(file: Path) -> None:
    with Store.open(file, create=True) as store:
        store.append([new_edit(STATEMENT, "Står")])
    before = file.read_bytes()

    assert in_own_mount(READ_ONLY, "try_to_write", file).stdout.splitlines() == [
        "read 1 read_only=True",
        "file_read_only",
    ]
    assert file.read_bytes() == before
    assert list(file.parent.iterdir()) == [file]


@needs_mounts
def test_no_file_can_be_made_in_a_folder_one_may_only_read(file: Path) -> None:
    done = in_own_mount(READ_ONLY, "create", file)
    assert done.returncode == 1
    assert "må kun læses" in done.stderr
    assert list(file.parent.iterdir()) == []


@needs_mounts
def test_a_full_disk_is_told_of_loses_nothing_and_takes_edits_when_there_is_room(
    file: Path,
) -> None:
    assert in_own_mount(TINY, "fill_up", file).stdout.splitlines() == [
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
