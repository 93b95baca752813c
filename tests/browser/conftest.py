"""A real JupyterLab in a real Chromium."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from install_browser import find_browser
from leader import NOTEBOOK, TOKEN, Desk, Lab
from playwright.sync_api import Browser, Page, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


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
