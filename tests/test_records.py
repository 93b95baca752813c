"""What the record takes, and that no name in it ever vanishes."""

from __future__ import annotations

from pathlib import Path

import pytest

from netvaerk_widgets.errors import ValueRefusedError
from netvaerk_widgets.method import load_method
from netvaerk_widgets.records import (
    DELETED,
    KINDS,
    LIST_LIMIT,
    TEXT_LIMIT,
    checked,
    single_record_id,
)

KNOWN_NAMES = Path(__file__).parent / "files" / "known_names.txt"
NETWORK = "8b0a4a0e-6f6e-4a55-9a5e-0d6b3a0f7c11"


@pytest.mark.parametrize(
    ("kind", "field", "value", "kept"),
    [
        ("theme", "statement", "Et\r\ntema\rher\n", "Et\ntema\nher\n"),
        ("theme", "statement", "A\u030arhus", "Århus"),
        ("theme", "statement", "  <b>=1+1</b>\t", "  <b>=1+1</b>\t"),
        ("theme", "statement", "a" * TEXT_LIMIT, "a" * TEXT_LIMIT),
        ("network", "given_on", "2026-02-28", "2026-02-28"),
        ("network", "given_on", "20260228", "2026-02-28"),
        ("observation", "duration", 0, 0),
        ("observation", "duration", " 45 ", 45),
        ("assessment", "status", "yes", "yes"),
        ("assessment", "status", "from_another_method", "from_another_method"),
        ("log", "rests_on", ("a", "b"), ["a", "b"]),
        ("source", "characteristics", ["welfare"], ["welfare"]),
        ("contact", DELETED, True, True),
        ("contact", DELETED, False, False),
    ],
)
def test_a_value_is_kept_in_one_form(kind: str, field: str, value: object, kept: object) -> None:
    assert checked(kind, field, value) == kept


@pytest.mark.parametrize("nothing", [None, "", []])
@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("theme", "statement"),
        ("network", "given_on"),
        ("observation", "duration"),
        ("assessment", "status"),
        ("log", "rests_on"),
        ("source", "characteristics"),
    ],
)
def test_nothing_is_no_answer(kind: str, field: str, nothing: object) -> None:
    assert checked(kind, field, nothing) is None


@pytest.mark.parametrize(
    ("kind", "field", "value", "fault", "facts"),
    [
        ("rumour", "text", "x", "unknown_kind", {"kind": "rumour"}),
        ("idea", "price", "x", "unknown_field", {"field": "idea.price"}),
        ("idea", "text", 7, "wrong_type", {"field": "idea.text", "type": "int"}),
        ("idea", "text", ["x"], "wrong_type", {"field": "idea.text", "type": "list"}),
        ("idea", "comes_from", "x", "wrong_type", {"field": "idea.comes_from", "type": "str"}),
        (
            "idea",
            "comes_from",
            ["x", 7],
            "wrong_type",
            {"field": "idea.comes_from", "type": "list"},
        ),
        ("idea", DELETED, "yes", "wrong_type", {"field": "idea.deleted", "type": "str"}),
        ("idea", "text", "a\0b", "text_unstorable", {"field": "idea.text"}),
        ("idea", "text", "a\ud800b", "text_unstorable", {"field": "idea.text"}),
        ("idea", "comes_from", ["\0"], "text_unstorable", {"field": "idea.comes_from"}),
        ("idea", "date", "i går", "not_a_date", {"field": "idea.date"}),
        ("idea", "date", "2026-02-30", "not_a_date", {"field": "idea.date"}),
        ("observation", "duration", -5, "not_minutes", {"field": "observation.duration"}),
        ("observation", "duration", "en time", "not_minutes", None),
        ("observation", "duration", 1.5, "not_minutes", {"field": "observation.duration"}),
        ("observation", "duration", True, "not_minutes", {"field": "observation.duration"}),
        ("observation", "duration", "٤٥", "not_minutes", {"field": "observation.duration"}),
        ("observation", "duration", 100_000, "not_minutes", None),
    ],
)
def test_a_value_that_does_not_fit_is_refused_with_the_reason(
    kind: str, field: str, value: object, fault: str, facts: dict[str, object] | None
) -> None:
    with pytest.raises(ValueRefusedError) as refused:
        checked(kind, field, value)
    assert refused.value.id == fault
    assert facts is None or refused.value.facts == facts


def test_too_long_a_text_is_refused_with_its_length_and_never_cut() -> None:
    with pytest.raises(ValueRefusedError) as refused:
        checked("idea", "text", "a" * (TEXT_LIMIT + 1))
    assert refused.value.id == "text_too_long"
    assert refused.value.facts == {
        "field": "idea.text",
        "length": TEXT_LIMIT + 1,
        "limit": TEXT_LIMIT,
    }


def test_a_text_is_measured_as_it_is_kept() -> None:
    assert checked("idea", "text", "A\u030a" * TEXT_LIMIT) == "Å" * TEXT_LIMIT
    with pytest.raises(ValueRefusedError) as refused:
        checked("idea", "text", "\ufb2c" * TEXT_LIMIT)  # NFC writes this one character as three
    assert refused.value.facts["length"] == 3 * TEXT_LIMIT


def test_a_list_holds_so_many_ids_and_no_more() -> None:
    ids = [f"id-{number}" for number in range(LIST_LIMIT)]
    assert checked("log", "rests_on", ids) == ids
    with pytest.raises(ValueRefusedError) as refused:
        checked("log", "rests_on", [*ids, "one-more"])
    assert refused.value.id == "too_many_chosen"
    assert refused.value.facts == {
        "field": "log.rests_on",
        "count": LIST_LIMIT + 1,
        "limit": LIST_LIMIT,
    }
    with pytest.raises(ValueRefusedError) as too_long:
        checked("log", "rests_on", ["a" * TEXT_LIMIT, "b"])
    assert too_long.value.id == "text_too_long"


def test_two_copies_of_a_workbook_write_to_the_same_single_record() -> None:
    assert single_record_id(NETWORK, "theme") == single_record_id(NETWORK, "theme")
    parts = ("welfare", "urgency", "")
    assert len({single_record_id(NETWORK, "assessment", part) for part in parts}) == len(parts)
    assert single_record_id(NETWORK, "theme") != single_record_id(NETWORK, "type_check")


def names_now() -> set[str]:
    fields = {f"{kind.name}.{field.name}" for kind in KINDS.values() for field in kind.fields}
    lists = load_method().choices
    return fields | {f"{id_}.{choice.id}" for id_, choices in lists.items() for choice in choices}


def test_a_name_may_be_added_but_never_vanishes() -> None:
    """Every workbook file ever written holds these names: retire one, never rename it."""
    known = set(KNOWN_NAMES.read_text(encoding="utf-8").split())
    assert known - names_now() == set(), "these names stand in people's files"


def test_every_name_is_known_so_that_it_cannot_vanish_later() -> None:
    known = KNOWN_NAMES.read_text(encoding="utf-8").split()
    assert names_now() - set(known) == set(), f"add these to {KNOWN_NAMES.name}"
    assert known == sorted(set(known))
