"""How long it takes to import the package, against importing anywidget alone."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Iterator

from .table import Row

RUNS = 15
STATEMENTS = {
    "nothing": "pass",
    "peer": "import anywidget",
    "ours": "import netvaerk_widgets",
    "ours in use": "from netvaerk_widgets import Workbook",
}


def measure() -> Iterator[Row]:
    """Yield the medians, in ms over a bare start of Python, runs of all four taking turns."""
    times: dict[str, list[float]] = {name: [] for name in STATEMENTS}
    for _ in range(RUNS):
        for name, statement in STATEMENTS.items():
            begun = time.perf_counter()
            subprocess.run([sys.executable, "-c", statement], check=True)
            times[name].append((time.perf_counter() - begun) * 1000)
    bare = statistics.median(times["nothing"])
    cost = {name: statistics.median(each) - bare for name, each in times.items()}
    yield Row("import of the package, ms", cost["ours"], cost["peer"], goal=1.5)
    yield Row("import of Workbook (first cell), ms", cost["ours in use"], cost["peer"])
