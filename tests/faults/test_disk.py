"""A disk that really is full, and a folder that may only be read (see also ``tests/store``)."""

from __future__ import annotations

from pathlib import Path

import pytest
from faults.deeds import FIRST, NAME
from forked import READ_ONLY, TINY, in_own_mount, needs_mounts
from written import ID, record_edits

from netvaerk_widgets.store import Store

PROGRAM = Path(__file__).parent / "on_a_disk.py"


@needs_mounts
@pytest.mark.parametrize(
    ("act", "told"), [("merge", "disk_full"), ("erase", "disk_full"), ("report", "disk_full")]
)
def test_on_a_full_disk_an_act_is_refused_whole_and_done_when_there_is_room(
    act: str, told: str, tmp_path: Path
) -> None:
    done = in_own_mount(TINY, PROGRAM, "full", act, str(tmp_path / "mappe"))
    assert done.stdout.splitlines() == ["full", told, "as before", "done"], done.stderr


@needs_mounts
def test_from_a_folder_one_may_only_read_reports_and_backups_can_be_made_elsewhere(
    tmp_path: Path,
) -> None:
    folder, elsewhere = tmp_path / "kun læsning", tmp_path / "andet sted"
    elsewhere.mkdir()
    with Store.open(folder / NAME, create=True) as store:
        store.append([*record_edits("network", {"title": "Genoptræning"}), *FIRST])
    before = (folder / NAME).read_bytes()

    mount = READ_ONLY.replace('"$0"', '"$0/kun læsning"')
    done = in_own_mount(mount, PROGRAM, "read_only", str(elsewhere), str(folder))

    assert done.stdout.splitlines() == [
        "read only",
        "reported and backed up elsewhere",
        "file_read_only",
        "backup_failed",
    ], done.stderr
    assert (folder / NAME).read_bytes() == before
    assert [path.name for path in folder.iterdir()] == [NAME]
    with Store.open(elsewhere / "kopi.netvaerk") as store:
        assert store.networks() == {ID: "Genoptræning"}
