"""Reads a workbook file that comes from somebody else: never written, never trusted.

SQLite runs what a file's schema says. So the schema must be ours to the letter that matters (plain
tables, no views, triggers, computed columns or checks), nothing may take long, and what comes out
is looked through before it goes anywhere.
"""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..errors import StoreError, ValueRefusedError
from ..records import KINDS, checked
from . import sqlite_file, tables
from .edit import ERASED_RECORD, Edit, stamp
from .faults import told_plainly

_PATIENCE = 20
"""Seconds that reading one copy may take."""

_LARGEST_VALUE = 4_000_000
"""Bytes in one row of a copy; ``records.TEXT_LIMIT`` characters take at most a fifth of it."""

_ADDED_LATER = {"edit": {"erased"}}
"""Columns that files of earlier versions do not have."""

_FIRST_TABLES = {"edit", "blob", "setting"}
_SQLITES_OWN = {"sqlite_sequence", "sqlite_stat1"}
_WAL = 2
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Copy:
    """A foreign workbook file as it was when it was read."""

    name: str
    content: tuple[Edit, ...]

    def edits(self) -> tuple[list[Edit], int]:
        """Return every edit in the file, as a ``Store`` does."""
        return list(self.content), len(self.content)


def read_copy(path: Path) -> Copy:
    """Return the edits of a file of this or an earlier version; the file is only read.

    Raises
    ------
    StoreError
        The file is missing, empty, another program's, damaged, from a newer version, or holds
        what no workbook file holds.
    """
    identity = sqlite_file.claim(path)
    try:
        journal = path.with_name(f"{path.name}-journal")
        if not (journal.exists() and journal.stat().st_size):
            return Copy(path.name, _edits_in(path, path.name))
        # Its last save was cut off. SQLite takes it back on opening, which must not happen here.
        with tempfile.TemporaryDirectory(prefix="netvaerk-kopi-") as folder:
            mine = Path(folder) / path.name
            shutil.copyfile(path, mine)
            shutil.copyfile(journal, mine.with_name(journal.name))
            return Copy(path.name, _edits_in(mine, path.name, mode="rw"))
    except OSError as error:
        raise StoreError("disk_error", file=path.name, reason=type(error).__name__) from error
    finally:
        sqlite_file.release(identity)


def is_sound(edit: Edit) -> bool:
    """Tell whether any version of this package could have written the edit.

    Kinds and fields of newer versions are sound, within bounds: they are kept as they are.
    """
    try:
        ids = [edit.edit_id, edit.network_id, edit.record_id, *edit.replaces]
        ids += [] if edit.cause is None else [edit.cause]
        return (
            all(_ID.fullmatch(id_) for id_ in ids)
            and edit.at.endswith("Z")
            and stamp(edit.moment) == edit.at
            and type(edit.erased) is int
            and 0 <= edit.erased <= ERASED_RECORD
            and _within((edit.kind, 40), (edit.field, 60), (edit.author, 500), (edit.device, 16))
            and _value_is_sound(edit)
        )
    except (ValueError, TypeError, AttributeError, ValueRefusedError):
        return False


def _value_is_sound(edit: Edit) -> bool:
    value = edit.value
    if edit.erased:
        return value is None
    if edit.kind in KINDS:
        try:
            KINDS[edit.kind].field(edit.field)
        except ValueRefusedError:
            pass  # a newer version's
        else:
            kept = checked(edit.kind, edit.field, value)
            return kept == value and type(kept) is type(value)
    if value is None or isinstance(value, bool):
        return True
    if isinstance(value, int):
        return abs(value) < 2**53
    texts = value if isinstance(value, list) else [value]
    return _within(*((text, _LARGEST_VALUE) for text in texts)) and len(texts) <= _LARGEST_VALUE


def _within(*texts: tuple[str, int]) -> bool:
    # `encode` refuses a lone surrogate, and so would the database.
    return all("\0" not in text and len(text.encode()) <= most for text, most in texts)


@contextmanager
def _connected(path: Path, mode: str) -> Iterator[sqlite3.Connection]:
    uri = f"{path.resolve().as_uri()}?mode={mode}"
    connection = sqlite3.connect(uri, uri=True, timeout=5, isolation_level=None)
    try:
        until = time.monotonic() + _PATIENCE
        connection.set_progress_handler(lambda: time.monotonic() > until, 10_000)
        connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        for pragma in ("trusted_schema=OFF", "cell_size_check=ON", "mmap_size=0"):
            connection.execute(f"PRAGMA {pragma}")
        yield connection
    finally:
        connection.close()


def _edits_in(path: Path, name: str, mode: str = "ro") -> tuple[Edit, ...]:
    if _in_wal_mode(path):  # even to read it, SQLite would put two files beside it
        raise StoreError("copy_unreadable", file=name)
    try:
        with told_plainly(name), _connected(path, mode) as connection:
            _check_content(connection, path, name)
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LARGEST_VALUE)
            rows = connection.execute("SELECT * FROM edit ORDER BY seq")
            columns = [column[0] for column in rows.description]
            return tuple(_as_edit(dict(zip(columns, row, strict=True))) for row in rows)
    except (ValueError, TypeError, RecursionError) as error:
        raise StoreError("copy_unreadable", file=name) from error
    except StoreError as error:
        if error.id == "disk_error":  # interrupted, too large, not text: only a forged file is
            raise StoreError("copy_unreadable", file=name) from error
        raise


def _as_edit(row: dict[str, object]) -> Edit:
    del row["seq"]
    value, replaces = row.pop("value"), row.pop("replaces")
    if not (isinstance(value, str) and isinstance(replaces, str)):
        raise TypeError
    seen = json.loads(replaces)
    if not isinstance(seen, list):
        raise TypeError
    edit = Edit(**row, value=json.loads(value), replaces=tuple(seen))  # type: ignore[arg-type]  # is_sound looks
    if not is_sound(edit):
        raise ValueError
    return edit


def _in_wal_mode(path: Path) -> bool:
    # Not read past SQLite while this process has it open: closing would give up SQLite's locks.
    if not sqlite_file.open_here_once(path):
        return False
    with path.open("rb") as file:
        return _WAL in file.read(20)[18:]


def _check_content(connection: sqlite3.Connection, path: Path, name: str) -> None:
    def asked(pragma: str) -> object:
        return connection.execute(f"PRAGMA {pragma}").fetchone()[0]

    if int(str(asked("user_version"))) > tables.FILE_VERSION:
        raise StoreError("file_newer", file=name)
    if not _is_our_schema(connection):
        raise StoreError("copy_unreadable", file=name)
    whole = int(str(asked("page_count"))) * int(str(asked("page_size")))
    if asked("quick_check(1)") != "ok" or path.stat().st_size < whole:
        raise StoreError("file_damaged", file=name)


def _is_our_schema(connection: sqlite3.Connection) -> bool:
    found = connection.execute("SELECT type, name, tbl_name, rootpage, sql FROM sqlite_schema")
    ours = set(tables.metadata.tables)
    seen = set()
    for type_, name, table, root, sql in found.fetchall():
        if type_ == "table" and root and (name in ours or name in _SQLITES_OWN):
            seen.add(name)
            if name in ours and re.search(r"\b(CHECK|AS|COLLATE)\b", str(sql), re.IGNORECASE):
                return False
        elif type_ != "index" or table not in ours | _SQLITES_OWN:
            return False
    return seen >= _FIRST_TABLES and all(
        _are_our_columns(name, connection.execute(f"PRAGMA table_xinfo({name})"))
        for name in seen & ours
    )


def _are_our_columns(table: str, found: Iterable[tuple[object, ...]]) -> bool:
    rows = list(found)
    names = {str(row[1]) for row in rows}
    expected = {column.name for column in tables.metadata.tables[table].columns}
    computed = any(row[-1] for row in rows)
    return not computed and names <= expected and expected - names <= _ADDED_LATER.get(table, set())
