"""No key pressed in a form does anything to the notebook around it."""

from __future__ import annotations

import string

import pytest
from leader import Desk
from playwright.sync_api import Locator, expect

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

KEYS = [
    *string.printable.strip(),
    *("d", "d", "0", "0", "i", "i"),
    *("ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End", "PageUp", "PageDown"),
    *("Enter", "Shift+Enter", "Control+Enter", "Alt+Enter", "Escape", "d", "d", "x", "Space"),
    *("Delete", "Backspace"),
]
CELLS = """() => jupyterapp.shell.currentWidget.content.model.sharedModel.cells.map(
  (cell) => [cell.cell_type, cell.getSource()])"""


def _controls(desk: Desk) -> dict[str, Locator]:
    walk = desk.form("field_walk")
    return {
        "text": desk.field("head", "municipality"),
        "textarea": desk.field("theme", "statement"),
        "date": desk.field("head", "given_on"),
        "select": desk.form("chooser").locator("select"),
        "radio": desk.form("characteristics").locator("input[type=radio]").nth(1),
        "checkbox": walk.locator("input[type=checkbox]").first,
        "button": desk.form("contacts").get_by_role("button", name="Tilføj en person"),
        "summary": walk.locator("summary").first,
        "table": desk.form("network_type").get_by_role("region"),
    }


def test_no_key_in_any_kind_of_control_changes_the_notebook(desk: Desk) -> None:
    desk.run_all()
    desk.begin("Hærværk på skolerne")
    desk.add("field_walk", "Tilføj en iagttagelse")
    before = desk.page.evaluate(CELLS)
    for name, control in _controls(desk).items():
        form = control.evaluate_handle("control => control.closest('.netvaerk-live')")
        for key in KEYS:
            control.focus()
            desk.page.keyboard.press(key)
        assert desk.page.evaluate(CELLS) == before, name
        assert form.evaluate("form => form.isConnected"), name
        expect(desk.page.locator(".jp-Dialog")).to_have_count(0)


def test_tab_moves_on_and_control_s_saves_the_notebook(desk: Desk) -> None:
    desk.run_all()
    desk.begin("Elever med højt fravær")
    first = desk.field("head", "title")
    first.focus()
    desk.page.keyboard.press("Tab")
    expect(desk.field("head", "municipality")).to_be_focused()
    desk.page.keyboard.press("Shift+Tab")
    expect(first).to_be_focused()
    desk.write("theme", "statement", "Hvad svarer fraværet på?")
    desk.field("theme", "statement").focus()
    assert desk.save_notebook()["cells"]
    expect(desk.field("theme", "statement")).to_be_focused()
