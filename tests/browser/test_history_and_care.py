"""What a leader does with the past of a text, with copies of the file, and to be rid of a name."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from leader import Desk
from playwright.sync_api import expect

from netvaerk_widgets import acts
from netvaerk_widgets.store import Store, backup

pytestmark = pytest.mark.browser

FIRST = "Nogle børn begynder i skolen med et svagt sprog."
SECOND = "Nogle børn begynder i skolen med et sprog, der gør skolegården svær."


def a_colleague_writes(file: Path, statement: str) -> None:
    with Store.open(file) as store:
        chosen = store.chosen_network()
        assert chosen is not None
        network = store.network(chosen)
        edit = acts.changed(network, network.single("theme"), "statement", statement)
        store.append([dataclasses.replace(edit, author="Mette")])


def test_a_text_can_be_taken_back_and_forth_and_its_path_is_told(desk: Desk) -> None:
    desk.run_all()
    desk.begin("Sprog før skolestart")
    desk.write("theme", "statement", FIRST)
    a_colleague_writes(desk.file, SECOND)
    field = desk.form("theme").locator("[data-field=statement]")
    box = field.locator("textarea")
    desk.field("head", "municipality").focus()
    expect(box).to_have_value(SECOND, timeout=20_000)

    field.hover()
    field.get_by_role("button", name="Historik").click()
    versions = field.locator(".netvaerk-story > li")
    expect(versions).to_have_count(2)
    expect(versions.first).to_contain_text("Mette")
    expect(versions.first.locator("del")).to_contain_text("svagt")
    field.get_by_role("button", name="Fortryd den seneste ændring").click()
    expect(box).to_have_value(FIRST)
    expect(versions).to_have_count(3)
    field.get_by_role("button", name="Fortryd den seneste ændring").click()
    expect(box).to_have_value(SECOND)
    expect(versions).to_have_count(4)

    expect(desk.form("path").locator(".netvaerk-story > li")).to_have_count(4)
    assert desk.network.single("theme").text("statement") == SECOND


def test_a_colleagues_copy_is_told_of_and_then_taken_in(desk: Desk, tmp_path: Path) -> None:
    desk.run_all()
    desk.begin("Sprog før skolestart")
    desk.write("theme", "statement", FIRST)
    copy = backup.back_up(desk.file, tmp_path / "fra-mette.netvaerk")
    a_colleague_writes(copy, SECOND)
    desk.write("theme", "statement", "Vores egen nye ordlyd.")

    care = desk.form("keeper")
    care.scroll_into_view_if_needed()
    care.locator("input[type=file]").set_input_files(str(copy))
    expect(care.get_by_text("Felter, hvor I har skrevet hver sit: 1")).to_be_visible()
    assert not backup.backups(desk.file)
    care.get_by_role("button", name="Hent det ind").click()
    expect(care.get_by_text("Der ligger nu en sikkerhedskopi")).to_be_visible()

    conflict = desk.form("theme").locator("[data-field=statement] .netvaerk-conflict")
    expect(conflict).to_contain_text(SECOND)
    expect(conflict).to_contain_text("Vores egen nye ordlyd.")
    conflict.get_by_role("button", name="Behold begge").click()
    expect(conflict).to_be_hidden()
    assert len(backup.backups(desk.file)) == 1
    statement = desk.network.single("theme").text("statement")
    assert SECOND in statement
    assert "Vores egen nye ordlyd." in statement


def test_a_person_is_erased_after_journalising_and_leaves_no_trace_in_the_file(desk: Desk) -> None:
    desk.run_all()
    desk.begin("Sprog før skolestart")
    desk.write("head", "reference_leader", "Kirsten Eksempelsen")
    care = desk.form("keeper")
    care.get_by_label("Navnet, som det er skrevet").fill("kirsten eksempelsen")
    care.get_by_role("button", name="Find alle steder").click()
    expect(care.get_by_text("Referenceleder (står der nu)")).to_be_visible()

    care.get_by_role("button", name="Slet personen for altid").click()
    care.get_by_role("button", name="Ja, slet for altid").click()
    expect(care.get_by_text("Skriv først, hvad der er journaliseret")).to_be_visible()
    assert b"Eksempelsen" in desk.file.read_bytes()

    care.get_by_label("Hvad er journaliseret").fill("Intet skal journaliseres")
    care.get_by_role("button", name="Find alle steder").click()
    care.get_by_role("button", name="Slet personen for altid").click()
    care.get_by_role("button", name="Ja, slet for altid").click()
    expect(care.get_by_text("Kvitteringen er gemt uden navnet")).to_be_visible()
    expect(desk.field("head", "reference_leader")).to_have_value("[slettet]")
    assert b"Eksempelsen" not in desk.file.read_bytes()
    # The still summaries in the notebook lose the name too, and so does what is saved of them.
    twins = desk.page.locator(".netvaerk-static")
    expect(twins.filter(has_text="[slettet]")).to_have_count(1)
    expect(twins.filter(has_text="Eksempelsen")).to_have_count(0)
    assert "Eksempelsen" not in str(desk.save_notebook()["cells"])
