"""What the tests disturb: each act that writes, in steps, with what its folder holds at first."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from written import ID

from netvaerk_widgets.acts import deletion
from netvaerk_widgets.report import write
from netvaerk_widgets.store import Address, Store, new_edit
from netvaerk_widgets.store.backup import back_up
from netvaerk_widgets.store.erasure import erase_person
from netvaerk_widgets.store.merge import merge

NAME, COPY, REPORT = "netvaerk.netvaerk", "kopi.netvaerk", "rapport.html"
OLD_FILE = Path(__file__).parents[1] / "files" / "version-1.netvaerk"
PERSON = "Kirsten Aagaard"
PAGE = "<p>Et netværkstema</p>" * 5000


def record(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012d}"


def contact(number: int, field: str = "name") -> Address:
    return Address(ID, record(number), "contact", field)


# Made before anything is forked, so that every run of an act writes the same.
FIRST = [new_edit(contact(number), f"Navn {number}") for number in range(20)]
FIRST += [new_edit(contact(3, "learned"), f"Mødte {PERSON} i dag. " * 30)]
SAVED = [new_edit(contact(number, "role"), "Leder af et center. " * 60) for number in range(3)]
ELSEWHERE = [new_edit(contact(number, "unit"), "Egedal " * 20) for number in range(30)]
AGAIN = new_edit(contact(0, "why"), "Efter fejlen virker det igen")


@dataclass(frozen=True)
class Deed:
    """An act in steps; each step is acknowledged when it returns, and is whole or not done."""

    steps: tuple[Callable[[Path], object], ...]
    prepare: Callable[[Path], object] = lambda _: None

    def begin(self, folder: Path) -> None:
        """Fill the folder with what is there before the act."""
        folder.mkdir()
        with Store.open(folder / NAME, create=True) as store:
            store.append(FIRST)
        self.prepare(folder)

    def do(self, folder: Path, say: Callable[[str], None]) -> None:
        for step in self.steps:
            step(folder)
            say("done")


def looked(folder: Path) -> dict[str, object]:
    """Return what stands in the folder's files, read past our own code; hidden drafts are not."""
    found: dict[str, object] = {}
    for path in sorted(folder.iterdir()):
        if path.suffix == ".netvaerk" and not path.name.startswith("."):
            found[path.name] = _rows(path)
        elif path.suffix == ".html":
            found[path.name] = path.read_text(encoding="utf-8")
    for path in (folder / "sikkerhedskopier").glob("[!.]*.netvaerk"):
        _rows(path)
    return found


def _rows(path: Path) -> tuple[object, ...]:
    connection = sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)], path.name
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        erased = "erased" if version > 1 else "0"
        rows = connection.execute(
            f"SELECT record_id, field, value, {erased} FROM edit"  # noqa: S608 - one of two words
        ).fetchall()
        receipts = connection.execute("SELECT count(*) FROM receipt") if version > 1 else ()
        return version, *sorted(rows), *receipts
    finally:
        connection.close()


def works_again(folder: Path) -> None:
    """Open the file as a user would, read what was there, and save."""
    with Store.open(folder / NAME) as store:
        there = store.edits()[0]
        assert there
        assert store.append([AGAIN]) == [AGAIN]
        assert len(store.edits()[0]) == len(there) + 1


def _saving(edit: object) -> Callable[[Path], object]:
    def save(folder: Path) -> None:
        with Store.open(folder / NAME) as store:
            store.append([edit])

    return save


def _delete(folder: Path) -> None:
    with Store.open(folder / NAME) as store:
        network = store.network(ID)
        found = network.record(record(5))
        assert found is not None
        store.append(deletion(network, found))


def _copied(folder: Path) -> None:
    shutil.copy(folder / NAME, folder / COPY)
    with Store.open(folder / COPY) as store:
        store.append(ELSEWHERE)


def _merge(folder: Path) -> None:
    with Store.open(folder / NAME) as store, Store.open(folder / COPY, read_only=True) as copy:
        merge(store, [copy])


def _erase(folder: Path) -> None:
    with Store.open(folder / NAME) as store:
        erase_person(store, PERSON, records=[record(4)])


def _migrate(folder: Path) -> None:
    Store.open(folder / NAME).close()


def _back_up(folder: Path) -> None:
    back_up(folder / NAME, folder / COPY)


def _report(folder: Path) -> None:
    write.write_report(PAGE, folder / REPORT)


DEEDS = {
    "save": Deed(tuple(map(_saving, SAVED))),
    "delete": Deed((_delete,)),
    "merge": Deed((_merge,), _copied),
    "erase": Deed((_erase,)),
    "migrate": Deed((_migrate,), lambda folder: shutil.copy(OLD_FILE, folder / NAME)),
    "back up": Deed((_back_up,), _copied),
    "report": Deed((_report,), lambda folder: write.write_report("<p>Før</p>", folder / REPORT)),
}
