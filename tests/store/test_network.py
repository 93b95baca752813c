"""Applying edits in any order, any number of times, gives the same network."""

from __future__ import annotations

import dataclasses
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from written import ID, network_of, record_edits

from netvaerk_widgets.records import KINDS, single_record_id
from netvaerk_widgets.store import Address, Edit, Network, new_edit

FIELDS = ("name", "role", "deleted")
RECORDS = ("a" * 36, "b" * 36)


@st.composite
def histories(draw: st.DrawFn) -> list[Edit]:
    """Edits by writers who each saw some of what was there, also of other fields and records."""
    edits: list[Edit] = []
    for number in range(draw(st.integers(0, 12))):
        field = draw(st.sampled_from(FIELDS))
        value = draw(st.booleans() if field == "deleted" else st.sampled_from(["x", "y", None]))
        seen = draw(st.lists(st.sampled_from(edits), unique=True)) if edits else []
        edit = new_edit(
            Address(ID, draw(st.sampled_from(RECORDS)), "contact", field),
            value,
            edit_id=f"edit-{number}",
            replaces=[edit.edit_id for edit in seen],
        )
        second = draw(st.integers(0, 3))  # clocks may agree, and may run backwards
        edits.append(dataclasses.replace(edit, at=f"2026-11-23T10:00:0{second}.000Z"))
    return edits


def state(network: Network) -> dict[str, Any]:
    records = [network.record(id_) for id_ in RECORDS]
    shown = [record.record_id for record in network.records("contact")]
    return {"shown": shown} | {
        record.record_id: (record.since, record.heads, record.deleted)
        for record in records
        if record
    }


@given(st.data())
def test_the_order_of_arrival_does_not_matter_nor_does_arriving_twice(data: st.DataObject) -> None:
    edits = data.draw(histories())
    again = data.draw(st.lists(st.sampled_from(edits))) if edits else []
    shuffled = data.draw(st.permutations([*edits, *again]))

    assert state(Network(ID, shuffled)) == state(Network(ID, edits))


@given(histories())
def test_a_field_shows_the_edits_that_no_other_edit_of_it_replaces(edits: list[Edit]) -> None:
    network = Network(ID, edits)
    for edit in edits:
        same = [e for e in edits if (e.record_id, e.field) == (edit.record_id, edit.field)]
        replaced = {id_ for other in same for id_ in other.replaces}
        record = network.record(edit.record_id)
        assert record is not None
        assert set(record.heads[edit.field]) == {e for e in same if e.edit_id not in replaced}


def test_two_who_write_the_same_are_not_in_conflict() -> None:
    id_ = single_record_id(ID, "theme")
    network = network_of(
        record_edits("theme", {"statement": "Ens"}), record_edits("theme", {"statement": "Ens"})
    )
    theme = network.single("theme")
    assert theme.record_id == id_
    assert len(theme.heads["statement"]) == 2
    assert not theme.in_conflict("statement")


def test_one_who_brings_back_without_seeing_a_second_deletion_wins() -> None:
    """What a person still wants to see is never hidden by somebody who did not know."""
    address = Address(ID, "c" * 36, "contact", "deleted")
    first = new_edit(address, True)
    back = new_edit(address, False, replaces=[first.edit_id])
    back = dataclasses.replace(back, at="2000-01-01T00:00:00.000Z")  # a slow clock decides nothing
    again = new_edit(address, True, replaces=[first.edit_id])
    name = record_edits("contact", {"name": "Hanne"}, "c" * 36)
    network = network_of(name, [first, back, again])
    assert [record.text("name") for record in network.records("contact")] == ["Hanne"]


def test_nothing_is_written_yet_reads_as_empty_everywhere() -> None:
    network = Network(ID)
    assert network.title == ""
    assert list(network.records(*KINDS)) == []
    assert network.record("a" * 36) is None
    empty = network.assessment("welfare")
    assert (empty.value("status"), empty.text("how"), empty.ids("how")) == (None, "", [])
    assert not empty.deleted
    assert not empty.answered
