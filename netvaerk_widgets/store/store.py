"""Opens a workbook file (or a shared database) and appends edits to it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Self

import sqlalchemy as sa

from ..errors import StoreError
from . import sqlite_file, tables
from .edit import Edit
from .faults import reading, told_plainly
from .network import Network


class Store:
    """One workbook file, open. Safe to use from several threads; close it or use ``with``.

    Attributes
    ----------
    name
        The file's name, or the database's name without user and password: for messages.
    read_only
        True if the file or its folder cannot be written; ``append`` then always raises.
    """

    def __init__(self, engine: sa.Engine, name: str, *, read_only: bool) -> None:
        self._engine = engine
        self.name = name
        self.read_only = read_only

    @classmethod
    def open(cls, place: str | Path, *, create: bool = False, read_only: bool = False) -> Store:
        """Open a workbook file, or a shared database given as a URL.

        Parameters
        ----------
        place
            Path of a ``.netvaerk`` file, or a database URL (``postgresql+psycopg://…``).
        create
            Make the file, with empty tables, if it is not there. It appears whole or not at all.
        read_only
            Never write, even if the file could be written. Used for reports.

        Raises
        ------
        StoreError
            The file is missing, empty, another program's, damaged, from a newer version, or
            cannot be read. Nothing was written to it.
        """
        if isinstance(place, str) and "://" in place:
            return cls._open_database(place)
        path = Path(place)
        if create and not path.exists():
            sqlite_file.create(path)
        sqlite_file.check_header(path)
        read_only = read_only or not sqlite_file.writable(path)
        engine = sqlite_file.connected(path, read_only=read_only)
        try:
            with told_plainly(path.name), reading(engine) as connection:
                sqlite_file.check_content(connection, path.name)
        except StoreError:
            engine.dispose()
            raise
        return cls(engine, path.name, read_only=read_only)

    @classmethod
    def _open_database(cls, url: str) -> Store:
        engine = sa.create_engine(url)
        name = engine.url.database or engine.url.drivername
        with told_plainly(name):
            tables.metadata.create_all(engine)
        return cls(engine, name, read_only=False)

    def close(self) -> None:
        """Close the file and leave it alone in its folder; closing twice does no harm."""
        if self._engine.dialect.name == "sqlite" and not self.read_only:
            sqlite_file.leave_alone_in_folder(self._engine)
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def append(self, edits: Sequence[Edit]) -> list[Edit]:
        """Write edits in one transaction and return those that were new.

        When this returns, they are on disk. An edit whose id is already there is passed over, so
        sending one again after an unclear answer is safe.

        Raises
        ------
        StoreError
            Nothing was written: disk full, in use for more than 5 s, read-only or damaged.
        """
        if self.read_only:
            raise StoreError("file_read_only", file=self.name)
        with told_plainly(self.name), self._engine.begin() as connection:
            known = _known(connection, [edit.edit_id for edit in edits])
            new = [edit for edit in edits if edit.edit_id not in known]
            if new:
                connection.execute(sa.insert(tables.edit), [_row(edit) for edit in new])
        return new

    def edits(self, network_id: str | None = None, *, after: int = 0) -> tuple[list[Edit], int]:
        """Return the edits (of one network) that arrived after a point, and the new point.

        Parameters
        ----------
        after
            The point from an earlier call; 0 for all.

        Returns
        -------
        tuple
            The edits in order of arrival in this file, and the point to ask from next time.
        """
        query = sa.select(tables.edit).where(tables.edit.c.seq > after).order_by(tables.edit.c.seq)
        if network_id is not None:
            query = query.where(tables.edit.c.network_id == network_id)
        with told_plainly(self.name), reading(self._engine) as connection:
            rows = connection.execute(query).all()
        return [_edit(row) for row in rows], rows[-1].seq if rows else after

    def network(self, network_id: str) -> Network:
        """Return one network as it stands now."""
        return Network(network_id, self.edits(network_id)[0])

    def networks(self) -> dict[str, str]:
        """Return ``{network_id: title}`` of the networks that are not deleted, oldest first."""
        column = tables.edit.c
        query = (
            sa.select(tables.edit)
            .where(column.kind == "network", column.field.in_(("title", "deleted")))
            .order_by(column.seq)
        )
        with told_plainly(self.name), reading(self._engine) as connection:
            rows = connection.execute(query).all()
        found: dict[str, Network] = {}
        for edit in map(_edit, rows):
            found.setdefault(edit.network_id, Network(edit.network_id)).apply([edit])
        return {
            id_: network.title
            for id_, network in found.items()
            if not network.single("network").deleted
        }

    def chosen_network(self) -> str | None:
        """Return the id of the network this copy was last opened on, or its only one, or None."""
        query = sa.select(tables.setting.c.value).where(tables.setting.c.name == "chosen_network")
        with told_plainly(self.name), reading(self._engine) as connection:
            chosen = connection.execute(query).scalar()
        networks = self.networks()
        if chosen in networks:
            return str(chosen)
        return next(iter(networks)) if len(networks) == 1 else None

    def choose_network(self, network_id: str) -> None:
        """Remember which network this copy is open on; a read-only file remembers nothing."""
        if self.read_only:
            return
        setting = tables.setting
        with told_plainly(self.name), self._engine.begin() as connection:
            connection.execute(sa.delete(setting).where(setting.c.name == "chosen_network"))
            connection.execute(sa.insert(setting).values(name="chosen_network", value=network_id))


def _known(connection: sa.Connection, ids: Iterable[str]) -> set[str]:
    query = sa.select(tables.edit.c.edit_id).where(tables.edit.c.edit_id.in_(list(ids)))
    return set(connection.execute(query).scalars())


def _row(edit: Edit) -> dict[str, object]:
    row: dict[str, object] = {name: getattr(edit, name) for name in Edit.__slots__}
    row["value"] = json.dumps(edit.value, ensure_ascii=False)
    row["replaces"] = json.dumps(edit.replaces)
    return row


def _edit(row: sa.Row[tuple[object, ...]]) -> Edit:
    values = row._asdict()
    del values["seq"]
    values["value"] = json.loads(values["value"])
    values["replaces"] = tuple(json.loads(values["replaces"]))
    return Edit(**values)
