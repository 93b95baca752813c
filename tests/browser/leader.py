"""A leader at work: a page in JupyterLab, and what a person does in it."""

from __future__ import annotations

import json
import os
import re
import signal
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from netvaerk_widgets.store import Network, Store

REPOSITORY = Path(__file__).parents[2]
NOTEBOOK = REPOSITORY / "notebooks" / "udfold_tema.ipynb"
TOKEN = "testtoken"  # noqa: S105 - of a server on loopback that lives for one test run


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
    return next(
        i for i, cell in enumerate(cells) if f"workbook.{call}()" in "".join(cell["source"])
    )
