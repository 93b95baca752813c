"""The figures that ``docs/holdbarhed.md`` shows, and the shared database of ``tests/store``."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from faults.figures import Figure
from hypothesis import Phase, settings
from store.conftest import database, postgresql_server

__all__ = ["database", "postgresql_server"]

# A failing history is shown as it was found: to shrink one means thousands of files.
PHASES = (Phase.explicit, Phase.generate)
settings.register_profile(
    "faults", derandomize=True, deadline=None, database=None, phases=PHASES, print_blob=True
)
settings.load_profile("faults")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return the path of a workbook file that is not there yet."""
    return tmp_path / "netvaerk.netvaerk"


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Iterator[Figure]:
    """Count what the test tries and what is lost; with ``NETVAERK_FIGURES=1`` it is written down.

    A test that fails is written down too: what does not hold must be told.
    """
    counted = Figure(request.node.nodeid.partition("tests/")[2])
    yield counted
    whole = request.node.get_closest_marker("slow") or "Kontrol" in counted.what
    if os.environ.get("NETVAERK_FIGURES") and counted.what and whole:
        counted.write()
