"""Where no live form can stand, the notebook shows what was answered."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from leader import Desk
from playwright.sync_api import Browser, expect

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

ANSWER = "Hvad svarer fraværet på, set fra barnets side?"
FAULTS = ("model not found", "Error displaying widget", "Loading widget")
FORMS = 13
BLANK_BOXES = """() => [...document.querySelectorAll('.jp-OutputArea-child')].filter(
  (box) => box.getBoundingClientRect().height > 12 && !box.innerText.trim()).length"""


@pytest.fixture
def answered(desk: Desk) -> Desk:
    desk.run_all()
    desk.begin("Elever med højt fravær")
    desk.write("theme", "driving_question", ANSWER)
    desk.pick("characteristics", "status", "Ved ikke")
    expect(desk.twin("theme")).to_contain_text(ANSWER)
    expect(desk.twin("characteristics")).to_contain_text("Ved ikke")
    return desk


def _html(notebook: dict[str, Any]) -> str:
    outputs = [one for cell in notebook["cells"] for one in cell.get("outputs", [])]
    return "".join("".join(one["data"].get("text/html", "")) for one in outputs)


def _no_faults(desk: Desk) -> None:
    for fault in FAULTS:
        assert not [one for one in desk.page.get_by_text(fault).all() if one.is_visible()]


def test_before_anything_is_run_the_notebook_tells_what_to_do(desk: Desk) -> None:
    expect(desk.page.get_by_role("heading", name="Udfold netværkstemaet")).to_be_visible()
    guide = desk.page.get_by_role("strong").filter(has_text="Sådan kommer du i gang")
    expect(guide).to_be_visible()
    _no_faults(desk)


def test_the_twin_is_hidden_while_the_form_lives(answered: Desk) -> None:
    twins = answered.page.locator(".netvaerk-static")
    expect(twins).to_have_count(FORMS)
    for number in range(FORMS):
        expect(twins.nth(number)).to_be_hidden()
    expect(answered.form("theme")).to_be_visible()


def test_the_twin_stands_there_when_the_kernel_is_gone(answered: Desk) -> None:
    answered.save_notebook()
    answered.restart()
    expect(answered.twin("theme")).to_be_visible()
    expect(answered.page.locator(".netvaerk-live")).to_have_count(0)
    answered.lab.end_session(answered.notebook)
    answered.reload()
    expect(answered.twin("theme")).to_be_visible()
    expect(answered.twin("theme")).to_contain_text(ANSWER)
    expect(answered.page.locator(".netvaerk-live")).to_have_count(0)
    _no_faults(answered)


def test_the_saved_notebook_holds_the_answers_and_no_widget_state(answered: Desk) -> None:
    notebook = answered.save_notebook()
    assert ANSWER in _html(notebook)
    assert "widgets" not in notebook["metadata"]
    answered.reload()
    expect(answered.form("theme")).to_be_visible()
    later = "Og hvad kan klubben se, som skolen ikke kan?"
    answered.write("theme", "driving_question", later)
    expect(answered.twin("theme")).to_contain_text(later)
    notebook = answered.save_notebook()
    assert later in _html(notebook)
    assert ANSWER not in _html(notebook)
    assert "widgets" not in notebook["metadata"]


def test_a_copy_that_is_not_trusted_can_be_read_and_holds_no_live_form(answered: Desk) -> None:
    notebook = answered.save_notebook()
    notebook["metadata"]["from"] = "another machine"  # so that no signature here fits it
    copy = answered.notebook.replace("udfold", "fremmed")
    (answered.lab.folder / copy).write_text(json.dumps(notebook), "utf-8")
    foreign = Desk(answered.lab, answered.page, copy)
    foreign.open()
    theme = foreign.page.locator(".jp-Cell", has_text=ANSWER)
    expect(theme).to_be_visible()
    expect(foreign.page.locator(".netvaerk-live")).to_have_count(0)
    _no_faults(foreign)


def test_plain_nbconvert_shows_the_answers_without_script(
    answered: Desk, browser: Browser, tmp_path: Path
) -> None:
    answered.save_notebook()
    command = [sys.executable, "-m", "nbconvert", "--to", "html", "--output-dir", str(tmp_path)]
    notebook = answered.lab.folder / answered.notebook
    subprocess.run([*command, str(notebook)], check=True, capture_output=True)
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto((tmp_path / "udfold_tema.html").as_uri(), wait_until="domcontentloaded")
    expect(page.get_by_text(ANSWER)).to_be_visible()
    for fault in FAULTS:
        expect(page.get_by_text(fault)).to_have_count(0)
    assert page.evaluate(BLANK_BOXES) == 0
    context.close()
