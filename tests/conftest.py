"""What several tests need."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright
from programs import CHROMIUM_FLAGS, find_browser

from netvaerk_widgets.method import Method, load_method


@pytest.fixture
def method() -> Method:
    return load_method()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Give the one Chromium of the run: Playwright does not start twice in one process."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=CHROMIUM_FLAGS)
        yield browser
        browser.close()
