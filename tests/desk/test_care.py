"""The past of a text, copies of the file, one person written in two ways, and erasing for good."""

from __future__ import annotations

import base64
import uuid
from pathlib import Path

import pytest
from browserless import Page, begun, page

from netvaerk_widgets import acts
from netvaerk_widgets.desk import Desk
from netvaerk_widgets.records import single_record_id
from netvaerk_widgets.store import Store, backup

JOURNALISED = "Notat lagt på sagen"


def theme_of(network: str) -> str:
    return single_record_id(network, "theme")


def upload(care: Page, file: Path, size: int = 20_000) -> None:
    content = file.read_bytes()
    for number, start in enumerate(range(0, len(content), size)):
        piece = base64.b64encode(content[start : start + size]).decode()
        assert "done" in care.act("copy_chunk", number=number, data=piece)


def contact(desk: Desk, name: str) -> str:
    record = str(uuid.uuid4())
    page(desk, "contacts").edit(record, "contact", "name", name)
    return record


def test_every_version_of_a_field_is_told_with_what_changed_and_why(desk: Desk) -> None:
    network = begun(desk)
    theme, log = page(desk, "theme"), page(desk, "log")
    theme.edit(theme_of(network), "theme", "statement", "Børn mangler ord.")
    entry = str(uuid.uuid4())
    log.edit(entry, "log", "after", "Børn mangler ord i skolegården.")
    log.act("rewrite_theme", record=entry)
    address = {"record": theme_of(network), "kind": "theme", "field": "statement"}
    newest, oldest = theme.act("history", **address)["story"]
    assert oldest["pieces"] == [["in", "Børn mangler ord."]]
    assert ["in", " i skolegården"] in newest["pieces"]
    assert newest["cause"].startswith("Grunden: ")
    assert newest["value"] == "Børn mangler ord i skolegården."
    assert page(desk, "path").notes["story"] == [newest, oldest]


def test_a_choice_is_told_in_words_and_not_by_its_id(desk: Desk) -> None:
    network = begun(desk)
    head = page(desk, "head")
    head.edit(network, "network", "network_type", "welfare")
    address = {"record": network, "kind": "network", "field": "network_type"}
    (only,) = head.act("history", **address)["story"]
    assert only["pieces"] == [["in", "Velfærdsnetværk"]]


def test_a_copy_is_compared_without_writing_and_then_taken_in_after_a_backup(
    desk: Desk, file: Path, tmp_path: Path
) -> None:
    network = begun(desk)
    care = page(desk, "keeper")
    copy = backup.back_up(file, tmp_path / "mettes.netvaerk")
    with Store.open(copy) as theirs:
        there = theirs.network(network)
        theirs.append([acts.changed(there, there.single("theme"), "frames", "Inden jul")])
    upload(care, copy)
    before = file.read_bytes()
    told = care.act("copy_compare")
    assert told["news"]
    assert told["lines"] == ["Nyt eller ændret i tema: 1"]
    assert file.read_bytes() == before
    assert not backup.backups(file)
    assert "hel frem" in care.act("copy_merge", which="en andens")["why"]
    care.act("copy_merge", which=told["which"])
    assert len(backup.backups(file)) == 1
    assert page(desk, "theme").shown(theme_of(network), "frames") == ["Inden jul"]


def test_a_copy_that_brings_nothing_says_so(desk: Desk, file: Path, tmp_path: Path) -> None:
    begun(desk)
    care = page(desk, "keeper")
    upload(care, backup.back_up(file, tmp_path / "kopi.netvaerk"))
    told = care.act("copy_compare")
    assert told["news"] is False
    assert told["lines"] == ["Kopien har ikke noget, der ikke står her i forvejen."]


@pytest.mark.parametrize("content", [b"<html></html>", b"", b"SQLite format 3\0" + bytes(84)])
def test_a_copy_that_is_none_is_refused_in_a_sentence(desk: Desk, content: bytes) -> None:
    begun(desk)
    care = page(desk, "keeper")
    care.act("copy_chunk", number=0, data=base64.b64encode(content).decode())
    refused = care.act("copy_compare")
    assert "refused" in refused
    assert "Traceback" not in refused["why"]


def test_a_piece_of_a_copy_that_is_missing_is_noticed_and_one_sent_twice_counts_once(
    desk: Desk,
) -> None:
    begun(desk)
    care = page(desk, "keeper")
    half = base64.b64encode(b"SQLite").decode()
    assert "done" in care.act("copy_chunk", number=0, data=half)
    assert "done" in care.act("copy_chunk", number=1, data=half)
    assert "done" in care.act("copy_chunk", number=1, data=half)
    assert desk.received.path.read_bytes() == b"SQLiteSQLite"
    assert "hel frem" in care.act("copy_chunk", number=3, data=half)["why"]
    assert "hel frem" in care.act("copy_chunk", number=2, data="ikke base64")["why"]


def test_two_spellings_are_proposed_as_one_person_and_can_be_parted_again(desk: Desk) -> None:
    begun(desk)
    a, b = sorted([contact(desk, "Kirsten Aagaard"), contact(desk, "K. Ågård")])
    contacts = page(desk, "contacts")
    assert [pair[:2] for pair in contacts.notes["pairs"]] == [[a, b]]
    contacts.act("same_person", a=a, b=b)
    assert contacts.notes["pairs"] == []
    assert [pair[:2] for pair in contacts.notes["same"]] == [[a, b]]
    contacts.act("part_person", a=a, b=b)
    assert contacts.notes["same"] == []
    contacts.act("different_person", a=a, b=b)
    assert contacts.notes == {"pairs": [], "same": []}


def test_a_person_is_erased_only_after_journalising_and_is_then_gone_everywhere(
    desk: Desk, file: Path
) -> None:
    network = begun(desk)
    record = contact(desk, "Kirsten Eksempelsen")
    theme = page(desk, "theme")
    theme.edit(theme_of(network), "theme", "known", "Kirsten Eksempelsen har talt dem.")
    care = page(desk, "keeper")
    found = care.act("traces", words="kirsten  eksempelsen")
    assert len(found["places"]) == 2
    assert [id_ for id_, _ in found["whole"]] == [record]

    facts = {"words": "Kirsten Eksempelsen", "records": [record]}
    assert "journaliseret" in care.act("erase_person", journalised=" ", **facts)["why"]
    assert b"Eksempelsen" in file.read_bytes()
    assert "done" in care.act("erase_person", journalised=JOURNALISED, **facts)
    assert b"Eksempelsen" not in file.read_bytes()
    assert record not in page(desk, "contacts").records
    assert theme.shown(theme_of(network), "known") == ["[slettet] har talt dem."]
    again = page(desk, "contacts").edit(record, "contact", "name", "Kirsten Eksempelsen")
    assert "findes ikke længere" in again["why"]
    (receipt,) = desk.store.receipts()
    assert receipt["journalised"] == JOURNALISED
    assert "Kirsten" not in str(receipt)


def test_a_network_is_erased_whole_and_leaves_the_screen(desk: Desk, file: Path) -> None:
    network = begun(desk, "Nord")
    theme = page(desk, "theme")
    theme.edit(theme_of(network), "theme", "known", "Noget meget særligt")
    care = page(desk, "keeper")
    assert "journaliseret" in care.act("erase_network", journalised="")["why"]
    assert "done" in care.act("erase_network", journalised=JOURNALISED)
    assert desk.network is None
    assert page(desk, "chooser").setup["networks"] == []
    assert "særligt".encode() not in file.read_bytes()


def test_a_network_past_its_date_is_told_of_and_nothing_is_deleted(desk: Desk) -> None:
    network = begun(desk)
    chooser = page(desk, "chooser")
    page(desk, "head").edit(network, "network", "keep_until", "2999-12-31")
    assert chooser.notes["warning"] == ""
    page(desk, "head").edit(network, "network", "keep_until", "2020-02-01")
    assert "1. februar 2020" in chooser.notes["warning"]
    assert desk.network is not None


def test_an_edit_whose_ids_no_merge_would_accept_is_not_written(desk: Desk, file: Path) -> None:
    network = begun(desk)
    theme = page(desk, "theme")
    before = file.read_bytes()
    answer = theme.edit(theme_of(network), "theme", "known", "x", id="1 eller 2")
    assert "refused" in answer
    assert file.read_bytes() == before


def test_what_is_written_on_a_deleted_record_brings_it_back_to_be_seen(desk: Desk) -> None:
    begun(desk)
    record = contact(desk, "Amir")
    contacts = page(desk, "contacts")
    contacts.act("delete", record=record)
    assert record not in contacts.records
    assert "done" in contacts.edit(record, "contact", "role", "Skrevet samtidig")
    assert contacts.shown(record, "role") == ["Skrevet samtidig"]


def test_nothing_is_said_to_be_saved_in_a_network_that_is_gone(desk: Desk) -> None:
    network = begun(desk)
    contacts = page(desk, "contacts")
    page(desk, "keeper").act("erase_network", journalised=JOURNALISED)
    edit = {"do": "edit", "id": str(uuid.uuid4()), "network": network, "replaces": []}
    edit |= {"record": str(uuid.uuid4()), "kind": "contact", "field": "name", "value": "Amir"}
    assert "findes ikke længere" in contacts.say(edit)["why"]


def test_a_backup_that_cannot_be_read_is_told_of_and_does_not_stop_the_search(
    desk: Desk, file: Path
) -> None:
    begun(desk)
    contact(desk, "Kirsten Eksempelsen")
    backup.back_up(file).write_bytes(b"")
    found = page(desk, "keeper").act("traces", words="Kirsten Eksempelsen")
    assert any("kan ikke læses" in place for place in found["places"])
    assert found["whole"]
