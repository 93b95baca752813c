"""What the tests let another process do with a workbook file. Says what it does on its output."""

from __future__ import annotations

import sqlite3
import sys
import time
from collections.abc import Callable
from pathlib import Path

from netvaerk_widgets.errors import StoreError
from netvaerk_widgets.store import Address, Store, new_edit

ID = "0b0c7e4e-6f0a-4f4e-9d55-0f6f1c6f0001"
STATEMENT = Address(ID, "a" * 36, "theme", "statement")


def say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def save(path: Path) -> None:
    """Save edit after edit; say the id of each when it is acknowledged."""
    with Store.open(path) as store:
        while True:
            edit = new_edit(STATEMENT, "Et tema på flere linjer.\n" * 40)
            store.append([edit])
            say(edit.edit_id)


def create(path: Path) -> None:
    """Make the file."""
    say("begin")
    Store.open(path, create=True).close()
    say("end")


def hold(path: Path) -> None:
    """Keep the file for oneself until killed."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    say("held")
    time.sleep(60)


def try_to_write(path: Path) -> None:
    """Open the file, say how many edits are in it, try to add one and say what happened."""
    try:
        with Store.open(path) as store:
            say(f"read {len(store.edits()[0])} read_only={store.read_only}")
            store.append([new_edit(STATEMENT, "Mere")])
            say("written")
    except StoreError as error:
        say(error.id)


def fill_up(path: Path) -> None:
    """Save until the disk is full, make room, and save again."""
    ballast = path.parent / "ballast"
    ballast.write_bytes(b"x" * 300_000)
    with Store.open(path, create=True) as store:
        saved = 0
        try:
            while True:
                store.append([new_edit(STATEMENT, "x" * 20_000)])
                saved += 1
        except StoreError as error:
            say(error.id)
        say("all kept" if len(store.edits()[0]) == saved else "lost")
        ballast.unlink()
        store.append([new_edit(STATEMENT, "Nu er der plads")])
        say("written")
    say("one file" if list(path.parent.iterdir()) == [path] else "more files")


DEEDS: dict[str, Callable[[Path], None]] = {
    deed.__name__: deed for deed in (save, create, hold, try_to_write, fill_up)
}

if __name__ == "__main__":
    DEEDS[sys.argv[1]](Path(sys.argv[2]))
