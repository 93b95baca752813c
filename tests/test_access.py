"""Who asks for their data gets all of it in one page, and nothing about anybody else."""

from __future__ import annotations

import dataclasses
import html
import re
import uuid
from pathlib import Path

import pytest
from written import HOSTILE, ID, record_edits

from netvaerk_widgets.access import access_page, sentences
from netvaerk_widgets.acts import same_person
from netvaerk_widgets.errors import StoreError
from netvaerk_widgets.method import Method
from netvaerk_widgets.records import single_record_id
from netvaerk_widgets.store import Address, Edit, Store, new_edit
from netvaerk_widgets.store.erasure import name_pattern

NAME = "Karla Kontakt"
THEME = Address(ID, single_record_id(ID, "theme"), "theme", "statement")


def page_of(tmp_path: Path, method: Method, *edits: Edit, name: str = NAME) -> str:
    with Store.open(tmp_path / "netvaerk.netvaerk", create=True) as store:
        store.append(edits)
        return html.unescape(access_page(store, name, method))


def test_everything_about_the_person_is_there_with_where_when_and_who(
    tmp_path: Path, method: Method
) -> None:
    first = new_edit(THEME, f"Vi talte. {NAME}s idé var god! Mads Andersson var uenig.")
    edits = [
        *record_edits("network", {"title": "Nordnettet"}),
        first,
        new_edit(THEME, "Nu uden navne", replaces=[first.edit_id]),
        *record_edits("contact", {"name": NAME, "unit": "Kanariø", "learned": "Kanarifugl et"}),
        *record_edits("observation", {"who": f"Mads Andersson\n{NAME.upper()} gik"}),
        *record_edits("contact", {"name": "Mads Andersson", "learned": "Hemmelighed om Mads"}),
        dataclasses.replace(
            new_edit(THEME, "Skrevet af hende"), author=NAME, at="2026-03-01T10:00:00.000Z"
        ),
    ]  # fmt: skip
    page = page_of(tmp_path, method, *edits)

    for canary in ("Nordnettet", "Karla Kontakts idé var god!", "Kanariø", "Kanarifugl et",
                   "KARLA KONTAKT gik", "1. marts 2026 kl. 11.00, Karla Kontakt"):  # fmt: skip
        assert canary in page
    for other in ("Mads", "Hemmelighed", "Vi talte", "Nu uden navne", "Skrevet af hende"):
        assert other not in page
    assert method.labels["access_past"] in page


def test_what_a_contact_said_before_and_the_one_with_another_spelling_are_there(
    tmp_path: Path, method: Method
) -> None:
    old = record_edits("contact", {"name": NAME, "learned": "Stod før"}, str(uuid.uuid4()))
    new = record_edits("contact", {"name": "En anden skrivemåde"}, old[0].record_id)
    twin = record_edits("contact", {"name": "K. K.", "unit": "Tvillingø"}, str(uuid.uuid4()))
    with Store.open(tmp_path / "netvaerk.netvaerk", create=True) as store:
        store.append([*old, *new, *twin])
        network = store.network(ID)
        a, b = network.records("contact")
        store.append(same_person(network, a, b))
    page = page_of(tmp_path, method)
    for canary in ("Stod før", "En anden skrivemåde", "Tvillingø"):
        assert canary in page


def test_who_suggested_the_person_is_somebody_else(tmp_path: Path, method: Method) -> None:
    other = record_edits("contact", {"name": "Mads Andersson"}, str(uuid.uuid4()))
    edits = record_edits("contact", {"name": NAME, "suggested_by": [other[0].record_id]})
    assert "Mads" not in page_of(tmp_path, method, *other, *edits)


def test_the_page_is_whole_runs_nothing_and_shows_markup_as_text(
    tmp_path: Path, method: Method
) -> None:
    with Store.open(tmp_path / "netvaerk.netvaerk", create=True) as store:
        store.append(record_edits("contact", {"name": NAME, "learned": HOSTILE}))
        page = access_page(store, NAME, method)
    assert page.startswith("<!doctype html>")
    assert '<html lang="da">' in page
    assert "default-src 'none'" in html.unescape(page)
    assert not re.search(r"<(script|img|svg|link|iframe)\b", page)
    assert not re.search(r"\b(src|href)=", html.unescape(page).split("<main>")[0])
    assert html.unescape(page).count(HOSTILE) == 1


def test_a_person_who_is_not_there_is_told_so(tmp_path: Path, method: Method) -> None:
    assert method.labels["access_nothing"] in page_of(tmp_path, method, name="Ingen Kender")
    with pytest.raises(StoreError):
        page_of(tmp_path, method, name="K.")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Et. To Karla Kontakt. Tre.", ["To Karla Kontakt."]),
        ("Karla Kontakt", ["Karla Kontakt"]),
        ("Et\nKarla Kontakt sagde: »Ja.« Nej.", ["Karla Kontakt sagde: »Ja.«"]),
        ("A Karla Kontakt, Karla Kontakts hus! B", ["A Karla Kontakt, Karla Kontakts hus!"]),
        ("Karla Kontakt gik? B. Karla Kontakt kom", ["Karla Kontakt gik?", "Karla Kontakt kom"]),
        ("Ingen", []),
    ],
)
def test_only_the_sentences_with_the_name_are_taken(text: str, found: list[str]) -> None:
    assert sentences(text, name_pattern(NAME)) == found
