"""Brings workbook files of earlier versions up to date, after a backup, wholly or not at all."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from ..errors import StoreError
from .backup import back_up
from .faults import reading, told_plainly
from .sqlite_file import connected, leave_alone_in_folder
from .tables import FILE_VERSION

STEPS = {
    1: (
        "ALTER TABLE edit ADD COLUMN erased INTEGER NOT NULL DEFAULT 0",
        "CREATE TABLE receipt (receipt_id VARCHAR(36) NOT NULL PRIMARY KEY,"
        " at VARCHAR(24) NOT NULL, text TEXT NOT NULL)",
    ),
}
"""What takes a file of one version to the next. Steps are never changed once released."""


_COPIES = "netvaerk-aeldre-fil-"


def brought_up_to_date(path: Path, *, in_place: bool) -> Path:
    """Return where the file can be read as of this version.

    A current or newer file is left alone. An older one is backed up and migrated; if it must not
    be written (``in_place`` false), a copy in a folder of its own is, until ``discard_copy``.

    Raises
    ------
    StoreError
        The file cannot be read or written, or its backup cannot be made; it is as it was.
    """
    version = _version(path, read_only=not in_place)
    if version >= FILE_VERSION:
        return path
    if version < min(STEPS):
        raise StoreError("file_damaged", file=path.name)
    if not in_place:
        copy = Path(tempfile.mkdtemp(prefix=_COPIES)) / path.name
        try:
            back_up(path, copy)
            _step_up(copy)
        except StoreError:
            discard_copy(copy)
            raise
        return copy
    back_up(path)
    _step_up(path)
    return path


def discard_copy(path: Path) -> None:
    """Remove a copy that ``brought_up_to_date`` made; any other path is left alone."""
    if path.parent.name.startswith(_COPIES):
        shutil.rmtree(path.parent, ignore_errors=True)


def _version(path: Path, *, read_only: bool) -> int:
    # After a crash the first to open the file rolls its last save back, and must be able to write.
    engine = connected(path, read_only=read_only, wait=5)
    try:
        with told_plainly(path.name), reading(engine) as connection:
            return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
    finally:
        engine.dispose()


def _step_up(path: Path) -> None:
    engine = connected(path, read_only=False, wait=5)
    try:
        with told_plainly(path.name), engine.begin() as connection:
            version = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
            for step in range(version, FILE_VERSION):  # somebody else may have been first
                for statement in STEPS[step]:
                    connection.exec_driver_sql(statement)
            connection.exec_driver_sql(f"PRAGMA user_version={FILE_VERSION}")
        leave_alone_in_folder(engine)
    finally:
        engine.dispose()
