"""What each form is told: JSON, in the method's words, without what is hidden."""

from __future__ import annotations

import json

import pytest
from written import ID, network_of, record_edits

from netvaerk_widgets.acts import deletion
from netvaerk_widgets.desk import PARTS
from netvaerk_widgets.method import Method
from netvaerk_widgets.records import KINDS, single_record_id
from netvaerk_widgets.screen import Place, record_on_screen, words
from netvaerk_widgets.store import Network, Record


def setups(method: Method, network: Network) -> dict[str, str]:
    place = Place("file", {ID: "Nord"}, network)
    return {name: json.dumps(part.setup(method, place)) for name, part in PARTS.items()}


def test_every_form_is_told_json(method: Method) -> None:
    assert setups(method, Network(ID)).keys() == PARTS.keys()
    assert json.dumps(PARTS["chooser"].setup(method, Place("file", {}, None)))
    for name, part in PARTS.items():
        assert isinstance(json.dumps(part.notes(method, Network(ID))), str), name


def shown_fields(method: Method) -> set[str]:
    """Return the fields that some form asks for, as ``kind.field``."""
    place, found = Place("file", {ID: "Nord"}, Network(ID)), set()

    def look(part: object, kind: str) -> None:
        if isinstance(part, dict):
            if {"name", "type", "label"} <= part.keys():
                found.add(f"{kind}.{part['name']}")
            for one in part.values():
                look(one, kind)
        elif isinstance(part, list):
            for one in part:
                look(one, kind)

    for part in PARTS.values():
        for kind in part.widget.kinds:
            look(part.setup(method, place), kind)
    return found


def test_every_field_is_asked_for_somewhere_unless_it_is_hidden(method: Method) -> None:
    asked = shown_fields(method)
    for kind in KINDS.values():
        for field in kind.fields:
            here = f"{kind.name}.{field.name}" in asked
            assert here != (field.hidden or field.retired), f"{kind.name}.{field.name}"


def test_a_record_is_shown_whole_to_its_form_and_by_title_to_others(method: Method) -> None:
    network = network_of(record_edits("contact", {"name": "Hanne"}, "c" * 36))
    contact = network.record("c" * 36)
    assert contact is not None
    (head,) = contact.heads["name"]

    shown = record_on_screen(method, network, contact, frozenset({"contact"}))
    assert shown is not None
    assert shown["f"] == {"name": [[head.edit_id, "Hanne"]]}
    named = record_on_screen(method, network, contact, frozenset())
    assert named == {"k": "contact", "t": shown["t"]}
    assert "Hanne" in shown["t"]


def test_a_deleted_or_unwritten_record_is_gone_from_the_screen(method: Method) -> None:
    network = network_of(record_edits("contact", {"name": "Hanne"}, "c" * 36))
    contact = network.record("c" * 36)
    assert contact is not None
    network.apply(deletion(network, contact))
    everything = frozenset(KINDS)
    assert record_on_screen(method, network, contact, everything) is None
    assert record_on_screen(method, network, Record("d" * 36, "contact", ""), everything) is None
    assert record_on_screen(method, network, None, everything) is None


@pytest.mark.parametrize("word", ["language", "saving", "saved", "not_saved", "no_answer"])
def test_the_words_all_forms_share_are_known_without_their_prefix(
    method: Method, word: str
) -> None:
    assert words(method)[word]
    assert not [name for name in words(method) if name.startswith("form_")]


def test_a_form_of_one_record_knows_which(method: Method) -> None:
    told = {name: json.loads(text) for name, text in setups(method, Network(ID)).items()}
    assert told["head"]["record"] == ID
    assert told["theme"]["record"] == single_record_id(ID, "theme")
    assert told["network_type"]["record"] == single_record_id(ID, "type_check")
    records = [one["record"] for one in told["characteristics"]["characteristics"]]
    assert records == [single_record_id(ID, "assessment", c.id) for c in method.characteristics]
