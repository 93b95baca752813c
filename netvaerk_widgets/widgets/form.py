"""What every form has in common: how it is shown, and how it hears from and answers the browser."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

import anywidget
import traitlets
from IPython.display import display

from ..errors import NetvaerkError, StoreError

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"

COPENHAGEN = ZoneInfo("Europe/Copenhagen")  # a shared server's own clock often says UTC

Screen = dict[str, Any]
"""What Python tells the screen, as JSON."""


class Form(anywidget.AnyWidget):
    """A form whose edits are answered one by one, and which stands beside its static twin.

    Parameters
    ----------
    words
        Screen words by id.
    ask
        Called with the message for each edit or act from the browser, in whichever thread
        Jupyter delivers it. It returns when the edit is on disk: what to answer, and what is left
        to do once the browser has its answer. It raises ``NetvaerkError`` with the sentence to show
        if nothing was saved.
    twin
        Returns the static summary as ``{mime type: text}``.
    marker
        A word that stands in the twin's HTML, by which the browser finds it.
    """

    kinds: frozenset[str] = frozenset()
    """Kinds of record whose fields the form shows."""

    named_kinds: frozenset[str] = frozenset()
    """Kinds of record the form needs only by title, to let the user name them."""

    _setup = traitlets.Dict().tag(sync=True)
    _records = traitlets.Dict().tag(sync=True)
    _notes = traitlets.Dict().tag(sync=True)
    _words = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        *,
        words: Mapping[str, str],
        ask: Callable[[Screen], tuple[Screen, Callable[[], None]]],
        twin: Callable[[], dict[str, str]],
        marker: str,
    ) -> None:
        super().__init__(_words=dict(words))
        self._ask = ask
        self._twin = twin
        self._marker = marker
        self.on_msg(self._hear)

    def open_on(self, setup: Screen, records: Screen, notes: Screen) -> None:
        """Draw the form anew, for another network or for none."""
        with self.hold_sync():
            self._records = records
            self._notes = notes
            self._setup = setup

    def show(self, changed: Screen, notes: Screen) -> None:
        """Tell the browser which records changed (None: gone) and what is pointed out now."""
        if changed:
            # Changed in place, which sends nothing: the message below tells the forms on screen,
            # and a page that is opened later asks for the whole trait.
            for record_id, record in changed.items():
                if record is None:
                    self._records.pop(record_id, None)
                else:
                    self._records[record_id] = record
            self.send({"records": changed})
        if notes != self._notes:
            self._notes = notes

    def _hear(self, _: object, message: Screen, __: object) -> None:
        if message.get("do") == "twin":
            self.send({"twin": self._twin(), "marker": self._marker})
            return
        try:
            facts, tell_forms = self._ask(message)
            clock = datetime.datetime.now(COPENHAGEN).strftime("%H.%M")
            self.send({"done": message["id"], "at": clock, **facts})
            tell_forms()
        except NetvaerkError as error:
            self._refuse(message, str(error), again=isinstance(error, StoreError))
        except Exception as error:
            # Jupyter writes errors in a handler to a log no user opens, and the edit would wait
            # for ever. Say it where the user looks, then let the log have it too.
            self._refuse(message, self._words["unexpected"].format(kind=type(error).__name__))
            raise

    def _refuse(self, message: Screen, why: str, *, again: bool = False) -> None:
        self.send({"refused": message.get("id"), "why": why, "again": again})

    def _ipython_display_(self) -> None:
        # Two outputs: the live form, and a summary of the saved answers that is shown by its own
        # CSS only where no live form stands (not run yet, untrusted, plain nbconvert).
        view = super()._repr_mimebundle_()
        bundle = view[0] if isinstance(view, tuple) else view
        live = {WIDGET_VIEW: (bundle or {})[WIDGET_VIEW], "text/html": "<!-- -->", "text/plain": ""}
        display(live, raw=True)
        display(self._twin(), raw=True)
