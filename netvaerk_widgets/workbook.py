"""What a notebook calls: one workbook file and its forms."""

from __future__ import annotations

from pathlib import Path

from .desk import Desk
from .method import Method, load_method
from .requests import REQUESTS
from .store import Network, Store
from .store.frames import Tables
from .widgets.form import Form
from .workbook_file import find_workbook_file

_open: dict[Path, Workbook] = {}
"""Workbooks of this kernel by file: running the first cell again finds the same one."""


class Workbook:
    """A workbook file in use. Get one with ``Workbook.open()``.

    Attributes
    ----------
    method
        The method in use; its words are what the forms say.
    tables
        The open network's records as pandas tables, e.g. ``tables.field_walk``; read anew each
        time. Columns and dtypes are those of ``store.frames``, also when a table is empty.
    """

    def __init__(self, store: Store, method: Method) -> None:
        self.method = method
        self._desk = Desk(store, method, REQUESTS)
        self.tables = Tables(self._networks)

    def _networks(self) -> list[Network]:
        self._desk.pull()
        network = self._desk.network
        # Read anew: a form may save from another thread while a cell looks at a table.
        return [self._desk.store.network(network.network_id)] if network else []

    @classmethod
    def open(cls, file: str | Path | None = None, *, method: str | Path | None = None) -> Workbook:
        """Open a workbook file, by default the one in the notebook's folder.

        A file that is not there is made. Opening the same file again in the same kernel gives the
        same workbook, so cells can be run any number of times.

        Parameters
        ----------
        file
            Path of a ``.netvaerk`` file.
        method
            Name of a shipped method or path of a method file; by default the shipped Danish one.

        Raises
        ------
        StoreError, WorkbookError, MethodError
            The sentence says what is wrong with which file; nothing was written.
        """
        path = Path(file) if file is not None else find_workbook_file()
        place = path.resolve()
        if place in _open and path.exists() and not _open[place].in_place:
            _open[place].close()  # another copy was put in its place
        if place not in _open:
            chosen = load_method() if method is None else load_method(method)
            _open[place] = cls(Store.open(path, create=True), chosen)
        return _open[place]

    @property
    def in_place(self) -> bool:
        """False if the file was deleted, moved or replaced by another since it was opened."""
        return self._desk.store.in_place

    def close(self) -> None:
        """Close the file and the forms; the next ``open`` starts afresh."""
        for place in [place for place, workbook in _open.items() if workbook is self]:
            del _open[place]
        self._desk.close()

    def chooser(self) -> Form:
        """Return the form that chooses or makes a network."""
        return self._desk.form("chooser")

    def head(self) -> Form:
        """Return the form of the network's head."""
        return self._desk.form("head")

    def theme(self) -> Form:
        """Return the form of the theme, as given and as it stands now."""
        return self._desk.form("theme")

    def path(self) -> Form:
        """Return the theme's path: each wording, and what caused it."""
        return self._desk.form("path")

    def characteristics(self) -> Form:
        """Return the characteristics checklist."""
        return self._desk.form("characteristics")

    def network_type(self) -> Form:
        """Return the network-type selector."""
        return self._desk.form("network_type")

    def knowledge_search(self) -> Form:
        """Return the list of sources found."""
        return self._desk.form("knowledge_search")

    def field_walk(self) -> Form:
        """Return the list of observations from the field walk."""
        return self._desk.form("field_walk")

    def contacts(self) -> Form:
        """Return the list of people to talk to."""
        return self._desk.form("contacts")

    def log(self) -> Form:
        """Return the log of what was learned."""
        return self._desk.form("log")

    def ideas(self) -> Form:
        """Return the list of parked ideas."""
        return self._desk.form("ideas")

    def overview(self) -> Form:
        """Return where the theme stands and the next best step."""
        return self._desk.form("overview")

    def keeper(self) -> Form:
        """Return the form that looks after the file: copies, merging, erasing."""
        return self._desk.form("keeper")
