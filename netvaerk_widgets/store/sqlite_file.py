"""A workbook file on disk: how it is made, checked and connected to."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import tempfile
import threading
from collections import Counter
from pathlib import Path

import sqlalchemy as sa

from ..errors import StoreError
from . import tables
from .faults import READS, told_plainly

_HEADER = b"SQLite format 3\0"
_HEADER_LENGTH = 100  # bytes, fixed by the file format

# Measured over every crash state of a save: these lose no acknowledged edit on power loss, and
# leave one file that can be copied. Never WAL. SQLite before 3.51.3 can corrupt a WAL file that
# two processes write to, and a WAL file copied alone lacks its last edits.
_PRAGMAS = (
    "journal_mode=TRUNCATE",
    "synchronous=EXTRA",
    "secure_delete=ON",
    "foreign_keys=ON",
    "trusted_schema=OFF",
)

Identity = tuple[int, int]

_open_here: Counter[Identity] = Counter()
_open_here_lock = threading.Lock()


def connected(path: Path, *, read_only: bool, wait: float) -> sa.Engine:
    """Return an engine on the file that uses our settings and says ``BEGIN`` itself.

    Parameters
    ----------
    wait
        Seconds for another process to let go of the file.
    """
    mode = "ro" if read_only else "rw"  # never rwc: a file that vanished must not come back empty
    uri = f"{path.resolve().as_uri()}?mode={mode}"
    engine = sa.create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(uri, uri=True, check_same_thread=False, timeout=wait),
        poolclass=sa.QueuePool,
    )

    @sa.event.listens_for(engine, "connect")
    def _on_connect(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, see below
        for pragma in _PRAGMAS[1 if read_only else 0 :]:
            connection.execute(f"PRAGMA {pragma}")

    @sa.event.listens_for(engine, "begin")
    def _on_begin(connection: sa.Connection) -> None:
        reads = connection.get_execution_options().get(READS, False)
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    return engine


def writable(path: Path) -> bool:
    """Tell whether both the file and its folder (for the journal) can be written."""
    return os.access(path, os.W_OK) and os.access(path.resolve().parent, os.W_OK)


def claim(path: Path) -> Identity:
    """Check the file's header, and count it as open in this process until ``release``.

    On Unix, closing a file gives up every lock this process has on it, SQLite's too. So a file that
    is open here is not read past SQLite; its header was checked the first time.
    """
    with _open_here_lock:
        found = identity(path)
        if found is None or not _open_here[found]:
            check_header(path)
            found = identity(path)
        if found is None:
            raise StoreError("file_missing", file=path.name)
        _open_here[found] += 1
        return found


def open_here_once(path: Path) -> bool:
    """Tell whether this process has at most one claim on the file."""
    with _open_here_lock:
        found = identity(path)
        return found is None or _open_here[found] <= 1


def release(found: Identity) -> None:
    """Take back one ``claim``."""
    with _open_here_lock:
        _open_here[found] -= 1


def identity(path: Path) -> Identity | None:
    """Return what tells the file at ``path`` from any other, None if there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def check_header(path: Path) -> None:
    """Raise ``StoreError`` unless the file begins as a workbook file; it is only read."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEADER_LENGTH)
    except FileNotFoundError:
        raise StoreError("file_missing", file=path.name) from None
    except OSError as error:
        raise StoreError("disk_error", file=path.name, reason=type(error).__name__) from error
    if not head:
        raise StoreError("file_empty", file=path.name)
    if not head.startswith(_HEADER[: len(head)]):
        raise StoreError("file_foreign", file=path.name)
    if len(head) < _HEADER_LENGTH:  # cut off
        raise StoreError("file_damaged", file=path.name)
    if int.from_bytes(head[68:72]) != tables.APPLICATION_ID:
        raise StoreError("file_foreign", file=path.name)


def check_content(connection: sa.Connection, path: Path) -> None:
    """Raise ``StoreError`` if the content is from a newer version, damaged or incomplete."""

    def asked(pragma: str) -> int:
        return int(connection.exec_driver_sql(f"PRAGMA {pragma}").scalar_one())

    name = path.name
    if asked("user_version") > tables.FILE_VERSION:
        raise StoreError("file_newer", file=name)
    # SQLite reads zeros where the last page is cut off, and its own check takes them for content.
    if path.stat().st_size < asked("page_count") * asked("page_size"):
        raise StoreError("file_damaged", file=name)
    if connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() != "ok":
        raise StoreError("file_damaged", file=name)
    check_schema(connection, name)
    if not set(tables.metadata.tables) <= set(sa.inspect(connection).get_table_names()):
        raise StoreError("file_damaged", file=name)


def check_schema(connection: sa.Connection, name: str) -> None:
    """Raise ``StoreError`` if the file brings triggers or views: they could undo a save unseen."""
    query = "SELECT count(*) FROM sqlite_schema WHERE type IN ('trigger', 'view')"
    if connection.exec_driver_sql(query).scalar():
        raise StoreError("file_foreign", file=name)


def create(path: Path) -> None:
    """Make a new, empty workbook file, readable by its owner only.

    It is made beside its place and moved in whole, so that a crash never leaves half a file.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, draft_name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".new")
        os.close(handle)
    except OSError as error:
        raise StoreError("file_read_only", file=path.name) from error
    draft = Path(draft_name)
    try:
        with told_plainly(path.name):
            engine = connected(draft, read_only=False, wait=0)
            with engine.begin() as connection:
                tables.metadata.create_all(connection)
                connection.exec_driver_sql(f"PRAGMA application_id={tables.APPLICATION_ID}")
                connection.exec_driver_sql(f"PRAGMA user_version={tables.FILE_VERSION}")
            leave_alone_in_folder(engine)
            engine.dispose()
        _move_in(draft, path)
    finally:
        discard(draft)


def discard(draft: Path) -> None:
    """Remove a hidden draft; where even that fails, it stays, and what was done is still done."""
    with contextlib.suppress(OSError):
        draft.unlink()


def _move_in(draft: Path, path: Path) -> None:
    # A hard link fails if somebody else made the file meanwhile; then theirs counts.
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        return
    except OSError:  # no hard links here, as on a USB stick
        if not path.exists():
            draft.replace(path)


def leave_alone_in_folder(engine: sa.Engine) -> None:
    """Remove the emptied journal, if nobody else is using the file.

    SQLite does it itself, under its own lock, when the mode changes; removing the journal by hand
    could take one that another process needs.
    """
    with contextlib.suppress(sa.exc.DBAPIError, sqlite3.Error), engine.connect() as connection:
        raw: object = connection.connection.dbapi_connection
        if isinstance(raw, sqlite3.Connection):
            raw.execute("PRAGMA busy_timeout=100")
            raw.execute("PRAGMA journal_mode=DELETE")


def forget_pages(engine: sa.Engine) -> None:
    """Rewrite the file without its freed pages; what they held is overwritten already."""
    with engine.connect() as connection:
        raw: object = connection.connection.dbapi_connection
        if isinstance(raw, sqlite3.Connection):
            raw.execute("VACUUM")
