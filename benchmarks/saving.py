"""From a key to the row on disk to the word on screen, against a bare widget and raw SQLite."""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterator
from pathlib import Path

from .page import Measured, notebook
from .table import Row

KEYS = 25
PAUSE = 400  # ms: the form waits so long for more keys before it sends; the bare widget does not
GOAL = 1.3
_ROOT = str(Path(__file__).parents[1])

SETUP = f"""
import sys, time, json, tempfile
sys.path.insert(0, {_ROOT!r})
from pathlib import Path
from netvaerk_widgets import Workbook, acts
from netvaerk_widgets.store import Store
from benchmarks.peers import BareWidget
folder = Path(tempfile.mkdtemp())
with Store.open(folder / "netvaerkstemaer.netvaerk", create=True) as store:
    store.append(acts.new_network("Måling"))
committed = {{"ours": [], "peer": []}}
append, save = Store.append, BareWidget.save
def timed_append(self, edits):
    done = append(self, edits)
    committed["ours"].append(time.time() * 1000)
    return done
def timed_save(self, *message):
    save(self, *message)
    committed["peer"].append(time.time() * 1000)
Store.append, BareWidget.save = timed_append, timed_save
workbook = Workbook.open(folder / "netvaerkstemaer.netvaerk")
"""
CELLS = {
    "ours": "workbook.theme()",
    "peer": "BareWidget(folder / 'bare.sqlite')",
    "sleeping cell": "time.sleep(40)",
    "computing cell": "end = time.time() + 40\nwhile time.time() < end: sum(range(1000))",
    "fetch": "print(json.dumps(committed)); committed['ours'].clear(); committed['peer'].clear()",
}
PLACES = {
    "ours": ("[data-field=given] textarea", "[data-field=given] .netvaerk-state"),
    "peer": ("textarea.bare", "output"),
}

# Takes the time in the page itself: at the key, and when the screen says that it is saved.
WATCH = """([field, state]) => {
  const now = () => performance.timeOrigin + performance.now();
  const [box, said] = [field, state].map((one) => document.querySelector(one));
  window.samples = [];
  window.watcher?.disconnect();
  let key = null;
  box.addEventListener("input", () => { key = now(); });
  window.watcher = new MutationObserver(() => {
    if (key === null || !/^(Gemt|\\d)/.test(said.textContent)) return;
    window.samples.push([key, now()]);
    key = null;
  });
  window.watcher.observe(said, { childList: true, characterData: true, subtree: true });
  box.focus();
}"""


def measure() -> Iterator[Row]:
    """Yield p50 and p95 of both ways, idle and while a cell sleeps or computes."""
    numbers = {name: number for number, name in enumerate(CELLS, start=1)}
    with notebook(SETUP, *CELLS.values()) as book:
        book.run(0)
        book.run(numbers["ours"])
        book.run(numbers["peer"])
        for state in ("idle", "sleeping cell", "computing cell"):
            found = {}
            for who in ("ours", "peer"):
                if state != "idle":
                    book.start(numbers[state])
                samples = _type(book, *PLACES[who])
                book.finish()
                committed = _fetch(book, numbers["fetch"])[who]
                found[who] = _delays(samples, committed, PAUSE if who == "ours" else 0)
            for what in ("committed", "acknowledged"):
                for name, share in (("p50", 0.5), ("p95", 0.95)):
                    ours, peer = (_at(found[who][what], share) for who in ("ours", "peer"))
                    goal = GOAL if name == "p95" else None
                    yield Row(f"{state}: key to {what}, {name}, ms", ours, peer, goal)


def _type(book: Measured, field: str, state: str) -> list[tuple[float, float]]:
    book.page.evaluate(WATCH, [field, state])
    for count in range(1, KEYS + 1):
        book.page.keyboard.press("a")
        book.page.wait_for_function("(n) => window.samples.length >= n", arg=count)
    return [tuple(pair) for pair in book.page.evaluate("() => window.samples")]


def _fetch(book: Measured, number: int) -> dict[str, list[float]]:
    book.run(number)
    said = book.page.locator(".jp-CodeCell").nth(number).locator(".jp-OutputArea")
    fetched: dict[str, list[float]] = json.loads(said.inner_text())
    return fetched


def _delays(
    samples: list[tuple[float, float]], committed: list[float], pause: int
) -> dict[str, list[float]]:
    assert len(samples) == len(committed) == KEYS, (len(samples), len(committed))
    return {
        "committed": [
            done - key - pause for (key, _), done in zip(samples, committed, strict=True)
        ],
        "acknowledged": [seen - key - pause for key, seen in samples],
    }


def _at(values: list[float], share: float) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[round(share * 100) - 1]
