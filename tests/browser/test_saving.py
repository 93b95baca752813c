"""What is on the screen as saved is in the file, and what is not saved stays on the screen."""

from __future__ import annotations

import datetime
import re
import sqlite3

import pytest
from leader import Desk
from playwright.sync_api import Locator, expect

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

NOT_SAVED = re.compile("^Ikke gemt: ")


@pytest.fixture
def begun(desk: Desk) -> Desk:
    desk.run_all()
    desk.begin("Ensomhed blandt ældre borgere")
    return desk


def _rows(desk: Desk) -> list[tuple[object, ...]]:
    with sqlite3.connect(desk.file) as database:
        return database.execute("SELECT * FROM edit ORDER BY seq").fetchall()


def _place(desk: Desk, call: str, field: str) -> Locator:
    return desk.form(call).locator(f"[data-field={field}]").first


def test_saved_is_said_only_when_it_is_in_the_file(begun: Desk) -> None:
    for number in range(10):
        text = f"Ensomhed har mange ansigter {number}"
        begun.write("theme", "statement", text)
        assert begun.network.single("theme").text("statement") == text


def test_a_killed_kernel_is_told_and_what_was_typed_is_saved_after_run_all(begun: Desk) -> None:
    begun.write("theme", "known", "Gemt før")
    known = begun.field("theme", "known")
    known.press("End")
    known.press_sequentially(" og skrevet")
    begun.kill_kernel()
    known.fill("Gemt før og skrevet efter")  # in one go: JupyterLab's dialog soon takes the focus
    expect(begun.saved("theme", "known")).to_have_text(NOT_SAVED, timeout=2_000)
    expect(known).to_have_value("Gemt før og skrevet efter")
    begun.page.get_by_role("dialog").get_by_role("button", name="Ok").click(timeout=30_000)
    begun.wait_for_kernel()
    expect(known).to_have_value("Gemt før og skrevet efter")
    begun.run_all()
    expect(begun.saved("theme", "known")).to_contain_text("Gemt", timeout=10_000)
    expect(begun.field("theme", "known")).to_have_value("Gemt før og skrevet efter")
    assert begun.network.single("theme").text("known") == "Gemt før og skrevet efter"


def test_text_typed_while_a_cell_runs_is_saved_meanwhile(begun: Desk) -> None:
    begun.run_in_kernel("import time; time.sleep(8)")
    begun.write("theme", "statement", "Skrevet, mens noget andet kørte")
    assert begun.network.single("theme").text("statement") == "Skrevet, mens noget andet kørte"
    assert not begun.page.evaluate("globalThis.cellIsDone")


def test_answers_are_given_changed_and_taken_back(begun: Desk) -> None:
    begun.pick("characteristics", "status", "Delvist")
    gap = begun.form("characteristics").locator(".netvaerk-gap").first
    expect(gap).to_have_text(re.compile("^Skriv, hvordan det viser sig"))
    answers = _place(begun, "characteristics", "status")
    clear = answers.get_by_role("button", name=re.compile("^Fjern svaret"))
    clear.click()
    expect(answers.locator("input:checked")).to_have_count(0)
    expect(clear).to_be_hidden()
    expect(gap).to_be_hidden()
    (assessment,) = begun.network.records("assessment")
    assert assessment.text("characteristic") == "welfare"
    assert assessment.value("status") is None


def test_a_deleted_record_can_be_brought_back(begun: Desk) -> None:
    begun.add("contacts", "Tilføj en person")
    begun.write("contacts", "name", "Rosa Lykkegaard")
    contacts = begun.form("contacts")
    contacts.get_by_role("button", name="Slet: Rosa Lykkegaard").click()
    contacts.get_by_role("button", name="Ja, slet").click()
    expect(contacts.get_by_text("Ingen personer endnu")).to_be_visible()
    assert not list(begun.network.records("contact"))
    contacts.get_by_role("button", name="Fortryd").click()
    expect(contacts.locator(".netvaerk-title")).to_have_text("Rosa Lykkegaard")
    (contact,) = begun.network.records("contact")
    assert contact.text("name") == "Rosa Lykkegaard"


def test_minutes_that_are_no_number_are_told_at_the_field_and_kept(begun: Desk) -> None:
    begun.add("field_walk", "Tilføj en iagttagelse")
    begun.write("field_walk", "place", "Biblioteket")
    duration = begun.field("field_walk", "duration")
    duration.fill("abc")
    begun.page.keyboard.press("Tab")
    expect(begun.saved("field_walk", "duration")).to_have_text(
        re.compile("^Ikke gemt: .*helt antal minutter")
    )
    expect(duration).to_have_value("abc")
    begun.write("field_walk", "duration", "45")
    (observation,) = begun.network.records("observation")
    assert (observation.text("place"), observation.value("duration")) == ("Biblioteket", 45)


def test_today_is_a_button(begun: Desk) -> None:
    place = _place(begun, "head", "given_on")
    place.get_by_role("button", name=re.compile("^I dag")).click()
    expect(begun.saved("head", "given_on")).to_contain_text("Gemt")
    today = datetime.datetime.now().astimezone().date().isoformat()
    assert begun.network.single("network").value("given_on") == today


def test_running_everything_again_changes_nothing_in_the_file(begun: Desk) -> None:
    begun.write("theme", "statement", "Uændret")
    before = _rows(begun)
    for _ in range(3):
        old = begun.form("overview").element_handle()
        begun.run_all()
        begun.page.wait_for_function("form => !form.isConnected", arg=old)
        expect(begun.field("theme", "statement")).to_have_value("Uændret")
    assert _rows(begun) == before


def test_a_file_in_use_is_told_and_the_text_saved_when_it_is_free(begun: Desk) -> None:
    other = sqlite3.connect(begun.file, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    known = begun.field("theme", "known")
    known.fill("Skrevet, mens filen var optaget")
    begun.page.keyboard.press("Tab")
    state = begun.saved("theme", "known")
    expect(state).to_have_text(NOT_SAVED, timeout=2_000)
    expect(state).to_have_text(re.compile("^Ikke gemt: Filen .*andet program"), timeout=10_000)
    expect(known).to_have_value("Skrevet, mens filen var optaget")
    expect(begun.form("head")).to_be_visible()
    other.execute("ROLLBACK")
    other.close()
    expect(state).to_have_text(re.compile("^Gemt"), timeout=15_000)
    assert begun.network.single("theme").text("known") == "Skrevet, mens filen var optaget"
