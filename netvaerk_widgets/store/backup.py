"""Consistent copies of a workbook file, made while it is in use, and putting one back."""

from __future__ import annotations

import datetime
import os
import sqlite3
from pathlib import Path

from ..errors import StoreError
from .faults import told_plainly
from .sqlite_file import claim, release

FOLDER = "sikkerhedskopier"
"""Name of the folder, beside the workbook file, that copies go to."""


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
    draft = target.with_name(f".{target.name}.new")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        draft.unlink(missing_ok=True)
        with told_plainly(file.name):
            _copy(file, draft)
        _settle(draft)
        draft.replace(target)
        _settle(target.parent)
    except OSError as error:
        raise StoreError("backup_failed", file=file.name, folder=target.parent.name) from error
    finally:
        draft.unlink(missing_ok=True)
        release(identity)
    return target


def backups(file: Path) -> list[Path]:
    """Return the copies in ``FOLDER`` beside the file, newest name first."""
    folder = file.parent / FOLDER
    return sorted(folder.glob(f"{file.stem} *{file.suffix}"), reverse=True)


def restore(file: Path, copy: Path) -> Path | None:
    """Put a copy in the file's place and return where the replaced file's own copy is.

    Returns
    -------
    Path or None
        The backup taken of what was replaced; None if there was nothing, or nothing readable,
        in which case the unreadable file is kept beside it with ``.ulaeselig`` at the end.
    """
    release(claim(copy))
    kept = None
    if file.exists():
        try:
            kept = back_up(file)
        except StoreError:
            file.replace(file.with_name(f"{file.name}.ulaeselig"))
    back_up(copy, file)
    return kept


def _dated(file: Path) -> Path:
    now = datetime.datetime.now().astimezone().strftime("%Y-%m-%d %H.%M.%S")
    target = file.parent / FOLDER / f"{file.stem} {now}{file.suffix}"
    number = 2
    while target.exists():
        target = target.with_name(f"{file.stem} {now} ({number}){file.suffix}")
        number += 1
    return target


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
