"""Power loss at every moment of ten saves: nothing acknowledged is lost with our settings.

The two controls lose edits in the same trial. If they did not, the trial would prove nothing.
"""

from __future__ import annotations

import hashlib
import os
import random
import tempfile
from pathlib import Path

import pytest
from faults.figures import Figure
from faults.power import Disk, recorded
from faults.traced import Say, needs_strace
from written import ID

from netvaerk_widgets.errors import StoreError
from netvaerk_widgets.store import Address, Store, new_edit, sqlite_file

SAVES = [
    new_edit(Address(ID, "a" * 36, "theme", field), f"Gemt {number} " * 900)
    for number, field in enumerate(["statement", "given", "why_now", "known", "unknown"] * 2)
]
OURS = sqlite_file._PRAGMAS
PYTHONS_OWN = ("journal_mode=DELETE", "synchronous=FULL")
OFF = ("journal_mode=TRUNCATE", "synchronous=OFF")


def saving(file: Path, pragmas: tuple[str, ...]) -> None:
    """Save ten times, and write each id to ``/dev/null`` once it is acknowledged."""
    sqlite_file._PRAGMAS = pragmas  # in a fork: nobody else is touched
    told = os.open("/dev/null", os.O_WRONLY)
    with Store.open(file) as store:
        for edit in SAVES:
            store.append([edit])
            os.write(told, edit.edit_id.encode())


class Found:
    """What power loss at every moment leaves, each different outcome looked at once."""

    def __init__(self) -> None:
        self.states = self.lost = self.damaged = 0


def tried(tmp_path: Path, pragmas: tuple[str, ...], more: int, every: int = 1) -> Found:
    """Rebuild every outcome of power loss, open each as a user would, and count."""
    file = tmp_path / "netvaerk.netvaerk"
    Store.open(file, create=True).close()
    disk = Disk(str(tmp_path), {str(file): file.read_bytes()}, {str(file)})
    chance = random.Random(20261123)  # noqa: S311 - the same choices each time
    found, seen, acknowledged = Found(), set[tuple[str, int]](), set[str]()

    def deed(_: Say) -> None:
        saving(file, pragmas)

    memory = Path("/dev/shm")  # noqa: S108 - a folder of one's own in memory
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        for number, call in enumerate(recorded(deed, tmp_path)):
            if call.what == "ack":
                acknowledged.add(call.data.decode())
            disk.take(call)
            if number % every:
                continue
            for state in disk.after_power_loss(chance, more):
                content = repr(sorted((path, state[path]) for path in state)).encode()
                mark = hashlib.sha256(content).hexdigest(), len(acknowledged)
                if mark not in seen:
                    seen.add(mark)
                    look(found, state, acknowledged, Path(folder))
    assert len(acknowledged) == len(SAVES)
    return found


def look(found: Found, state: dict[str, bytes], acknowledged: set[str], folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()
    for name, content in state.items():
        (folder / Path(name).name).write_bytes(content)
    found.states += 1
    try:
        with Store.open(folder / "netvaerk.netvaerk") as store:
            edits = store.edits()[0]
            whole = all(edit in SAVES for edit in edits)
    except StoreError:
        found.damaged += 1
        return
    found.damaged += not whole
    found.lost += bool(acknowledged - {edit.edit_id for edit in edits})


@needs_strace
def test_power_loss_loses_no_acknowledged_edit(tmp_path: Path) -> None:
    found = tried(tmp_path, OURS, 6)
    assert (found.lost, found.damaged) == (0, 0)
    assert found.states > 1000


@needs_strace
@pytest.mark.slow
@pytest.mark.timeout(900)
def test_power_loss_in_10000_ways_loses_no_acknowledged_edit(
    tmp_path: Path, figure: Figure
) -> None:
    figure.what = "Strømmen går på ethvert tidspunkt af ti gem, vores indstillinger"
    found = tried(tmp_path, OURS, 100)
    figure.tried, figure.lost = found.states, found.lost + found.damaged
    assert (found.lost, found.damaged) == (0, 0)
    assert found.states >= 10_000


CONTROLS = {
    "Kontrol, skal miste: det samme med SQLites egne indstillinger (DELETE, FULL)": PYTHONS_OWN,
    "Kontrol, skal miste: det samme uden at vente på disken (OFF)": OFF,
}


@needs_strace
@pytest.mark.parametrize("name", CONTROLS)
def test_power_loss_loses_edits_with_other_settings(
    name: str, tmp_path: Path, figure: Figure
) -> None:
    figure.what = name
    found = tried(tmp_path, CONTROLS[name], 1, 9 if CONTROLS[name] is OFF else 1)
    figure.tried, figure.lost = found.states, found.lost + found.damaged
    assert found.lost > 0
