"""A desk whose forms speak with pages instead of browsers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import comm
import pytest
from browserless import HeardComm

from netvaerk_widgets.desk import Desk
from netvaerk_widgets.method import Method
from netvaerk_widgets.requests import REQUESTS
from netvaerk_widgets.store import Store


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "netvaerk.netvaerk"


@pytest.fixture(autouse=True)
def heard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comm, "create_comm", HeardComm)


@pytest.fixture
def desk(file: Path, method: Method) -> Iterator[Desk]:
    opened = Desk(Store.open(file, create=True), method, REQUESTS)
    yield opened
    opened.close()


@pytest.fixture
def other_desk(desk: Desk, file: Path, method: Method) -> Iterator[Desk]:
    """Return a second desk on the first one's file, as another kernel or process would have."""
    assert desk.store.in_place
    opened = Desk(Store.open(file), method, REQUESTS)
    yield opened
    opened.close()
