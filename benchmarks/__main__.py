"""Run all benchmarks and print one table: ``python -m benchmarks``, or ``make bench``."""

from __future__ import annotations

import platform
import sys

from . import checklist, imports, merging, saving
from .table import as_text

if __name__ == "__main__":
    chosen = sys.argv[1:]
    subjects = {
        "imports": imports,
        "merging": merging,
        "checklist": checklist,
        "saving": saving,
    }
    print(f"Python {platform.python_version()}, {platform.system()}, {platform.machine()}\n")
    for name, subject in subjects.items():
        if not chosen or name in chosen:
            print(f"## {name}\n\n{as_text(subject.measure())}\n", flush=True)
