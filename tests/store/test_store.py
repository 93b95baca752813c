"""What is written is there after reopening; the same on a file and on a shared database."""

from __future__ import annotations

import dataclasses
import threading
import uuid
from pathlib import Path

import pytest
from written import ID, hostile_edits, record_edits

from netvaerk_widgets.acts import changed, deletion, example_network, new_network
from netvaerk_widgets.errors import StoreError
from netvaerk_widgets.records import KINDS
from netvaerk_widgets.store import Address, Edit, Network, Record, Store, new_edit

Place = str | Path

STATEMENT = Address(ID, "a" * 36, "theme", "statement")


def write(place: Place, *edits: Edit) -> None:
    with Store.open(place, create=True) as store:
        store.append(edits)


def reopened(place: Place) -> Network:
    with Store.open(place) as store:
        return store.network(ID)


def theme(network: Network) -> Record:
    record = network.record(STATEMENT.record_id)
    assert record is not None
    return record


def test_what_was_appended_is_there_after_reopening_character_for_character(place: Place) -> None:
    edits = hostile_edits()
    write(place, *edits)

    with Store.open(place) as store:
        found, _ = store.edits(ID)
    assert found == edits
    assert {edit.kind for edit in found} == set(KINDS)


@pytest.mark.parametrize(
    ("field", "kind", "value"),
    [
        ("statement", "theme", "ÆØÅ æøå \U0001f469\u200d\U0001f467 \u202egnirts\u202c \\n \\u00e5"),
        ("statement", "theme", "linje\nlinje\n\n"),
        ("statement", "theme", "x" * 200_000),
        ("statement", "theme", None),
        ("duration", "observation", 45),
        ("characteristics", "source", ["welfare", "learning"]),
        ("deleted", "contact", True),
        ("deleted", "contact", False),
    ],
)
def test_every_kind_of_value_comes_back_as_it_was(
    place: Place, field: str, kind: str, value: object
) -> None:
    edit = new_edit(Address(ID, "a" * 36, kind, field), value)
    write(place, edit)
    with Store.open(place) as store:
        (found,) = store.edits()[0]
    assert found == edit
    assert type(found.value) is type(value)


def test_an_edit_sent_twice_is_written_once(place: Place) -> None:
    edit = new_edit(STATEMENT, "Første ord")
    with Store.open(place, create=True) as store:
        assert store.append([edit, edit]) == [edit]
        assert store.append([edit]) == []
        assert store.append([]) == []
    with Store.open(place) as store:
        assert store.append([edit]) == []
        assert store.edits()[0] == [edit]


def test_an_edit_already_there_is_never_changed_by_one_with_its_id(place: Place) -> None:
    edit = new_edit(STATEMENT, "Det, der stod")
    write(place, edit)
    write(place, dataclasses.replace(edit, value="Noget andet"))
    assert theme(reopened(place)).text("statement") == "Det, der stod"


def test_edits_come_in_order_of_arrival_from_the_point_one_has_read_to(place: Place) -> None:
    one, two, three = (new_edit(STATEMENT, text) for text in ("1", "2", "3"))
    other = new_edit(STATEMENT._replace(network_id=str(uuid.uuid4())), "andet netværk")
    with Store.open(place, create=True) as store:
        store.append([one, two])
        found, point = store.edits()
        assert found == [one, two]
        assert store.edits(after=point) == ([], point)
        store.append([other, three])
        assert store.edits(after=point)[0] == [other, three]
        assert store.edits(ID, after=point)[0] == [three]


def test_two_who_wrote_without_seeing_each_other_are_both_kept_until_one_chooses(
    place: Place,
) -> None:
    first = new_edit(STATEMENT, "Udgangspunktet")
    mine = new_edit(STATEMENT, "Min tekst", replaces=[first.edit_id])
    yours = new_edit(STATEMENT, "Din tekst", replaces=[first.edit_id])
    with Store.open(place, create=True) as me, Store.open(place) as you:
        me.append([first, mine])
        you.append([yours])

    conflict = theme(reopened(place))
    assert conflict.in_conflict("statement")
    assert {head.value for head in conflict.heads["statement"]} == {"Min tekst", "Din tekst"}

    write(place, changed(reopened(place), conflict, "statement", "Din tekst"))
    chosen = theme(reopened(place))
    assert not chosen.in_conflict("statement")
    assert chosen.text("statement") == "Din tekst"


def test_undo_is_one_more_edit_and_the_history_stays(place: Place) -> None:
    first = new_edit(STATEMENT, "Før")
    second = new_edit(STATEMENT, "Efter", replaces=[first.edit_id])
    write(place, first, second)
    network = reopened(place)
    write(place, changed(network, theme(network), "statement", first.value))

    assert theme(reopened(place)).text("statement") == "Før"
    with Store.open(place) as store:
        assert [edit.value for edit in store.edits()[0]] == ["Før", "Efter", "Før"]


def test_a_deleted_record_is_gone_and_can_be_brought_back(place: Place) -> None:
    write(place, *record_edits("contact", {"name": "Hanne"}, "c" * 36))
    network = reopened(place)
    contact = network.record("c" * 36)
    assert contact is not None
    write(place, *deletion(network, contact))
    gone = reopened(place)
    assert list(gone.records("contact")) == []

    contact = gone.record("c" * 36)
    assert contact is not None
    write(place, *deletion(gone, contact, deleted=False))
    assert [record.text("name") for record in reopened(place).records("contact")] == ["Hanne"]


def test_what_one_writes_in_a_record_that_another_deletes_is_kept(place: Place) -> None:
    write(place, *record_edits("contact", {"name": "Hanne"}, "c" * 36))
    network = reopened(place)
    contact = network.record("c" * 36)
    assert contact is not None
    written = changed(network, contact, "role", "Sagsbehandler")
    write(place, *deletion(network, contact))
    write(place, written)

    after = reopened(place)
    contact = after.record("c" * 36)
    assert contact is not None
    assert contact.deleted
    write(place, *deletion(after, contact, deleted=False))
    (back,) = reopened(place).records("contact")
    assert back.text("role") == "Sagsbehandler"


def test_networks_are_those_not_deleted_by_title_oldest_first(place: Place) -> None:
    north, south = new_network("Nord"), new_network("Syd")
    with Store.open(place, create=True) as store:
        assert store.networks() == {}
        store.append([*north, *south, *example_network()])
        titles = list(store.networks().values())
        assert titles[:2] == ["Nord", "Syd"]
        assert titles[2].startswith("Eksempel:")

        network = store.network(south[0].network_id)
        store.append(deletion(network, network.single("network")))
        network = store.network(north[0].network_id)
        store.append([changed(network, network.single("network"), "title", "Nordvest")])
    with Store.open(place) as store:
        assert list(store.networks().values()) == ["Nordvest", titles[2]]


def test_the_chosen_network_is_remembered_by_this_copy_and_is_no_edit(place: Place) -> None:
    north, south = new_network("Nord"), new_network("Syd")
    with Store.open(place, create=True) as store:
        assert store.chosen_network() is None
        store.append(north)
        assert store.chosen_network() == north[0].network_id, "the only one"
        store.append(south)
        assert store.chosen_network() is None, "we do not guess whose answers to show"
        store.choose_network(north[0].network_id)
        store.choose_network(south[0].network_id)
    with Store.open(place) as store:
        assert store.chosen_network() == south[0].network_id
        assert store.edits()[0] == [*north, *south]
        network = store.network(south[0].network_id)
        store.append(deletion(network, network.single("network")))
        assert store.chosen_network() == north[0].network_id


def test_a_store_opened_to_read_only_writes_nothing(place: Place) -> None:
    edit = new_edit(STATEMENT, "Står")
    write(place, edit)
    with Store.open(place, read_only=True) as store:
        store.choose_network(ID)
        with pytest.raises(StoreError) as refused:
            store.append([new_edit(STATEMENT, "Nyt")])
        assert refused.value.id == "file_read_only"
        assert store.edits()[0] == [edit]


def test_threads_write_at_once_and_readers_miss_none(place: Place) -> None:
    threads, each = 8, 50
    seen: list[Edit] = []
    done = threading.Event()
    with Store.open(place, create=True, wait=60) as store:

        def write_some(number: int) -> None:
            for turn in range(each):
                store.append([new_edit(STATEMENT, f"{number}:{turn}")])

        def follow() -> None:
            point = 0
            while True:
                last = done.is_set()
                found, point = store.edits(after=point)
                seen.extend(found)
                if last and not found:
                    return

        reader = threading.Thread(target=follow)
        writers = [threading.Thread(target=write_some, args=(n,)) for n in range(threads)]
        for thread in (reader, *writers):
            thread.start()
        for thread in writers:
            thread.join()
        done.set()
        reader.join()
    with Store.open(place) as store:
        assert store.edits()[0] == seen
    assert len({edit.value for edit in seen}) == threads * each
