"""A real JupyterLab in a real Chromium, and the acts of a person who uses it."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from netvaerk_widgets.store import Network, Store

REPOSITORY = Path(__file__).parents[2]
NOTEBOOK = REPOSITORY / "notebooks" / "udfold_tema.ipynb"
TOKEN = "testtoken"  # noqa: S105 - of a server on loopback that lives for one test run
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass
class Lab:
    """A running JupyterLab and the folder it serves."""

    url: str
    folder: Path

    def api(self, path: str, method: str = "GET", body: object = None) -> Any:
        """Ask the server's REST interface and return its JSON, or None if it says nothing."""
        request = urllib.request.Request(  # noqa: S310 - our own server on loopback
            f"{self.url}/api/{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"token {TOKEN}"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            text = answer.read()
        return json.loads(text) if text else None

    def network(self, file: Path) -> Network:
        """Return the chosen network as a workbook file now holds it."""
        with Store.open(file, read_only=True) as store:
            chosen = store.chosen_network()
            assert chosen is not None
            return store.network(chosen)


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    folder = tmp_path_factory.mktemp("lab")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"]
    command += ["--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}"]
    command += [f"--IdentityProvider.token={TOKEN}", f"--ServerApp.root_dir={folder}"]
    home = tmp_path_factory.mktemp("home")
    environment = {
        **os.environ,
        "HOME": str(home),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "IPYTHONDIR": str(home / "ipython"),
        "NETVAERK_AUTHOR": "test",
    }
    environment.pop("NETVAERK_FILE", None)
    with (home / "server.log").open("w") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    running = Lab(f"http://127.0.0.1:{port}", folder)
    try:
        _wait_for(lambda: running.api("status"), server, home / "server.log")
        yield running
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)


def _wait_for(ask: Callable[[], Any], server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            ask()
        except OSError:
            if server.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"JupyterLab did not start:\n{log.read_text()[-3000:]}")
            time.sleep(0.1)  # a server's start has no event to wait for
        else:
            return


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Desk:
    """One notebook, open in one page, and what a leader does with it."""

    lab: Lab
    page: Page
    notebook: str

    @property
    def file(self) -> Path:
        return (self.lab.folder / self.notebook).parent / "netvaerkstemaer.netvaerk"

    @property
    def network(self) -> Network:
        return self.lab.network(self.file)

    def open(self) -> None:
        """Open the notebook in JupyterLab, in a workspace of its own."""
        place = re.sub(r"\W", "", self.notebook)
        self.page.goto(
            f"{self.lab.url}/lab/workspaces/{place}/tree/{self.notebook}?token={TOKEN}&reset"
        )
        # Run All Cells does nothing, and says nothing, before the kernel is there.
        ready = self.page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]")
        expect(ready).to_be_visible(timeout=60_000)

    def run_all(self) -> None:
        """Choose Run All Cells in the menu and wait for the last form."""
        self.menu("Run", "Run All Cells")
        expect(self.form("overview")).to_be_visible(timeout=60_000)

    def menu(self, name: str, item: str) -> None:
        """Choose an item of JupyterLab's menu bar."""
        self.page.locator(".lm-MenuBar-itemLabel", has_text=re.compile(f"^{name}$")).click()
        self.page.locator(".lm-Menu-itemLabel", has_text=re.compile(f"^{item}$")).click()

    def cell(self, call: str) -> Locator:
        """Return the cell whose code calls ``workbook.<call>()``."""
        number = _cell_number(call)
        return self.page.locator(".jp-Notebook > .jp-WindowedPanel-outer .jp-Cell").nth(number)

    def form(self, call: str) -> Locator:
        """Return the live form of one cell."""
        return self.page.locator(f".netvaerk-live[data-form={call}]").first

    def saved(self, call: str, field: str, nth: int = 0) -> Locator:
        """Return what stands at a field about its saving."""
        place = self.form(call).locator(f"[data-field={field}]").nth(nth)
        return place.locator(".netvaerk-state").first

    def write(self, call: str, field: str, text: str, nth: int = 0) -> None:
        """Type into a field and wait until it says Gemt."""
        place = self.form(call).locator(f"[data-field={field}]").nth(nth)
        place.locator("input, textarea").first.fill(text)
        self.page.keyboard.press("Tab")
        expect(self.saved(call, field, nth)).to_contain_text("Gemt")

    def pick(self, call: str, field: str, answer: str, nth: int = 0) -> None:
        """Choose an answer by its words and wait until it is saved."""
        place = self.form(call).locator(f"[data-field={field}]").nth(nth)
        select = place.locator("select")
        if select.count():
            select.select_option(label=answer)
        else:
            place.locator("label.netvaerk-option").filter(
                has_text=re.compile(f"^{re.escape(answer)}$")
            ).locator("input").check()
        expect(self.saved(call, field, nth)).to_contain_text("Gemt")

    def begin(self, title: str) -> None:
        """Make a network and wait until its forms are there."""
        chooser = self.form("chooser")
        chooser.get_by_label("Nyt netværk med titlen").fill(title)
        chooser.get_by_role("button", name="Opret netværk").click()
        expect(self.form("head").locator("[data-field=title] input")).to_have_value(title)


def _cell_number(call: str) -> int:
    cells = json.loads(NOTEBOOK.read_text("utf-8"))["cells"]
    return next(i for i, cell in enumerate(cells) if f"workbook.{call}()" in "".join(cell["source"]))


@pytest.fixture
def desk(lab: Lab, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Desk]:
    """The shipped workbook, copied to a folder of its own and opened, with nothing run yet."""
    name = re.sub(r"\W+", "-", request.node.name)[:60]
    place = lab.folder / name
    place.mkdir(exist_ok=True)
    shutil.copy(NOTEBOOK, place / NOTEBOOK.name)
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="da-DK")
    page = context.new_page()
    opened = Desk(lab, page, f"{name}/{NOTEBOOK.name}")
    opened.open()
    yield opened
    page.close(run_before_unload=False)
    context.close()
    for session in lab.api("sessions"):
        if session["path"].startswith(name):
            lab.api(f"sessions/{session['id']}", "DELETE")
