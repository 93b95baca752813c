"""A shared database on a PostgreSQL server: how it is connected to and prepared."""

from __future__ import annotations

import sqlalchemy as sa

from ..errors import StoreError
from . import tables
from .faults import READS, reading

_COLUMN_OF_VERSION_2 = "ALTER TABLE edit ADD COLUMN erased INTEGER NOT NULL DEFAULT 0"


def connected(url: str, *, wait: float) -> sa.Engine:
    """Return an engine on which writing transactions come one after the other.

    Parameters
    ----------
    wait
        Seconds for another writer to finish.
    """
    engine = sa.create_engine(url)

    @sa.event.listens_for(engine, "begin")
    def _on_begin(connection: sa.Connection) -> None:
        if connection.get_execution_options().get(READS, False):
            return
        # PostgreSQL numbers rows before it commits them: without the lock, a row could appear
        # behind a reader that asks for what is new after the highest number it has seen. And an
        # edit sent twice at once would fail instead of being passed over.
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {max(1, int(wait * 1000))}")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({tables.APPLICATION_ID})")

    return engine


def prepare(engine: sa.Engine, name: str, *, read_only: bool) -> None:
    """Make the tables that are missing; if nothing may be written, raise ``StoreError``."""
    if not read_only:
        with engine.begin() as connection:
            tables.metadata.create_all(connection)
            columns = {one["name"] for one in sa.inspect(connection).get_columns("edit")}
            if "erased" not in columns:  # asked first: to alter a table waits for all who use it
                connection.exec_driver_sql(_COLUMN_OF_VERSION_2)
        return
    with reading(engine) as connection:
        if not set(tables.metadata.tables) <= set(sa.inspect(connection).get_table_names()):
            raise StoreError("file_foreign", file=name)


def forget_pages(engine: sa.Engine) -> None:
    """Rewrite the table without its dead rows; the server's own backups are its keeper's."""
    with engine.connect().execution_options(
        isolation_level="AUTOCOMMIT", **{READS: True}
    ) as connection:
        connection.exec_driver_sql("VACUUM FULL edit")
