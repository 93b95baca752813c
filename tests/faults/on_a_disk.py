"""What ``test_disk.py`` lets a process do on a full or read-only disk; it says how it went."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1]))

from faults.deeds import COPY, DEEDS, NAME, REPORT, looked, works_again

from netvaerk_widgets.errors import StoreError
from netvaerk_widgets.method import load_method
from netvaerk_widgets.report.page import network_report
from netvaerk_widgets.report.write import write_report
from netvaerk_widgets.store import Store
from netvaerk_widgets.store.backup import back_up


def full(act: str, folder: Path) -> None:
    """Do the act on a disk that is filled up, then make room and do it again."""
    deed = DEEDS[act]
    deed.begin(folder)
    before = looked(folder)
    ballast = folder.parent / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 512)
        except OSError:
            print("full")
    try:
        for step in deed.steps:
            step(folder)
        print("done all the same")
    except StoreError as error:
        print(error.id)
    print("as before" if looked(folder) == before else "changed")
    ballast.unlink()
    for step in deed.steps:
        step(folder)
    print("done" if looked(folder) != before else "not done")
    works_again(folder)


def read_only(place: str, folder: Path) -> None:
    """Read, report and back up to another place; be refused in this one."""
    file, elsewhere = folder / NAME, Path(place)
    with Store.open(file) as store:
        (network,) = {edit.network_id for edit in store.edits()[0]}
        print("read only" if store.read_only else "writable")
        html = network_report(store, network, load_method())
    write_report(html, elsewhere / REPORT)
    back_up(file, elsewhere / COPY)
    print("reported and backed up elsewhere")
    for attempt in (lambda: write_report(html, folder / REPORT), lambda: back_up(file)):
        try:
            attempt()
        except StoreError as error:
            print(error.id)


if __name__ == "__main__":
    {"full": full, "read_only": read_only}[sys.argv[1]](sys.argv[2], Path(sys.argv[3]))
