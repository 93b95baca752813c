from __future__ import annotations

import pandas as pd
import pytest
from written import ID, network_of, record_edits

from netvaerk_widgets.acts import deletion
from netvaerk_widgets.records import KINDS
from netvaerk_widgets.store import Address, Network, new_edit
from netvaerk_widgets.store.frames import Tables, dtypes, frame


@pytest.mark.parametrize("kind", KINDS)
def test_a_table_has_the_same_columns_and_dtypes_empty_and_filled(kind: str) -> None:
    samples = {"date": "2026-11-03", "minutes": 45, "choices": ["a"], "records": ["b"]}
    values = {field.name: samples.get(field.type, "x") for field in KINDS[kind].fields}

    empty, filled = frame([], kind), frame([network_of(record_edits(kind, values))], kind)

    for table, rows in ((empty, 0), (filled, 1)):
        assert len(table) == rows
        assert {name: str(dtype) for name, dtype in table.dtypes.items()} == dtypes(kind)
        assert list(table.index) == list(range(rows))
    assert list(dtypes(kind))[2:] == [field.name for field in KINDS[kind].fields]


def test_an_answer_stands_in_its_table_as_it_was_given() -> None:
    table = frame(
        [
            network_of(
                record_edits(
                    "observation",
                    {
                        "date": "0999-02-03",
                        "place": "Æblehaven\nstuen",
                        "duration": 45,
                        "characteristics": ["welfare", "learning"],
                    },
                )
            )
        ],
        "observation",
    )
    row = table.loc[0]
    assert row["network_id"] == ID
    assert row["date"].isoformat() == "0999-02-03T00:00:00"
    assert row["place"] == "Æblehaven\nstuen"
    assert row["duration"] == 45
    assert row["characteristics"] == ("welfare", "learning")


def test_what_is_not_answered_is_missing_and_ved_ikke_is_an_answer() -> None:
    one = record_edits("assessment", {"characteristic": "welfare", "status": "unknown"}, "a" * 36)
    two = record_edits("assessment", {"characteristic": "learning", "how": "…"}, "b" * 36)

    table = frame([network_of(one, two)], "assessment").set_index("characteristic")

    assert table.loc["welfare", "status"] == "unknown"
    assert pd.isna(table.loc["learning", "status"])

    empty = frame([network_of(record_edits("observation", {"place": "Her"}))], "observation").loc[0]
    assert pd.isna(empty["date"])
    assert pd.isna(empty["duration"])
    assert empty["characteristics"] == ()


def test_deleted_and_emptied_records_are_left_out_and_the_oldest_comes_first() -> None:
    old = record_edits("contact", {"name": "Først"}, "f" * 36)
    new = [
        type(edit)(**{name: getattr(edit, name) for name in edit.__slots__} | {"at": "9999"})
        for edit in record_edits("contact", {"name": "Sidst"}, "a" * 36)
    ]
    gone = record_edits("contact", {"name": "Slettet"}, "c" * 36)
    emptied = record_edits("contact", {"name": None}, "d" * 36)
    network = network_of(new, gone, emptied, old)
    record = network.record("c" * 36)
    assert record is not None
    network.apply(deletion(network, record))

    assert frame([network], "contact")["name"].tolist() == ["Først", "Sidst"]


def test_each_table_is_read_anew_and_changing_one_changes_nothing() -> None:
    network = Network(ID)
    tables = Tables(lambda: [network])
    assert len(tables.contacts) == 0

    network.apply([new_edit(Address(ID, "c" * 36, "contact", "name"), "Hanne")])
    mine = tables.contacts
    mine.loc[0, "name"] = "En anden"

    assert tables.contacts["name"].tolist() == ["Hanne"]


def test_the_tables_are_listed_and_an_unknown_one_is_refused_by_name() -> None:
    tables = Tables(lambda: [])
    assert dir(tables) == sorted(kind.table for kind in KINDS.values() if kind.table)
    assert {"knowledge_search", "field_walk", "contacts"} <= set(dir(tables))
    with pytest.raises(AttributeError, match="no table called 'fieldwalk'"):
        _ = tables.fieldwalk
