"""Consistent copies of a workbook file, made while it is in use, and putting one back."""

from __future__ import annotations

import datetime
import glob
import os
import re
import sqlite3
import uuid
from pathlib import Path

from ..errors import StoreError
from .faults import reading, told_plainly
from .sqlite_file import check_header, check_schema, claim, connected, discard, release
from .tables import FILE_VERSION

FOLDER = "sikkerhedskopier"
"""Name of the folder, beside the workbook file, that copies go to."""

_UNREADABLE = ("file_damaged", "file_foreign", "file_empty")


def back_up(file: Path, target: Path | None = None) -> Path:
    """Copy a workbook file as it stands at one moment, also while others write in it.

    Parameters
    ----------
    target
        Where the copy goes; by default a dated name in ``FOLDER`` beside the file.

    Returns
    -------
    Path
        The copy. It is whole and on disk; an older copy of the same name was replaced in one step.

    Raises
    ------
    StoreError
        The file is no workbook file, or the copy could not be written; no half copy is left.
    """
    identity = claim(file)
    target = target or _dated(file)
    draft = target.with_name(f".{target.stem}-{uuid.uuid4().hex[:8]}.new")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with told_plainly(file.name):
            _copy(file, draft)
        _settle(draft)
        draft.replace(target)
        _settle(target.parent)
    except OSError as error:
        raise StoreError("backup_failed", file=file.name, folder=target.parent.name) from error
    finally:
        discard(draft)
        release(identity)
    return target


def backups(file: Path) -> list[Path]:
    """Return the copies in ``FOLDER`` beside the file, newest first by the date in the name."""
    folder = file.parent / FOLDER
    found = folder.glob(f"{glob.escape(file.stem)} *{glob.escape(file.suffix)}")
    return sorted(found, key=_date_and_number, reverse=True)


def restore(file: Path, copy: Path) -> Path | None:
    """Put a copy in the file's place and return where the replaced file's own copy is.

    Whoever has the file open is told that it was replaced, and loses nothing that was saved.

    Returns
    -------
    Path or None
        The backup taken of what was replaced; None if there was nothing, or nothing readable,
        in which case the unreadable file is kept beside it with ``.ulaeselig`` in its name.

    Raises
    ------
    StoreError
        The copy is not whole, or something could not be written; the file stands as it stood.
    """
    if file.exists() and file.samefile(copy):
        raise StoreError("copy_is_the_file", file=file.name)
    _check_whole(copy)
    ready = back_up(copy, file.with_name(f".{file.stem}-{uuid.uuid4().hex[:8]}.tilbage"))
    try:
        kept = _kept_aside(file)
        ready.replace(file)
        _settle(file.parent)
    except OSError as error:
        raise StoreError("backup_failed", file=file.name, folder=file.parent.name) from error
    finally:
        discard(ready)
    return kept


def _kept_aside(file: Path) -> Path | None:
    """Back up what stands in the file's place; if it cannot be read, move it aside whole."""
    if not file.exists():
        return None
    try:
        check_header(file)
        _check_whole(file, mend=True)
        return back_up(file)
    except StoreError as error:
        if error.id not in _UNREADABLE:  # a full disk is no reason to take the file away
            raise
    aside = file.with_name(f"{file.name}.ulaeselig")
    number = 2
    while aside.exists():
        aside = file.with_name(f"{file.name}.ulaeselig-{number}")
        number += 1
    file.rename(aside)
    # Left behind, it would be played back into the file that takes this one's place.
    journal = file.with_name(f"{file.name}-journal")
    if journal.exists():
        journal.rename(aside.with_name(f"{aside.name}-journal"))
    return None


def _check_whole(path: Path, *, mend: bool = False) -> None:
    """Raise ``StoreError`` unless all of the file can be read by this version.

    With ``mend``, a save that a crash cut off is taken back first, as opening the file does.
    """
    identity = claim(path)
    engine = connected(path, read_only=not mend, wait=5)
    try:
        with told_plainly(path.name), reading(engine) as connection:
            check_schema(connection, path.name)
            ok = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() == "ok"
            version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            size = connection.exec_driver_sql("PRAGMA page_size").scalar_one()
    finally:
        engine.dispose()
        release(identity)
    if version > FILE_VERSION:
        raise StoreError("file_newer", file=path.name)
    if not ok or path.stat().st_size < pages * size:
        raise StoreError("file_damaged", file=path.name)


def _dated(file: Path) -> Path:
    now = datetime.datetime.now().astimezone().strftime("%Y-%m-%d %H.%M.%S")
    target = file.parent / FOLDER / f"{file.stem} {now}{file.suffix}"
    number = 2
    while target.exists():
        target = target.with_name(f"{file.stem} {now} ({number}){file.suffix}")
        number += 1
    return target


def _date_and_number(copy: Path) -> tuple[str, int]:
    number = re.search(r" \((\d+)\)$", copy.stem)
    return (copy.stem[: number.start()], int(number[1])) if number else (copy.stem, 1)


def _copy(file: Path, draft: Path) -> None:
    source = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True, timeout=5)
    try:
        # VACUUM INTO writes one consistent state and none of the pages that were freed.
        descriptor = os.open(draft, os.O_CREAT | os.O_EXCL, 0o600)
        os.close(descriptor)
        source.execute("VACUUM INTO ?", (str(draft),))
    finally:
        source.close()


def _settle(path: Path) -> None:
    """Wait until the disk has it; a folder cannot be waited for on Windows, and need not be."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except PermissionError:
        return
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
