"""The tables of a workbook file, and what marks a file as one."""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, MetaData, String, Table, Text

APPLICATION_ID = 0x4E565256
"""``NVRV`` in the file's header: tells our files from other programs' databases."""

FILE_VERSION = 2
"""``user_version`` of the files this package writes; every lower one can be opened."""

metadata = MetaData()

edit = Table(
    "edit",
    metadata,
    # Order of arrival in this file only, so that readers can ask for what is new. Not merged.
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("edit_id", String(36), nullable=False, unique=True),
    Column("network_id", String(36), nullable=False, index=True),
    Column("record_id", String(36), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("field", String(60), nullable=False),
    Column("value", Text, nullable=False),  # JSON
    Column("replaces", Text, nullable=False),  # JSON list of edit ids
    Column("cause", String(36)),
    Column("author", Text, nullable=False),
    Column("device", String(16), nullable=False),
    Column("at", String(24), nullable=False),  # UTC, milliseconds, ISO 8601
    Column("erased", Integer, nullable=False, server_default="0"),  # see Edit.erased
    sqlite_autoincrement=True,
)

blob = Table(
    "blob",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("media_type", String(40), nullable=False),
    Column("bytes", LargeBinary, nullable=False),
)

receipt = Table(
    "receipt",
    metadata,
    # What was erased, when and how much; never whom.
    Column("receipt_id", String(36), primary_key=True),
    Column("at", String(24), nullable=False),  # UTC, milliseconds, ISO 8601
    Column("text", Text, nullable=False),  # JSON
)

setting = Table(
    "setting",
    metadata,
    # What this copy of the file remembers for its user (which network is open). Not part of the
    # truth: never merged, never exported.
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)
