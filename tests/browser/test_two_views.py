"""Two who look at the same theme see the same, and neither writes over the other unseen."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from conftest import VIEWPORT
from leader import Desk
from playwright.sync_api import Browser, expect

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]


@pytest.fixture
def begun(desk: Desk) -> Desk:
    desk.run_all()
    desk.begin("Bo i Albertslund")
    desk.write("theme", "statement", "Fælles begyndelse")
    return desk


@pytest.fixture
def second_page(begun: Desk, browser: Browser) -> Iterator[Desk]:
    """Open the same notebook and kernel in another browser."""
    begun.save_notebook()
    context = browser.new_context(viewport=VIEWPORT)
    other = Desk(begun.lab, context.new_page(), begun.notebook)
    other.open()
    expect(other.form("overview")).to_be_visible(timeout=30_000)
    yield other
    context.close()


@pytest.fixture
def second_kernel(begun: Desk, browser: Browser) -> Iterator[Desk]:
    """Open a copy of the notebook beside it: another kernel on the same file."""
    copy = begun.notebook.replace(".ipynb", "_kopi.ipynb")
    shutil.copy(begun.lab.folder / begun.notebook, begun.lab.folder / copy)
    context = browser.new_context(viewport=VIEWPORT)
    other = Desk(begun.lab, context.new_page(), copy)
    other.open()
    other.run_all()
    yield other
    context.close()


def _come_back(desk: Desk) -> None:
    """Move focus into a form, which makes it ask for what others wrote."""
    desk.field("head", "municipality").focus()
    desk.field("theme", "driving_question").focus()


def test_two_pages_of_one_kernel_stay_in_step(begun: Desk, second_page: Desk) -> None:
    expect(second_page.field("theme", "statement")).to_have_value("Fælles begyndelse")
    begun.write("theme", "statement", "Skrevet i den ene")
    expect(second_page.field("theme", "statement")).to_have_value("Skrevet i den ene")
    second_page.pick("characteristics", "status", "Delvist")
    answer = begun.form("characteristics").get_by_label("Delvist", exact=True).first
    expect(answer).to_be_checked()
    second_page.add("contacts", "Tilføj en person")
    second_page.write("contacts", "name", "Rosa Lykkegaard")
    expect(begun.form("contacts").locator(".netvaerk-title")).to_have_text("Rosa Lykkegaard")


def test_a_field_in_use_never_changes_under_the_caret(begun: Desk, second_page: Desk) -> None:
    mine = begun.field("theme", "statement")
    mine.focus()
    mine.evaluate("field => field.setSelectionRange(6, 6)")
    second_page.write("theme", "statement", "Den andens ord")
    second_page.write("theme", "known", "Den andens viden")
    expect(begun.field("theme", "known")).to_have_value("Den andens viden")
    expect(mine).to_have_value("Fælles begyndelse")
    assert mine.evaluate("field => field.selectionStart") == 6
    begun.page.keyboard.press("Tab")
    expect(mine).to_have_value("Den andens ord")


@pytest.mark.parametrize("other", ["second_page", "second_kernel"])
def test_two_who_write_in_the_same_field_choose_between_both_texts(
    begun: Desk, other: str, request: pytest.FixtureRequest
) -> None:
    second: Desk = request.getfixturevalue(other)
    mine, theirs = (one.field("theme", "statement") for one in (begun, second))
    expect(theirs).to_have_value("Fælles begyndelse")
    mine.focus()
    theirs.focus()
    mine.fill("Den enes ord")
    theirs.fill("Den andens ord")
    for one in (begun, second):
        one.page.keyboard.press("Tab")
        expect(one.saved("theme", "statement")).to_contain_text("Gemt")
    _come_back(begun)
    _come_back(second)
    for one in (begun, second):
        conflict = one.form("theme").get_by_role("alert")
        expect(conflict.locator("blockquote")).to_have_count(2)
        expect(conflict).to_contain_text("Den enes ord")
        expect(conflict).to_contain_text("Den andens ord")
    heads = begun.network.single("theme").heads["statement"]
    assert {head.value for head in heads} == {"Den enes ord", "Den andens ord"}
    chosen = begun.form("theme").get_by_role("alert").locator("blockquote", has_text="Den andens")
    chosen.locator("xpath=following-sibling::button[1]").click()
    expect(mine).to_have_value("Den andens ord")
    _come_back(second)
    for one in (begun, second):
        expect(one.form("theme").get_by_role("alert")).to_have_count(0)
        expect(one.field("theme", "statement")).to_have_value("Den andens ord")
    assert begun.network.single("theme").text("statement") == "Den andens ord"


def test_two_kernels_on_one_file_see_what_the_other_wrote(begun: Desk, second_kernel: Desk) -> None:
    begun.write("theme", "known", "Skrevet i den første")
    _come_back(second_kernel)
    expect(second_kernel.field("theme", "known")).to_have_value("Skrevet i den første")
    second_kernel.write("theme", "unknown", "Skrevet i den anden")
    _come_back(begun)
    expect(begun.field("theme", "unknown")).to_have_value("Skrevet i den anden")
