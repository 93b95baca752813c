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
KERNEL = "globalThis.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel"
KERNEL_IS_THERE = f"{KERNEL}?.connectionStatus === 'connected' && {KERNEL}.status === 'idle'"
TOKEN = "testtoken"  # noqa: S105 - of a server on loopback that lives for one test run


@dataclass
class Lab:
    """A running JupyterLab and the folder it serves."""

    url: str
    folder: Path

    def api(self, path: str, method: str = "GET", body: object = None) -> Any:  # noqa: ANN401 - JSON
        """Ask the server's REST interface and return its JSON, or None if it says nothing."""
        request = urllib.request.Request(
            f"{self.url}/api/{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"token {TOKEN}"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def kernel_pid(self, notebook: str) -> int:
        """Return the process id of a notebook's kernel."""
        sessions = self.api("sessions")
        kernel = next(one["kernel"]["id"] for one in sessions if one["path"] == notebook)
        for process in Path("/proc").glob("[0-9]*"):
            try:
                if kernel.encode() in (process / "cmdline").read_bytes():
                    return int(process.name)
            except OSError:
                continue  # it ended while we looked
        raise LookupError(kernel)

    def end_session(self, notebook: str) -> None:
        """Shut a notebook's kernel down."""
        for session in self.api("sessions"):
            if session["path"] == notebook:
                self.api(f"sessions/{session['id']}", "DELETE")

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
        self.wait_for_kernel()

    def wait_for_kernel(self) -> None:
        """Wait until the kernel can run cells; before that Run All Cells does nothing."""
        self.page.wait_for_function(KERNEL_IS_THERE, timeout=60_000)

    def run_all(self) -> None:
        """Choose Run All Cells in the menu and wait for the last form."""
        self.menu("Run", "Run All Cells")
        expect(self.form("overview")).to_be_visible(timeout=60_000)

    def reload(self) -> None:
        """Load the page again; the kernel lives on."""
        self.page.reload()
        self.wait_for_kernel()

    def restart(self) -> None:
        """Restart the kernel without running anything."""
        self.menu("Kernel", "Restart Kernel…")
        self.dialog("Restart")
        expect(self.page.locator(".jp-Dialog")).to_have_count(0)
        self.wait_for_kernel()

    def dialog(self, answer: str) -> None:
        """Answer JupyterLab's dialog by its button."""
        self.page.locator(".jp-Dialog button", has_text=re.compile(f"^{answer}$")).click()

    def run_in_kernel(self, code: str) -> None:
        """Run code as a cell would; the page's ``cellIsDone`` tells when it has run."""
        done = "then(() => { globalThis.cellIsDone = true; })"
        self.page.evaluate(
            f"code => {{ globalThis.cellIsDone = false;"
            f" {KERNEL}.requestExecute({{ code }}).done.{done}; }}",
            code,
        )

    def kill_kernel(self) -> None:
        """Kill the notebook's kernel as a full memory would: at once and without a word."""
        os.kill(self.lab.kernel_pid(self.notebook), signal.SIGKILL)

    def menu(self, *names: str) -> None:
        """Choose in JupyterLab's menu bar: a menu, its submenu if any, and the item."""
        exact = [re.compile(f"^{re.escape(name)}$") for name in names]
        self.page.locator(".lm-MenuBar-itemLabel", has_text=exact[0]).click()
        for name in exact[1:]:
            self.page.locator(".lm-Menu-itemLabel:visible", has_text=name).click()

    def save_notebook(self) -> dict[str, Any]:
        """Press Ctrl+S and return the notebook as it then lies in its folder."""
        self.page.keyboard.press("Control+s")
        expect(self.page.locator(".lm-TabBar-tab.jp-mod-current.jp-mod-dirty")).to_have_count(0)
        return json.loads((self.lab.folder / self.notebook).read_text("utf-8"))

    def cell(self, call: str) -> Locator:
        """Return the cell whose code calls ``workbook.<call>()``."""
        number = _cell_number(call)
        return self.page.locator(".jp-Notebook > .jp-WindowedPanel-outer .jp-Cell").nth(number)

    def form(self, call: str) -> Locator:
        """Return the live form of one cell."""
        return self.page.locator(f".netvaerk-live[data-form={call}]").first

    def twin(self, call: str) -> Locator:
        """Return the summary that stands in for one cell's form."""
        return self.cell(call).locator(".netvaerk-static")

    def field(self, call: str, field: str, nth: int = 0) -> Locator:
        """Return the control of a text field."""
        place = self.form(call).locator(f"[data-field={field}]").nth(nth)
        return place.locator("input, textarea, select").first

    def saved(self, call: str, field: str, nth: int = 0) -> Locator:
        """Return what stands at a field about its saving."""
        place = self.form(call).locator(f"[data-field={field}]").nth(nth)
        return place.locator(".netvaerk-state").first

    def write(self, call: str, field: str, text: str, nth: int = 0) -> None:
        """Type into a field and wait until it says Gemt."""
        self.field(call, field, nth).fill(text)
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

    def add(self, call: str, words: str) -> None:
        """Press a list's button for a new record; its fields come first in the form."""
        for opened in self.form(call).locator("button[aria-expanded=true]").all():
            opened.click()
        self.form(call).get_by_role("button", name=words, exact=True).click()

    def fill(self, call: str, answers: dict[str, str | list[str]]) -> None:
        """Give each field its answer: words to write, or choices by their words in a list."""
        for field, answer in answers.items():
            if isinstance(answer, str):
                self.write(call, field, answer)
            else:
                for one in answer:
                    self.pick(call, field, one)

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
