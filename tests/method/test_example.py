"""The example network that comes with the package fits the record and the method."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from netvaerk_widgets import errors
from netvaerk_widgets.method import load_method
from netvaerk_widgets.records import KINDS, checked

FILE = Path(errors.__file__).parent / "method" / "example.da.toml"
EXAMPLE: dict[str, Any] = tomllib.loads(FILE.read_text(encoding="utf-8"))
KEY = "key"
"""Names a record within the file, and is no field."""


def records() -> Iterator[tuple[str, dict[str, Any]]]:
    for kind, table in EXAMPLE.items():
        for record in table if isinstance(table, list) else [table]:
            yield kind, record


ANSWERS = [
    pytest.param(kind, field, value, id=f"{record.get(KEY, kind)}.{field}")
    for kind, record in records()
    for field, value in record.items()
    if field != KEY
]
KINDS_BY_KEY = {record[KEY]: kind for kind, record in records() if KEY in record}


@pytest.mark.parametrize(("kind", "field", "value"), ANSWERS)
def test_an_answer_is_one_the_record_takes_as_it_stands(
    kind: str, field: str, value: object
) -> None:
    assert checked(kind, field, value) == value


@pytest.mark.parametrize(("kind", "field", "value"), ANSWERS)
def test_a_chosen_answer_is_one_the_method_offers(kind: str, field: str, value: object) -> None:
    spec = KINDS[kind].field(field)
    chosen = {
        "choice": [value],
        "choices": value,
    }.get(spec.type, [])
    assert isinstance(chosen, list)
    assert [id_ for id_ in chosen if id_ not in load_method().choice_titles(spec.choices)] == []


@pytest.mark.parametrize(("kind", "field", "value"), ANSWERS)
def test_a_record_named_by_another_exists_and_is_of_a_kind_it_may_name(
    kind: str, field: str, value: object
) -> None:
    spec = KINDS[kind].field(field)
    keys = value if spec.type == "records" else []
    assert isinstance(keys, list)
    assert [key for key in keys if KINDS_BY_KEY[key] not in spec.choices.split()] == []


def test_no_two_records_have_the_same_key() -> None:
    keys = [record[KEY] for _, record in records() if KEY in record]
    assert len(keys) == len(set(keys))


def test_every_kind_of_record_is_shown() -> None:
    assert EXAMPLE.keys() == KINDS.keys()


def test_one_characteristic_is_unanswered_and_the_others_differ() -> None:
    statuses = {record["characteristic"]: record["status"] for record in EXAMPLE["assessment"]}
    everything = load_method().choice_titles("characteristic").keys()
    assert everything - statuses.keys() == {"learning"}
    assert set(statuses.values()) == load_method().choice_titles("assessment_status").keys()


def test_it_says_that_it_is_an_example() -> None:
    assert EXAMPLE["network"]["example"] == "yes"
    assert EXAMPLE["network"]["title"].startswith("Eksempel:")


def test_the_theme_of_each_log_entry_is_where_the_one_before_left_it() -> None:
    wording = EXAMPLE["theme"]["given"]
    for entry in EXAMPLE["log"]:
        assert entry["before"] == wording
        wording = entry.get("after", wording)
    assert wording == EXAMPLE["theme"]["statement"]
