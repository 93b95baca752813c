"""Showing the characteristics checklist, against the same checklist in core ipywidgets."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from pathlib import Path

from .page import notebook
from .table import Row

RUNS = 5
_ROOT = str(Path(__file__).parents[1])

SETUP = """
import tempfile, ipywidgets
from pathlib import Path
from netvaerk_widgets import Workbook, acts
from netvaerk_widgets.store import Store
from benchmarks.peers import core_checklist
file = Path(tempfile.mkdtemp()) / "netvaerkstemaer.netvaerk"
with Store.open(file, create=True) as store:
    store.append(acts.new_network("Måling"))
models = lambda: len(ipywidgets.widgets.widget._instances)
Workbook.open(file).characteristics(), core_checklist()
Workbook.open(file).close(); ipywidgets.Widget.close_all()
"""
FRESH = "workbook = Workbook.open(file); before = models()"
OURS = "workbook.characteristics()"
AFTER = "print('models', models() - before); workbook.close(); ipywidgets.Widget.close_all()"
PEER_FRESH = "before = models()"
PEER = "core_checklist()"
PEER_AFTER = "print('models', models() - before); ipywidgets.Widget.close_all()"

LAST_OURS = ".netvaerk-live textarea"
LAST_PEER = ".widget-textarea textarea"
CONTROLS = 14  # two texts for each of seven characteristics; the last one ends the form


def measure() -> Iterator[Row]:
    """Yield time, models and websocket bytes, the two taking turns in one kernel."""
    import_path = f"import sys; sys.path.insert(0, {_ROOT!r})"
    cells = (import_path + SETUP, FRESH, OURS, AFTER, PEER_FRESH, PEER, PEER_AFTER)
    ours: list[tuple[float, int]] = []
    peer: list[tuple[float, int]] = []
    with notebook(*cells) as book:
        book.run(0)
        for _ in range(RUNS + 1):
            book.run(1)
            ours.append(book.run_until(2, LAST_OURS, CONTROLS))
            book.run(3)
            book.run(4)
            peer.append(book.run_until(5, LAST_PEER, CONTROLS))
            book.run(6)
        said = [book.page.locator(".jp-CodeCell").nth(n) for n in (3, 6)]
        models = [_models(cell.locator(".jp-OutputArea").inner_text()) for cell in said]
    # The first of each warms the browser's code up and is left out.
    times = [statistics.median(ms for ms, _ in each[1:]) for each in (ours, peer)]
    sizes = [statistics.median(size for _, size in each[1:]) for each in (ours, peer)]
    yield Row("run to last control, ms", times[0], times[1], goal=0.6)
    yield Row("websocket bytes received", sizes[0], sizes[1], goal=0.25)
    yield Row("comm models (goal: at most 3)", models[0], models[1])


def _models(text: str) -> int:
    return int(text.removeprefix("models "))
