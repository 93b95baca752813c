"""Reading from a database, and what it says went wrong as a sentence for the user."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from ..errors import StoreError

READS = "netvaerk_reads"
"""Execution option of a connection that only reads, so that it takes no write lock."""

# By the start of SQLite's name for the fault, or PostgreSQL's code; the first that fits counts.
_SENTENCES = {
    "SQLITE_BUSY": "file_in_use",
    "SQLITE_LOCKED": "file_in_use",
    "SQLITE_FULL": "disk_full",
    "SQLITE_READONLY": "file_read_only",
    "SQLITE_CANTOPEN": "file_read_only",
    "SQLITE_CORRUPT": "file_damaged",
    "SQLITE_NOTADB": "file_damaged",
    "55P03": "file_in_use",
    "53100": "disk_full",
    "25006": "file_read_only",
    "42501": "file_read_only",
}


@contextmanager
def told_plainly(file: str) -> Iterator[None]:
    """Turn a database fault inside the block into a ``StoreError`` about ``file``."""
    try:
        yield
    except DBAPIError as error:
        raise _store_error(error.orig, file) from error
    except sqlite3.Error as error:
        raise _store_error(error, file) from error
    except UnicodeDecodeError as error:  # SQLite's own message quotes bytes that are no text
        raise StoreError("file_damaged", file=file) from error


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Give a connection that sees one state of the database and locks out no writer."""
    with engine.connect().execution_options(**{READS: True}) as connection:
        yield connection


def _store_error(error: BaseException | None, file: str) -> StoreError:
    name = getattr(error, "sqlite_errorname", "") or getattr(error, "sqlstate", "") or ""
    for start, id_ in _SENTENCES.items():
        if name.startswith(start):
            return StoreError(id_, file=file)
    return StoreError("disk_error", file=file, reason=name or type(error).__name__)
