"""Opens a workbook file (or a shared database) and appends edits to it."""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import json
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import sqlalchemy as sa

from ..errors import StoreError
from . import migrations, shared_database, sqlite_file, tables
from .edit import Edit, stamp
from .faults import reading, told_plainly
from .network import Network
from .rows import as_edits, as_row, known, put_hollow


class Store:
    """One workbook file, open. Safe to use from several threads; close it or use ``with``.

    Attributes
    ----------
    name
        The file's name, or the database's name without user and password: for messages.
    read_only
        True if the file or its folder cannot be written; ``append`` then always raises.
    """

    def __init__(
        self,
        engine: sa.Engine,
        name: str,
        *,
        read_only: bool,
        place: tuple[Path, sqlite_file.Identity] | None = None,
    ) -> None:
        self._engine = engine
        self.name = name
        self.read_only = read_only
        self._place = place
        self._closed = False

    @classmethod
    def open(
        cls, place: str | Path, *, create: bool = False, read_only: bool = False, wait: float = 5
    ) -> Store:
        """Open a workbook file, or a shared database given as a URL.

        Parameters
        ----------
        place
            Path of a ``.netvaerk`` file, or a database URL (``postgresql+psycopg://…``).
        create
            Make the file, with empty tables, if it is not there. It appears whole or not at all.
        read_only
            Never write, even if the file could be written. Used for reports.
        wait
            Seconds to wait, each time, for another program to let go of the file.

        Raises
        ------
        StoreError
            The file is missing, empty, another program's, damaged, from a newer version, or
            cannot be read. Nothing was written to it.
        """
        if isinstance(place, str) and "://" in place:
            return cls._open_database(place, read_only=read_only, wait=wait)
        path = Path(place)
        if create and not path.exists():
            sqlite_file.create(path)
        sqlite_file.release(sqlite_file.claim(path))
        read_only = read_only or not sqlite_file.writable(path)
        path = migrations.brought_up_to_date(path, in_place=not read_only)
        identity = sqlite_file.claim(path)
        engine = sqlite_file.connected(path, read_only=read_only, wait=wait)
        try:
            with told_plainly(path.name), reading(engine) as connection:
                sqlite_file.check_content(connection, path)
        except StoreError:
            engine.dispose()
            sqlite_file.release(identity)
            raise
        return cls(engine, path.name, read_only=read_only, place=(path.resolve(), identity))

    @classmethod
    def _open_database(cls, url: str, *, read_only: bool, wait: float) -> Store:
        engine = shared_database.connected(url, wait=wait)
        name = engine.url.database or engine.url.drivername
        try:
            with told_plainly(name):
                shared_database.prepare(engine, name, read_only=read_only)
        except StoreError:
            engine.dispose()
            raise
        return cls(engine, name, read_only=read_only)

    @property
    def fingerprint(self) -> str:
        """What tells this file from others of the same name, without telling where it lies."""
        where = self._place[0] if self._place else self._engine.url.set(password=None)
        return hashlib.sha256(str(where).encode()).hexdigest()[:12]

    @property
    def is_file(self) -> bool:
        """False if this is a shared database."""
        return self._place is not None

    @property
    def path(self) -> Path:
        """Where the file lies.

        Raises
        ------
        StoreError
            This is a shared database: its keeper makes its backups.
        """
        if self._place is None:
            raise StoreError("not_a_file", file=self.name)
        return self._place[0]

    @property
    def in_place(self) -> bool:
        """False if the file was deleted, moved or replaced by another since it was opened."""
        return self._place is None or sqlite_file.identity(self._place[0]) == self._place[1]

    def close(self) -> None:
        """Close the file and leave it alone in its folder; closing twice does no harm."""
        if self._closed:
            return
        self._closed = True
        if self._place is not None and not self.read_only:
            sqlite_file.leave_alone_in_folder(self._engine)
        self._engine.dispose()
        if self._place is not None:
            sqlite_file.release(self._place[1])
            migrations.discard_copy(self._place[0])

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
            Nothing was written: disk full, in use for too long, read-only, damaged, or no longer
            where it was opened.
        """
        by_id = {edit.edit_id: edit for edit in edits}
        with self._writing() as connection:
            there = known(connection, list(by_id))
            new = [edit for id_, edit in by_id.items() if id_ not in there]
            if new:
                connection.execute(sa.insert(tables.edit), [as_row(edit) for edit in new])
        return new

    def take_in(self, new: Sequence[Edit], erased: Sequence[Edit]) -> None:
        """Write edits from other copies, and erase here what was erased there, as one.

        Raises
        ------
        StoreError
            As ``append``; nothing was written.
        """
        with self._writing() as connection:
            there = known(connection, [edit.edit_id for edit in new])
            fresh = [as_row(edit) for edit in new if edit.edit_id not in there]
            if fresh:
                connection.execute(sa.insert(tables.edit), fresh)
            put_hollow(connection, erased)
        if erased:
            self._forget_pages()

    def erase(
        self, hollow: Sequence[Edit], rewritten: Sequence[Edit], receipt: dict[str, object]
    ) -> None:
        """Put hollow edits in the place of whole ones, add rewritten ones, and keep a receipt.

        Afterwards what the whole ones held is in no page of the file.

        Raises
        ------
        StoreError
            As ``append``; nothing was changed.
        """
        with self._writing() as connection:
            put_hollow(connection, hollow)
            if rewritten:
                connection.execute(sa.insert(tables.edit), [as_row(edit) for edit in rewritten])
            now = stamp(datetime.datetime.now(datetime.UTC))
            row = {"receipt_id": str(uuid.uuid4()), "at": now}
            row["text"] = json.dumps(receipt, ensure_ascii=False)
            connection.execute(sa.insert(tables.receipt), [row])
        self._forget_pages()

    def receipts(self) -> list[dict[str, object]]:
        """Return what was erased from this file, oldest first: ``at`` and the figures."""
        query = sa.select(tables.receipt).order_by(tables.receipt.c.at)
        with told_plainly(self.name), reading(self._engine) as connection:
            return [{"at": row.at, **json.loads(row.text)} for row in connection.execute(query)]

    def _forget_pages(self) -> None:
        # The act is done and its pages are overwritten (secure_delete); giving the room back to the
        # disk can wait, and must not make a done act look undone.
        with contextlib.suppress(StoreError), told_plainly(self.name):
            if self._place is None:
                shared_database.forget_pages(self._engine)
            else:
                sqlite_file.forget_pages(self._engine)

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        """Give a transaction; after the block it is on disk, in the file that others open too."""
        if self.read_only:
            raise StoreError("file_read_only", file=self.name)
        self._check_in_place()
        with told_plainly(self.name), self._engine.begin() as connection:
            yield connection
        # A deleted file can be written to for as long as it is open; nobody would find it again.
        self._check_in_place()

    def _check_in_place(self) -> None:
        if not self.in_place:
            raise StoreError("file_missing", file=self.name)

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
        return as_edits(rows, self.name), rows[-1].seq if rows else after

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
        for edit in as_edits(rows, self.name):
            found.setdefault(edit.network_id, Network(edit.network_id)).apply([edit])
        return {
            id_: network.title
            for id_, network in found.items()
            if not network.single("network").gone
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
        with self._writing() as connection:
            connection.execute(sa.delete(setting).where(setting.c.name == "chosen_network"))
            connection.execute(sa.insert(setting).values(name="chosen_network", value=network_id))
