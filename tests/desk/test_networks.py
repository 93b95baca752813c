"""Which network is open, the example, and two who have the same file open."""

from __future__ import annotations

import threading
import time
import uuid
from pathlib import Path

import pytest
from browserless import begun, on_disk, page

from netvaerk_widgets.desk import PARTS, Desk
from netvaerk_widgets.records import single_record_id
from netvaerk_widgets.store import Edit, Store


def test_a_new_network_is_open_at_once_in_every_form(desk: Desk, file: Path) -> None:
    theme, chooser = page(desk, "theme"), page(desk, "chooser")
    assert theme.setup["network"] is None

    id_ = begun(desk, "  Nord  ")

    assert theme.setup["network"] == id_
    assert "message" not in theme.setup
    assert [list(one) for one in chooser.setup["networks"]] == [[id_, "Nord"]]
    with Store.open(file) as store:
        assert store.chosen_network() == id_


def test_a_network_without_a_title_is_not_made(desk: Desk, file: Path) -> None:
    answer = page(desk, "chooser").act("new_network", title="   ")
    assert "mangler et navn" in answer["why"]
    assert on_disk(file) == []


def test_a_title_that_cannot_be_kept_is_refused_with_its_label(desk: Desk, file: Path) -> None:
    answer = page(desk, "chooser").act("new_network", title="a\0b")
    assert f'"{desk.method.fields["network"]["title"].label}"' in answer["why"]
    assert on_disk(file) == []


def test_switching_shows_the_other_networks_answers_and_loses_none(desk: Desk) -> None:
    north = begun(desk, "Nord")
    page(desk, "theme").edit(single_record_id(north, "theme"), "theme", "statement", "Nords")
    south = begun(desk, "Syd")
    form = page(desk, "theme")
    assert form.records == {}
    form.edit(single_record_id(south, "theme"), "theme", "statement", "Syds")

    assert "done" in page(desk, "chooser").act("choose_network", chosen=north)
    form = page(desk, "theme")
    assert form.setup["network"] == north
    assert form.shown(single_record_id(north, "theme"), "statement") == ["Nords"]
    assert single_record_id(south, "theme") not in form.records


def test_an_edit_under_way_lands_in_the_network_it_was_written_in(desk: Desk) -> None:
    north = begun(desk, "Nord")
    begun(desk, "Syd")
    theme = single_record_id(north, "theme")
    answer = page(desk, "theme").edit(theme, "theme", "statement", "Sent", network=north)
    assert "done" in answer
    assert desk.store.network(north).single("theme").text("statement") == "Sent"
    assert desk.network is not None
    assert desk.network.single("theme").text("statement") == ""


def test_a_network_there_is_none_of_is_not_chosen(desk: Desk) -> None:
    north = begun(desk, "Nord")
    answer = page(desk, "chooser").act("choose_network", chosen=str(uuid.uuid4()))
    assert "findes ikke længere" in answer["why"]
    assert page(desk, "theme").setup["network"] == north


def test_a_changed_title_shows_in_the_chooser_also_when_another_changed_it(
    desk: Desk, other_desk: Desk
) -> None:
    id_ = begun(desk, "Nord")
    chooser = page(desk, "chooser")
    page(desk, "head").edit(id_, "network", "title", "Nordvest")
    assert [list(one) for one in chooser.setup["networks"]] == [[id_, "Nordvest"]]

    other_desk.pull()
    other_desk.choose(id_)
    page(other_desk, "head").edit(id_, "network", "title", "Nordnordvest")
    chooser.act("ping")
    assert [list(one) for one in chooser.setup["networks"]] == [[id_, "Nordnordvest"]]


def test_the_example_is_marked_fills_every_form_and_leaves_without_trace_on_others(
    desk: Desk, file: Path
) -> None:
    north = begun(desk, "Nord")
    page(desk, "theme").edit(single_record_id(north, "theme"), "theme", "statement", "Mit")
    before = on_disk(file)
    chooser = page(desk, "chooser")
    assert not chooser.setup["example"]

    assert "done" in chooser.act("add_example")
    assert chooser.setup["example"]
    assert desk.network is not None
    assert desk.network.single("network").text("example") == "yes"
    assert desk.network.title.startswith("Eksempel")
    for name in PARTS:
        form = page(desk, name)
        if desk.form(name).kinds:
            assert form.records, name

    assert "done" in chooser.act("remove_example")
    assert page(desk, "theme").setup["network"] == north
    assert not chooser.setup["example"]
    with Store.open(file) as store:
        assert list(store.networks().values()) == ["Nord"]
        assert store.edits(north)[0] == before


def test_a_network_that_is_no_example_is_never_removed_as_one(desk: Desk, file: Path) -> None:
    begun(desk)
    before = on_disk(file)
    assert "refused" in page(desk, "chooser").act("remove_example")
    assert on_disk(file) == before


def test_a_network_that_another_removes_leaves_the_screen(desk: Desk, other_desk: Desk) -> None:
    page(desk, "chooser").act("add_example")
    form = page(desk, "theme")
    assert desk.network is not None
    id_ = desk.network.network_id
    other_desk.pull()
    other_desk.choose(id_)
    assert "done" in page(other_desk, "chooser").act("remove_example")

    assert "done" in form.act("ping")
    assert form.setup["network"] is None
    assert form.setup["message"] == desk.method.labels["choose_network_first"]


def test_two_on_one_file_stay_in_step_when_they_ask(desk: Desk, other_desk: Desk) -> None:
    network = begun(desk)
    theme = single_record_id(network, "theme")
    other_desk.pull()
    other_desk.choose(network)
    here, there = page(desk, "theme"), page(other_desk, "theme")

    here.edit(theme, "theme", "statement", "Herfra")
    assert there.shown(theme, "statement") == []
    there.act("ping")
    assert there.shown(theme, "statement") == ["Herfra"]

    there.edit(theme, "theme", "statement", "Derfra")
    here.act("ping")
    assert here.shown(theme, "statement") == ["Derfra"]


def test_two_who_write_at_once_both_see_both_texts_until_one_is_chosen(
    desk: Desk, other_desk: Desk
) -> None:
    network = begun(desk)
    theme = single_record_id(network, "theme")
    other_desk.pull()
    other_desk.choose(network)
    here, there = page(desk, "theme"), page(other_desk, "theme")
    here.edit(theme, "theme", "statement", "Udgangspunkt")
    there.act("ping")

    here.edit(theme, "theme", "statement", "Herfra")
    there.edit(theme, "theme", "statement", "Derfra")
    here.act("ping")
    assert sorted(here.shown(theme, "statement")) == ["Derfra", "Herfra"]
    assert sorted(there.shown(theme, "statement")) == ["Derfra", "Herfra"]

    there.edit(theme, "theme", "statement", "Begge dele")
    here.act("ping")
    assert here.shown(theme, "statement") == ["Begge dele"]


def test_forms_may_be_used_from_several_threads_at_once(
    desk: Desk, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theme = single_record_id(begun(desk), "theme")
    refused: list[Exception] = []
    inside: list[int] = []
    append = desk.store.append

    def slow_append(edits: list[Edit]) -> list[Edit]:
        inside.append(threading.get_ident())
        time.sleep(0.002)
        assert set(inside) == {threading.get_ident()}, "two at once"
        written = append(edits)
        inside.clear()
        return written

    monkeypatch.setattr(desk.store, "append", slow_append)

    def write(field: str) -> None:
        for turn in range(20):
            message = {"do": "edit", "id": str(uuid.uuid4()), "record": theme, "kind": "theme"}
            message |= {"network": desk.network and desk.network.network_id, "replaces": []}
            try:
                desk._asked(message | {"field": field, "value": f"{field} {turn}"})
            except Exception as error:  # noqa: BLE001 - a thread's error would go unseen
                refused.append(error)

    for name in PARTS:
        desk.form(name)
    fields = ("statement", "known", "unknown", "frames")
    threads = [threading.Thread(target=write, args=(field,)) for field in fields]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == []
    assert len([edit for edit in on_disk(file) if edit.kind == "theme"]) == 80
