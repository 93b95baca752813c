"""What is pointed out: gaps, the type's argument, where the theme stands, what next."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

import pytest
from written import ID, network_of, record_edits

from netvaerk_widgets.guidance import (
    assessment_gap,
    next_step,
    not_a_theme,
    standing,
    type_advice,
)
from netvaerk_widgets.method import Method
from netvaerk_widgets.records import single_record_id
from netvaerk_widgets.store import Edit, Network

WANTED_IN_HEAD = ("title", "municipality", "network_type", "network_leader", "reference_leader")
WANTED_IN_THEME = ("given", "statement", "driving_question", "concerns", "why_now", "unknown")
FIELD_OF = {"contact": "name", "source": "title", "observation": "place", "log": "new_knowledge"}
QUESTIONS = ("break_with_practice", "knowledge_lacking", "improve_existing")


@dataclass(frozen=True)
class Theme:
    """A public network theme, and what a leader who knows only its description would answer.

    ``answers`` are to the three questions, in order; ``delivery`` is asked if two of them fit.
    """

    title: str
    type: str
    answers: str
    delivery: str = ""
    weak: tuple[str, ...] = ()


THEMES = (
    Theme("Urban farming i Albertslund", "innovation", "yes unknown no"),
    Theme("Bo i Albertslund", "innovation", "yes no unknown"),
    Theme("Ensomhed blandt ældre borgere", "welfare", "no no yes"),
    # It also wants to find out what works: two types fit, until one asks what is to be delivered.
    Theme("Stærkere sprog inden skolestart", "welfare", "no yes yes", "welfare"),
    Theme("Pårørende som medspillere i ældreplejen", "welfare", "no no yes"),
    Theme("Elever med højt fravær", "welfare", "no unknown yes"),
    Theme("Hærværk på skolerne", "welfare", "no no yes"),
    # Its effect on citizens is indirect, and it is a network theme all the same.
    Theme("En styrket administration", "welfare", "no no yes", weak=("welfare",)),
    Theme("Deleøkonomi", "learning", "no yes unknown"),
    Theme("Frivillighed", "learning", "no yes no"),
)
PRINTER = Theme(
    "Ny printerordning i borgerservice",
    "welfare",
    "no no yes",
    weak=("cross_cutting", "complexity", "learning", "new_perspectives"),
)


def assessed(characteristic: str, **values: object) -> list[Edit]:
    id_ = single_record_id(ID, "assessment", characteristic)
    return record_edits("assessment", {"characteristic": characteristic} | values, id_)


def leader_answers(theme: Theme, method: Method) -> Network:
    check: dict[str, object] = dict(zip(QUESTIONS, theme.answers.split(), strict=True))
    check["delivery"] = theme.delivery or None
    return network_of(
        record_edits("network", {"title": theme.title, "network_type": theme.type}),
        record_edits("type_check", check),
        *(
            assessed(one.id, status="no" if one.id in theme.weak else "yes")
            for one in method.characteristics
        ),
    )


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.title)
def test_the_answers_of_a_public_theme_point_to_the_type_it_had(
    theme: Theme, method: Method
) -> None:
    advice = type_advice(method, leader_answers(theme, method))
    assert advice.points_to == (theme.type,)
    assert advice.why
    assert advice.to_reference_leader == ()


def test_another_given_type_than_the_answers_point_to_is_raised_and_not_changed(
    method: Method,
) -> None:
    network = network_of(
        record_edits("network", {"network_type": "innovation"}),
        record_edits("type_check", {"knowledge_lacking": "yes"}),
    )
    (point,) = type_advice(method, network).to_reference_leader
    for id_ in ("innovation", "learning"):
        assert method.title_of("network_type", id_) in point
    assert network.single("network").text("network_type") == "innovation"


def test_a_printer_is_probably_not_a_network_theme(method: Method) -> None:
    network = leader_answers(PRINTER, method)
    assert not_a_theme(network)
    assert type_advice(method, network).to_reference_leader == (method.labels["type_not_a_theme"],)


@pytest.mark.parametrize(
    ("cross_cutting", "complexity", "probably_not"),
    [
        ("no", "no", True),
        ("no", "partly", False),
        ("yes", "no", False),
        ("no", "unknown", False),
        ("no", None, False),
        (None, None, False),
    ],
)
def test_only_two_noes_say_that_it_is_no_theme(
    cross_cutting: str | None, complexity: str | None, *, probably_not: bool
) -> None:
    network = network_of(
        assessed("cross_cutting", status=cross_cutting), assessed("complexity", status=complexity)
    )
    assert not_a_theme(network) == probably_not


def test_a_theme_that_fits_two_types_asks_for_the_delivery(method: Method) -> None:
    check = {"knowledge_lacking": "yes", "improve_existing": "yes"}
    network = network_of(record_edits("type_check", check))
    advice = type_advice(method, network)
    assert set(advice.points_to) == {"learning", "welfare"}
    assert advice.why[-1] == method.labels["type_several"]

    network.apply(record_edits("type_check", {"delivery": "innovation"}))
    assert set(type_advice(method, network).points_to) == {"learning", "welfare"}, "fits neither"


def test_no_answers_argue_for_nothing_and_three_noes_say_so(method: Method) -> None:
    nothing = type_advice(method, Network(ID))
    assert (nothing.points_to, nothing.why, nothing.to_reference_leader) == ((), (), ())

    noes = network_of(record_edits("type_check", dict.fromkeys(QUESTIONS, "no")))
    assert type_advice(method, noes).why == (method.labels["type_none"],)
    two = network_of(record_edits("type_check", dict.fromkeys(QUESTIONS[:2], "unknown")))
    assert type_advice(method, two).why == ()


def test_a_type_of_another_method_is_shown_as_it_stands(method: Method) -> None:
    network = network_of(
        record_edits("network", {"network_type": "from_elsewhere"}),
        record_edits("type_check", {"knowledge_lacking": "yes"}),
    )
    (point,) = type_advice(method, network).to_reference_leader
    assert "from_elsewhere" in point


@pytest.mark.parametrize(
    ("values", "gap"),
    [
        ({}, ""),
        ({"status": "unknown"}, ""),
        ({"status": "yes"}, "gap_how"),
        ({"status": "yes", "how": "Sådan"}, ""),
        ({"status": "yes", "clearer": "Sådan"}, "gap_how"),
        ({"status": "no"}, "gap_clearer"),
        ({"status": "no", "clearer": "Sådan"}, ""),
        ({"status": "partly"}, "gap_how_clearer"),
        ({"status": "partly", "how": "Sådan"}, "gap_clearer"),
        ({"status": "partly", "clearer": "Sådan"}, "gap_how"),
        ({"status": "partly", "how": "Sådan", "clearer": "Sådan"}, ""),
    ],
)
def test_an_answer_without_its_text_is_pointed_out(
    method: Method, values: dict[str, object], gap: str
) -> None:
    network = network_of(assessed("welfare", **values))
    expected = method.labels[gap] if gap else ""
    assert assessment_gap(method, network.assessment("welfare")) == expected


def states(method: Method, network: Network) -> dict[str, str]:
    return {one.step_id: one.state for one in standing(method, network)}


def several(kind: str, field: str, count: int) -> list[Edit]:
    return [
        edit
        for number in range(count)
        for edit in record_edits(kind, {field: f"{number}"}, str(uuid.uuid4()))
    ]


def test_an_empty_network_stands_at_the_beginning_of_every_step(method: Method) -> None:
    network = Network(ID)
    assert set(states(method, network).values()) == {"empty"}
    assert [one.step_id for one in standing(method, network)] == [
        step.id for step in method.steps if step.id != "overview"
    ]
    assert next_step(method, network).step_id == "network"


@pytest.mark.parametrize(
    ("step", "kind", "field", "enough"),
    [
        ("knowledge_search", "source", "title", 3),
        ("field_walk", "observation", "place", 3),
        ("contacts", "contact", "name", 5),
        ("log", "log", "new_knowledge", 1),
    ],
)
def test_a_step_of_records_counts_them_and_is_covered_from_enough(
    method: Method, step: str, *, kind: str, field: str, enough: int
) -> None:
    for count in range(enough + 1):
        network = network_of(several(kind, field, count))
        expected = "empty" if not count else "begun" if count < enough else "covered"
        found = next(one for one in standing(method, network) if one.step_id == step)
        assert (found.state, str(count) in found.sentence) == (expected, True)


def test_a_characteristic_counts_when_its_answer_has_its_text(method: Method) -> None:
    answered = [assessed(one.id, status="yes", how="Sådan") for one in method.characteristics]
    assert states(method, network_of(*answered))["characteristics"] == "covered"
    bare = assessed("welfare", status="yes")
    assert states(method, network_of(bare))["characteristics"] == "empty"
    assert states(method, network_of(answered[0], bare))["characteristics"] == "begun"
    dont_know = [assessed(one.id, status="unknown") for one in method.characteristics]
    assert states(method, network_of(*dont_know))["characteristics"] == "covered", "an answer"


def test_what_is_not_begun_comes_before_what_is_begun_and_the_cheapest_first(
    method: Method,
) -> None:
    network = network_of(record_edits("network", {"title": "Nord"}))
    assert next_step(method, network).step_id == "theme"
    network.apply(record_edits("theme", {"given": "Beskrivelsen"}))
    network.apply(assessed("welfare", status="yes", how="Sådan"))
    network.apply(record_edits("type_check", {"knowledge_lacking": "yes"}))
    assert next_step(method, network).step_id == "contacts"
    for kind, field in FIELD_OF.items():
        network.apply(several(kind, field, 1))
    step = next_step(method, network)
    assert (step.step_id, step.state) == ("network", "begun")
    assert step.sentence == method.step("network").advice


def test_when_everything_is_covered_the_next_step_is_the_meeting(method: Method) -> None:
    done = network_of(
        record_edits("network", dict.fromkeys(WANTED_IN_HEAD, "x")),
        record_edits("theme", dict.fromkeys(WANTED_IN_THEME, "x")),
        record_edits("type_check", dict.fromkeys(QUESTIONS, "no")),
        *(assessed(one.id, status="yes", how="Sådan") for one in method.characteristics),
        several("source", "title", 3),
        several("observation", "place", 3),
        several("contact", "name", 5),
        several("log", "new_knowledge", 1),
    )
    assert set(states(method, done).values()) == {"covered"}
    assert next_step(method, done).step_id == "overview"
