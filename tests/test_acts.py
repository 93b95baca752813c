"""Acts beyond filling in a field: each is a list of edits."""

from __future__ import annotations

import datetime
import tomllib

import pytest
from written import ID, network_of, record_edits

from netvaerk_widgets.acts import (
    EXAMPLES,
    changed,
    check_choice,
    deletion,
    example_network,
    new_network,
    parked_idea,
    rewritten_theme,
)
from netvaerk_widgets.errors import ValueRefusedError, WorkbookError
from netvaerk_widgets.method import Method
from netvaerk_widgets.records import KINDS
from netvaerk_widgets.store import Address, Network, Record, new_edit


def record(network: Network, record_id: str) -> Record:
    found = network.record(record_id)
    assert found is not None
    return found


def test_a_new_network_has_its_title_and_nothing_else() -> None:
    (edit,) = new_network("  Sammen om de unge ")
    assert (edit.kind, edit.field, edit.value) == ("network", "title", "Sammen om de unge")
    assert edit.record_id == edit.network_id
    assert new_network("Nord")[0].network_id != new_network("Nord")[0].network_id


@pytest.mark.parametrize("blank", ["", "   ", "\t\n"])
def test_a_network_without_a_title_is_refused(blank: str) -> None:
    with pytest.raises(WorkbookError, match="mangler et navn"):
        new_network(blank)


def example() -> Network:
    edits = example_network()
    return Network(edits[0].network_id, edits)


def test_the_example_says_that_it_is_one_and_fills_every_kind() -> None:
    network = example()
    assert network.single("network").value("example") == "yes"
    for kind in KINDS:
        assert list(network.records(kind)), kind


def test_the_example_holds_exactly_what_its_file_says() -> None:
    content = tomllib.loads((EXAMPLES / "example.da.toml").read_text(encoding="utf-8"))
    network = example()
    for kind, filled in content.items():
        rows = filled if isinstance(filled, list) else [filled]
        for row, found in zip(rows, network.records(kind), strict=True):
            for field in set(row) - {"key"}:
                if KINDS[kind].field(field).type == "records":
                    named = [record(network, id_) for id_ in found.ids(field)]
                    assert len(named) == len(row[field])
                    kinds = KINDS[kind].field(field).choices.split()
                    assert {one.kind for one in named} <= set(kinds)
                else:
                    assert found.value(field) == row[field]


def test_two_examples_are_two_networks_with_no_record_in_common() -> None:
    one, two = example_network(), example_network()
    assert {edit.record_id for edit in one} & {edit.record_id for edit in two} == set()


def test_the_example_is_written_before_now_in_the_order_it_is_shown() -> None:
    times = [edit.at for edit in example_network()]
    assert times == sorted(times)
    assert times[-1] <= datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")


def test_a_change_replaces_all_that_stands_also_a_conflict() -> None:
    network = network_of(
        record_edits("theme", {"statement": "Den ene"}),
        record_edits("theme", {"statement": "Den anden"}),
    )
    theme = network.single("theme")
    edit = changed(network, theme, "statement", "Begge", cause="c" * 36)
    assert set(edit.replaces) == {head.edit_id for head in theme.heads["statement"]}
    assert edit.cause == "c" * 36
    network.apply([edit])
    assert network.single("theme").heads["statement"] == (edit,)


def test_deleting_and_bringing_back_are_one_edit_each() -> None:
    network = network_of(record_edits("contact", {"name": "Hanne"}, "c" * 36))
    (gone,) = deletion(network, record(network, "c" * 36))
    assert (gone.field, gone.value) == ("deleted", True)
    network.apply([gone])
    (back,) = deletion(network, record(network, "c" * 36), deleted=False)
    assert (back.value, back.replaces) == (False, (gone.edit_id,))


def test_a_parked_idea_is_dated_today_and_names_its_source_as_origin_and_cause() -> None:
    network = network_of(record_edits("source", {"angle": "Byg en app"}, "5" * 36))
    edits = parked_idea(network, record(network, "5" * 36), "Byg en app")
    values = {edit.field: edit.value for edit in edits}
    assert values.pop("date") == datetime.datetime.now().astimezone().date().isoformat()
    assert values == {"text": "Byg en app", "comes_from": ["5" * 36]}
    assert {(edit.kind, edit.cause) for edit in edits} == {("idea", "5" * 36)}
    assert len({edit.record_id for edit in edits}) == 1


def test_a_blank_idea_is_not_parked() -> None:
    network = network_of(record_edits("source", {"title": "Rapport"}, "5" * 36))
    with pytest.raises(WorkbookError, match="løsning at parkere"):
        parked_idea(network, record(network, "5" * 36), " \n")


def test_a_rewritten_theme_keeps_the_old_wording_in_the_entry_that_caused_it() -> None:
    network = network_of(
        record_edits("theme", {"statement": "Før"}),
        record_edits("log", {"after": "Efter"}, "1" * 36),
    )
    network.apply(rewritten_theme(network, record(network, "1" * 36)))
    (head,) = network.single("theme").heads["statement"]
    assert (head.value, head.cause) == ("Efter", "1" * 36)
    assert record(network, "1" * 36).text("before") == "Før"


@pytest.mark.parametrize("entry", [{"after": "Før"}, {"new_knowledge": "De siger nej"}])
def test_a_theme_is_not_rewritten_to_nothing_or_to_itself(entry: dict[str, object]) -> None:
    network = network_of(
        record_edits("theme", {"statement": "Før"}), record_edits("log", entry, "1" * 36)
    )
    with pytest.raises(WorkbookError, match="ikke noget nyt"):
        rewritten_theme(network, record(network, "1" * 36))


def test_a_first_theme_can_come_from_the_log() -> None:
    network = network_of(record_edits("log", {"after": "Det første"}, "1" * 36))
    network.apply(rewritten_theme(network, record(network, "1" * 36)))
    assert network.single("theme").text("statement") == "Det første"


@pytest.mark.parametrize(
    ("place", "stands", "value", "taken"),
    [
        ("assessment.status", None, "partly", True),
        ("assessment.status", None, "maybe", False),
        ("assessment.status", "maybe", "maybe", True),
        ("assessment.status", "maybe", None, True),
        ("source.characteristics", None, ["welfare", "learning"], True),
        ("source.characteristics", None, ["welfare", "fame"], False),
        ("source.characteristics", ["fame"], ["welfare", "fame"], True),
        ("source.characteristics", ["fame"], ["welfare", "fame", "glory"], False),
        ("log.rests_on", None, ["any-record"], True),
        ("theme.statement", None, "any words", True),
        ("contact.deleted", None, True, True),
    ],
)
def test_an_id_is_taken_if_the_method_offers_it_or_it_stands_there(
    method: Method, place: str, stands: object, *, value: object, taken: bool
) -> None:
    kind, field = place.split(".")
    network = network_of(record_edits(kind, {field: stands}, "d" * 36) if stands else [])
    edit = new_edit(Address(ID, "d" * 36, kind, field), value)
    if taken:
        check_choice(method, network, edit)
        return
    with pytest.raises(ValueRefusedError) as refused:
        check_choice(method, network, edit)
    assert refused.value.id == "unknown_choice"
    assert set(refused.value.facts) == {"field", "allowed"}
