"""A real JupyterLab in a real Chromium."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator

import pytest
from leader import NOTEBOOK, Desk, Lab
from playwright.sync_api import Browser, expect
from server import running_lab

expect.set_options(timeout=15_000)  # on two busy cores a page may take its time

VIEWPORT = {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    home = tmp_path_factory.mktemp("home")
    with running_lab(tmp_path_factory.mktemp("lab"), home) as running:
        yield running


@pytest.fixture
def desk(lab: Lab, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Desk]:
    """Open the shipped workbook, copied to a folder of its own, with nothing run yet."""
    name = re.sub(r"\W+", "-", request.node.name)
    folder = f"{name[:40]}{name[-14:]}"
    (lab.folder / folder).mkdir()
    shutil.copy(NOTEBOOK, lab.folder / folder)
    context = browser.new_context(viewport=VIEWPORT, locale="da-DK")
    opened = Desk(lab, context.new_page(), f"{folder}/{NOTEBOOK.name}")
    opened.open()
    yield opened
    context.close()
    for notebook in (lab.folder / folder).glob("*.ipynb"):
        lab.end_session(f"{folder}/{notebook.name}")
