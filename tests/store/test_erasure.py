"""Who is erased is in no byte of the file, does not come back, and leaves no gap in the history."""

from __future__ import annotations

import dataclasses
import json
import shutil
import unicodedata
import uuid
from pathlib import Path

import pytest
from written import ID, record_edits

from netvaerk_widgets.errors import StoreError
from netvaerk_widgets.records import single_record_id
from netvaerk_widgets.store import Address, Edit, Store, erasure, new_edit
from netvaerk_widgets.store.foreign import read_copy
from netvaerk_widgets.store.merge import merge

NAME = "Karla Øksnebjergsen"
CONTACT = str(uuid.uuid4())
THEME = Address(ID, single_record_id(ID, "theme"), "theme", "statement")


def everywhere() -> list[Edit]:
    """Return edits with the name in every place one can stand."""
    first = new_edit(THEME, f"{NAME} siger noget")
    second = new_edit(THEME, f"{NAME}s ord, skrevet om", replaces=[first.edit_id])
    third = new_edit(THEME, "Uden navn", replaces=[second.edit_id])
    return [
        first, second, third,
        *record_edits("contact", {"name": NAME, "unit": "Nord", "learned": "Hun ved alt"}, CONTACT),
        *record_edits("source", {"title": "Bog", "originator": NAME.upper(), "says": "Intet"}),
        *record_edits("observation", {"who": f"Mødte {NAME}, der tog imod", "place": "Huset"}),
        *record_edits("log", {"new_people": f"karla.oeksnebjergsen@x.invalid og {NAME}"}),
        dataclasses.replace(
            new_edit(THEME, "Skrevet af hende"), author=unicodedata.normalize("NFD", NAME)
        ),
    ]  # fmt: skip


def bytes_of_name(path: Path) -> list[str]:
    """Return the forms of the name that stand in any file in the folder."""
    forms = (NAME, NAME.split()[1], NAME.upper(), "oeksnebjergsen", "ksnebjergsen")
    content = b"".join(one.read_bytes() for one in sorted(path.parent.iterdir()) if one.is_file())
    found = []
    for form in forms:
        for normal in ("NFC", "NFD"):
            text = unicodedata.normalize(normal, form)
            for code in ("utf-8", "utf-16-le", "utf-16-be", "latin-1"):
                if text.encode(code, "ignore") in content:
                    found.append(f"{form} {normal} {code}")
            if json.dumps(text).encode()[1:-1] in content:
                found.append(f"{form} {normal} json")
    return found


@pytest.fixture
def full(file: Path) -> Path:
    with Store.open(file, create=True) as store:
        for edit in everywhere():
            store.append([edit])
        filler = [new_edit(THEME._replace(field="known"), "fyld " * 400) for _ in range(50)]
        store.append(filler)
    assert bytes_of_name(file)
    return file


def erase(path: Path, **more: object) -> dict[str, int]:
    with Store.open(path) as store:
        return erasure.erase_person(
            store,
            NAME,
            records=[CONTACT],
            journalised="Sag 26/1",
            **more,  # type: ignore[arg-type]
        )


def test_every_place_is_listed_with_what_stands_and_what_is_history(full: Path) -> None:
    with Store.open(full) as store:
        found = erasure.traces(store, NAME)
    assert [(one.edit.kind, one.edit.field, one.current) for one in found] == [
        ("theme", "statement", False),
        ("theme", "statement", False),
        ("contact", "name", True),
        ("source", "originator", True),
        ("observation", "who", True),
        ("log", "new_people", True),
        ("theme", "statement", True),
    ]


def test_no_byte_of_the_name_is_left(full: Path) -> None:
    with Store.open(full) as store:
        erasure.erase_person(store, NAME, records=[CONTACT], journalised="Sag 26/1")
        assert bytes_of_name(full) == []  # nor in the journal, while the file is open
    assert bytes_of_name(full) == []
    assert b"Hun ved alt" not in full.read_bytes()


def test_the_figures_are_those_of_the_receipt_and_it_names_nobody(full: Path) -> None:
    figures = erase(full)
    assert figures == {"records": 1, "texts": 3, "history": 2, "authors": 1}
    with Store.open(full) as store:
        (receipt,) = store.receipts()
        assert erasure.traces(store, NAME) == []
    assert {**figures, "journalised": "Sag 26/1"}.items() <= receipt.items()
    assert "Karla" not in str(receipt)


def test_a_receipt_that_would_name_the_person_is_refused(full: Path) -> None:
    before = full.read_bytes()
    with Store.open(full) as store, pytest.raises(StoreError) as refused:
        erasure.erase_person(store, NAME, journalised=f"Sagen om {NAME.lower()}")
    assert refused.value.id == "receipt_names_person"
    assert full.read_bytes() == before


def test_a_record_that_is_not_there_is_told_of(full: Path) -> None:
    before = full.read_bytes()
    with Store.open(full) as store, pytest.raises(StoreError) as refused:
        erasure.erase_person(store, NAME, records=["findes ikke"])
    assert refused.value.id == "nothing_to_erase"
    assert full.read_bytes() == before


def test_texts_that_stand_keep_all_but_the_name(full: Path) -> None:
    erase(full)
    with Store.open(full) as store:
        network = store.network(ID)
    (seen,) = network.records("observation")
    assert (seen.text("who"), seen.text("place")) == ("Mødte [slettet], der tog imod", "Huset")
    (log,) = network.records("log")
    assert log.text("new_people") == "[slettet]@x.invalid og [slettet]"
    (source,) = network.records("source")
    assert source.text("originator") == "[slettet]"
    assert list(network.records("contact")) == []


def test_no_old_text_comes_up_as_a_conflict(full: Path) -> None:
    with Store.open(full) as store:
        before = {(e.edit_id, e.replaces) for e in store.edits()[0]}
        heads = store.network(ID).head_ids()
        conflicts = store.network(ID).conflicts()
    erase(full)
    with Store.open(full) as store:
        after = store.edits()[0]
        network = store.network(ID)
    assert before <= {(edit.edit_id, edit.replaces) for edit in after}
    assert network.conflicts() == conflicts
    replaced = {id_ for edit in after for id_ in edit.replaces}
    assert network.head_ids() - {e.edit_id for e in after if not e.erased} <= heads - replaced


def test_merging_an_old_copy_does_not_bring_the_person_back(full: Path, tmp_path: Path) -> None:
    old = tmp_path / "andet" / "gammel.netvaerk"
    old.parent.mkdir()
    shutil.copyfile(full, old)
    erase(full)
    with Store.open(full) as store:
        merge(store, [read_copy(old)])
    assert bytes_of_name(full) == []


def test_merging_the_erased_file_into_an_old_copy_erases_there(full: Path, tmp_path: Path) -> None:
    old = tmp_path / "andet" / "gammel.netvaerk"
    old.parent.mkdir()
    shutil.copyfile(full, old)
    erase(full)
    with Store.open(old) as store:
        found = merge(store, [read_copy(full)])
        assert len(found.erased) == 9
    assert bytes_of_name(old) == []
    assert found.backup is not None
    assert bytes_of_name(found.backup)  # which is why the command says so


def test_erasing_twice_changes_nothing_more(full: Path) -> None:
    erase(full)
    with Store.open(full) as store:
        before = store.edits()[0]
        figures = erasure.erase_person(store, NAME)
        assert store.edits()[0] == before
    assert figures == {"records": 0, "texts": 0, "history": 0, "authors": 0}


def test_who_erases_herself_is_not_the_author_of_the_gap(
    full: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from netvaerk_widgets.store import edit

    monkeypatch.setattr(edit, "_author", lambda: NAME)
    erase(full)
    assert bytes_of_name(full) == []


@pytest.mark.parametrize(
    "text",
    [
        "Karla Øksnebjergsen",
        "KARLA  ØKSNEBJERGSEN",
        "Karla\u00a0Øksnebjergsen",
        "karla\nøksnebjergsen",
        "Karla Øksnebjergsens liste",
        "Karla Øksnebjergsen's liste",
        "Karla Øksnebjergsen’s liste",
        "(Karla Øksnebjergsen)",
        "karla.oeksnebjergsen@x.invalid",
        "karla_oeksnebjergsen",
        "Karla-Øksnebjergsen",
        "KarlaØksnebjergsen",
        "Kar\u00adla Øksne\u200bbjergsen",
        "Karla O\u0308ksnebjergsen",
    ],
)
def test_the_name_is_found_however_it_is_written(text: str) -> None:
    pattern = erasure.name_pattern(NAME)
    assert pattern.search(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Ågård", "Aagaard"), ("Aagaard", "Ågård"), ("A\u030aga\u030ard", "Aagaard"),
        ("Sønder", "Soender"), ("Kjær", "Kjaer"), ("Hans", "Hans' bil"), ("a.b*c", "A.B*C"),
    ],
)  # fmt: skip
def test_old_and_new_spellings_are_one(name: str, text: str) -> None:
    assert erasure.name_pattern(name).search(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize(
    ("name", "text"),
    [("Bodil", "Bodilsker"), ("Per Son", "personale"), ("Ane", "Jane")],
)
def test_a_longer_word_is_not_the_name(name: str, text: str) -> None:
    assert not erasure.name_pattern(name).search(text)


@pytest.mark.parametrize("short", ["", "  ", "Bo", "B.", "\u0308"])
def test_too_short_a_name_is_refused(short: str) -> None:
    with pytest.raises(StoreError, match="for kort"):
        erasure.name_pattern(short)


def test_a_text_that_the_gap_makes_too_long_goes_whole(file: Path) -> None:
    with Store.open(file, create=True) as store:
        store.append([new_edit(THEME, "Bob " * 50_000)])
        erasure.erase_person(store, "Bob")
        assert store.network(ID).single("theme").value("statement") is None
    assert b"Bob" not in file.read_bytes()


def test_a_whole_network_goes_and_its_title_with_it(full: Path) -> None:
    with Store.open(full) as store:
        assert erasure.erase_network(store, ID, journalised="Sag 26/2") == 5
        assert store.networks() == {}
        assert {edit.value for edit in store.edits()[0]} == {None}
    assert bytes_of_name(full) == []
    assert b"fyld" not in full.read_bytes()


def test_one_record_goes_and_the_others_stay(full: Path) -> None:
    with Store.open(full) as store:
        assert erasure.erase_record(store, CONTACT) == 3
        assert list(store.network(ID).records("contact")) == []
        assert len(list(store.network(ID).records("observation"))) == 1


def test_an_author_whose_machine_writes_marks_apart_is_found(file: Path) -> None:
    apart = unicodedata.normalize("NFD", "Åse Årup")
    with Store.open(file, create=True) as store:
        store.append([dataclasses.replace(new_edit(THEME, "Tekst"), author=apart)])
        assert len(erasure.traces(store, "Åse Årup")) == 1
        assert erasure.erase_person(store, "Åse Årup")["authors"] == 1
    assert apart.encode() not in file.read_bytes()
