"""Adding, deleting, bringing back; parking an idea; rewriting the theme; who hears of what."""

from __future__ import annotations

import uuid

import pytest
from browserless import Page, begun, page

from netvaerk_widgets.desk import Desk
from netvaerk_widgets.records import single_record_id
from netvaerk_widgets.store import Network


def network_of(desk: Desk) -> Network:
    """Return the open network as it stands in the file."""
    assert desk.network is not None
    return desk.store.network(desk.network.network_id)


def added(form: Page, kind: str, **values: object) -> str:
    record_id = str(uuid.uuid4())
    for field, value in values.items():
        assert "done" in form.edit(record_id, kind, field, value)
    return record_id


def test_a_deleted_record_leaves_every_form_and_undo_brings_it_back(desk: Desk) -> None:
    begun(desk)
    contacts, ideas = page(desk, "contacts"), page(desk, "ideas")
    id_ = added(contacts, "contact", name="Hanne", role="Sagsbehandler")
    assert ideas.records[id_]["t"]

    assert "done" in contacts.act("delete", record=id_)
    assert id_ not in contacts.records
    assert id_ not in ideas.records
    assert list(network_of(desk).records("contact")) == []

    assert "done" in contacts.act("bring_back", record=id_)
    assert contacts.shown(id_, "name") == ["Hanne"]
    assert id_ in ideas.records
    assert [one.text("role") for one in network_of(desk).records("contact")] == ["Sagsbehandler"]


@pytest.mark.parametrize("act", ["delete", "bring_back", "park_idea", "rewrite_theme"])
def test_an_act_on_a_record_there_is_none_of_is_refused(desk: Desk, act: str) -> None:
    begun(desk)
    answer = page(desk, "contacts").act(act, record=str(uuid.uuid4()), text="")
    assert "findes ikke længere" in answer["why"]


def test_every_form_that_shows_a_record_hears_of_it_and_others_do_not(desk: Desk) -> None:
    begun(desk)
    forms = {name: page(desk, name) for name in ("contacts", "log", "ideas", "theme", "field_walk")}
    id_ = added(forms["contacts"], "contact", name="Hanne")

    assert {name for name, form in forms.items() if id_ in form.records} == {
        "contacts",
        "log",
        "ideas",
    }
    assert "f" in forms["contacts"].records[id_]
    assert "f" not in forms["log"].records[id_], "the log names it and shows no more of it"
    assert "Hanne" in forms["log"].records[id_]["t"]


def test_a_form_opened_later_shows_what_was_written_before(desk: Desk) -> None:
    begun(desk)
    id_ = added(page(desk, "contacts"), "contact", name="Hanne")
    desk.forms.clear()
    assert page(desk, "contacts").shown(id_, "name") == ["Hanne"]


def test_an_assessment_knows_its_characteristic_from_the_first_answer(desk: Desk) -> None:
    network = begun(desk)
    id_ = single_record_id(network, "assessment", "welfare")
    checklist = page(desk, "characteristics")
    checklist.edit(id_, "assessment", "status", "yes")
    checklist.edit(id_, "assessment", "how", "Borgeren mærker det")

    record = network_of(desk).assessment("welfare")
    assert record.value("characteristic") == "welfare"
    assert len(record.heads["characteristic"]) == 1


def test_an_answer_without_its_text_is_saved_and_pointed_out(desk: Desk) -> None:
    network = begun(desk)
    id_ = single_record_id(network, "assessment", "welfare")
    checklist = page(desk, "characteristics")
    assert checklist.notes == {}

    assert "done" in checklist.edit(id_, "assessment", "status", "yes")
    assert checklist.notes == {id_: desk.method.labels["gap_how"]}
    checklist.edit(id_, "assessment", "how", "Borgeren mærker det")
    assert checklist.notes == {}


def test_the_overview_and_the_type_argue_from_what_was_just_saved(desk: Desk) -> None:
    network = begun(desk)
    overview, types = page(desk, "overview"), page(desk, "network_type")
    before = overview.notes
    types.edit(single_record_id(network, "type_check"), "type_check", "knowledge_lacking", "yes")

    assert "Læringsnetværk" in types.notes["headline"]
    assert overview.notes != before


def test_a_parked_solution_is_an_idea_that_knows_where_it_came_from(desk: Desk) -> None:
    begun(desk)
    sources, ideas = page(desk, "knowledge_search"), page(desk, "ideas")
    id_ = added(sources, "source", title="Rapport", angle="Byg en app")
    assert "done" in sources.act("park_idea", record=id_, text="Byg en app")

    (idea,) = network_of(desk).records("idea")
    assert idea.text("text") == "Byg en app"
    assert idea.ids("comes_from") == [id_]
    assert {head.cause for heads in idea.heads.values() for head in heads} == {id_}
    assert ideas.shown(idea.record_id, "text") == ["Byg en app"]
    assert sources.shown(id_, "angle") == ["Byg en app"], "parking takes nothing away"


@pytest.mark.parametrize("text", [None, "", "  \n"])
def test_nothing_is_not_parked(desk: Desk, text: str | None) -> None:
    begun(desk)
    sources = page(desk, "knowledge_search")
    id_ = added(sources, "source", title="Rapport")
    assert "løsning at parkere" in sources.act("park_idea", record=id_, text=text)["why"]
    assert list(network_of(desk).records("idea")) == []


def test_what_was_learned_rewrites_the_theme_and_stands_as_the_cause(desk: Desk) -> None:
    network = begun(desk)
    theme_id = single_record_id(network, "theme")
    theme, log = page(desk, "theme"), page(desk, "log")
    theme.edit(theme_id, "theme", "statement", "Før")
    entry = added(log, "log", new_knowledge="De siger nej tak", after="Efter")

    assert "done" in log.act("rewrite_theme", record=entry)

    assert theme.shown(theme_id, "statement") == ["Efter"]
    now = network_of(desk)
    (head,) = now.single("theme").heads["statement"]
    assert head.cause == entry
    record = now.record(entry)
    assert record is not None
    assert record.text("before") == "Før"

    again = log.act("rewrite_theme", record=entry)
    assert "ikke noget nyt" in again["why"]


def test_500_records_are_all_shown_and_an_edit_sends_only_what_changed(desk: Desk) -> None:
    begun(desk)
    form = page(desk, "field_walk")
    ids = [added(form, "observation", place=f"Sted {number}") for number in range(500)]
    assert len(form.records) == 500
    heard = len(form.answers)
    form.edit(ids[250], "observation", "quote", "Et citat")
    sent = [one["records"] for one in form.answers[heard:] if "records" in one]
    assert [list(records) for records in sent] == [[ids[250]]]
