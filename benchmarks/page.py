"""A notebook in JupyterLab to measure in: cells as given, run one at a time."""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import nbformat
from playwright.sync_api import Page, WebSocket, expect, sync_playwright

_DONE = re.compile(r"^\[\d+\]:$")
"""What stands beside a cell that has run."""

# The tests' way to start JupyterLab and Chromium is ours too.
TESTS = Path(__file__).parents[1] / "tests"
sys.path += [str(TESTS), str(TESTS / "browser")]

from leader import Desk  # noqa: E402 - found through the lines above
from programs import CHROMIUM_FLAGS, find_browser  # noqa: E402
from server import running_lab  # noqa: E402

# Waits, inside the page, until a selector matches so many elements; then the time is taken there.
WATCH = """([selector, count]) => { window.measured = new Promise((resolve) => {
  const look = () => document.querySelectorAll(selector).length >= count;
  const watcher = new MutationObserver(() => look() && done());
  const done = () => { watcher.disconnect(); resolve(performance.now() - window.begun); };
  document.addEventListener("keydown", () => { window.begun = performance.now(); },
                            { once: true, capture: true });
  watcher.observe(document.body, { childList: true, subtree: true });
}); }"""


@dataclass
class Measured:
    """A page with a notebook, and what came over its websockets."""

    desk: Desk
    received: list[int]

    @property
    def page(self) -> Page:
        """The page."""
        return self.desk.page

    def run(self, number: int) -> None:
        """Run one cell and wait until the kernel is idle again."""
        self.start(number)
        self._idle(number)

    def start(self, number: int) -> None:
        """Run one cell and do not wait for it."""
        self._select(number)
        self.page.keyboard.press("Control+Enter")

    def finish(self) -> None:
        """Interrupt what runs, if anything does, and wait until the kernel is idle."""
        kernels = self.desk.lab.api("kernels")
        for kernel in kernels:
            self.desk.lab.api(f"kernels/{kernel['id']}/interrupt", "POST", {})
        self.desk.wait_for_kernel()

    def run_until(self, number: int, selector: str, count: int) -> tuple[float, int]:
        """Run one cell; return ms until the controls stand there, and bytes received till idle."""
        self._select(number)
        before = sum(self.received)
        self.page.evaluate(WATCH, [selector, count])
        self.page.keyboard.press("Control+Enter")
        taken = self.page.evaluate("() => window.measured")
        self._idle(number)
        return float(taken), sum(self.received) - before

    def _select(self, number: int) -> None:
        # By keyboard from the first cell: a cell that shows a form has no input to click on.
        self.page.locator(".jp-Notebook .jp-CodeCell .jp-InputPrompt").first.click()
        for _ in range(number):
            self.page.keyboard.press("ArrowDown")

    def _idle(self, number: int) -> None:
        cell = self.page.locator(".jp-Notebook .jp-CodeCell").nth(number)
        expect(cell.locator(".jp-InputPrompt").first).to_have_text(_DONE, timeout=60_000)
        self.desk.wait_for_kernel()


@contextmanager
def notebook(*cells: str) -> Iterator[Measured]:
    """Open a notebook of these code cells in a fresh JupyterLab and browser."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder, home = Path(name) / "lab", Path(name) / "home"
        folder.mkdir()
        home.mkdir()
        book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
        book.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
        nbformat.write(book, folder / "measure.ipynb")
        with running_lab(folder, home) as lab:
            browser = playwright.chromium.launch(
                executable_path=find_browser(), args=CHROMIUM_FLAGS
            )
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            received: list[int] = []
            page.on("websocket", lambda socket: _listen(socket, received))
            desk = Desk(lab, page, "measure.ipynb")
            desk.open()
            yield Measured(desk, received)
            browser.close()


def _listen(socket: WebSocket, received: list[int]) -> None:
    socket.on("framereceived", lambda payload: received.append(len(payload)))
