from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterator

import pytest
from written import HOSTILE, ID, hostile_edits, network_of, record_edits

from netvaerk_widgets.acts import deletion
from netvaerk_widgets.method import Method
from netvaerk_widgets.records import KINDS, single_record_id
from netvaerk_widgets.sections import (
    Answers,
    Points,
    Remark,
    Row,
    Section,
    Table,
    all_sections,
    danish_date,
    record_title,
    safe_link,
    section,
)
from netvaerk_widgets.store import Address, Network, new_edit


def answers(section: Section) -> Iterator[Answers]:
    return (block for block in section.blocks if isinstance(block, Answers))


def row(section: Section, label: str) -> Row:
    return next(row for block in answers(section) for row in block.rows if row.label == label)


def words_of(section: Section) -> str:
    return repr(dataclasses.asdict(section))


def label(method: Method, kind: str, field: str) -> str:
    return method.fields[kind][field].label


def test_the_sections_come_in_the_workbooks_order_with_ideas_before_the_overview(
    method: Method,
) -> None:
    ids = [one.id for one in all_sections(method, Network(ID))]
    steps = [step.id for step in method.steps]
    assert [id_ for id_ in ids if id_ not in ("path", "ideas")] == steps
    assert ids[1:3] == ["theme", "path"]
    assert ids[-2:] == ["ideas", "overview"]


def test_what_is_not_answered_is_said_in_words_and_never_blank(method: Method) -> None:
    for one in all_sections(method, Network(ID)):
        assert one.blocks
        for block in answers(one):
            assert all(text.strip() for row in block.rows for text in row.texts)
    municipality = row(section(method, Network(ID), "network"), "Kommune")
    assert municipality.texts == ("Ikke udfyldt",)
    assert not municipality.answered
    nothing = section(method, Network(ID), "field_walk").blocks
    assert nothing == (Remark(method.labels["section_nothing"]),)


def test_ved_ikke_is_an_answer_and_differs_from_not_answered(method: Method) -> None:
    asked = record_edits("type_check", {"knowledge_lacking": "unknown"})
    said = section(method, network_of(asked), "network_type")
    texts = {q.id: row(said, q.question) for q in method.type_questions}
    assert texts["knowledge_lacking"].texts == ("Ved ikke",)
    assert texts["knowledge_lacking"].answered
    assert texts["improve_existing"].texts == ("Ikke udfyldt",)
    assert not texts["improve_existing"].answered


def test_two_texts_written_without_seeing_each_other_both_stand_there(method: Method) -> None:
    one = record_edits("theme", {"statement": "Annes tekst"})
    two = record_edits("theme", {"statement": "Bos tekst"})
    said = row(section(method, network_of(one, two), "theme"), label(method, "theme", "statement"))
    assert set(said.texts) == {"Annes tekst", "Bos tekst"}
    assert said.note == method.labels["section_conflict"]


def test_a_text_that_another_emptied_meanwhile_still_stands_there(method: Method) -> None:
    first = record_edits("theme", {"statement": "Første"})
    theme = first[0].record_id
    seen = [first[0].edit_id]
    rewritten = new_edit(Address(ID, theme, "theme", "statement"), "Anden", replaces=seen)
    emptied = new_edit(Address(ID, theme, "theme", "statement"), None, replaces=seen)
    said = row(
        section(method, network_of(first, [rewritten, emptied]), "theme"),
        label(method, "theme", "statement"),
    )
    assert set(said.texts) == {"Anden", "Ikke udfyldt"}
    assert said.answered


def test_a_title_in_conflict_is_not_hidden_by_the_heading(method: Method) -> None:
    id_ = "c" * 36
    one = record_edits("source", {"title": "Den ene titel"}, id_)
    two = record_edits("source", {"title": "Den anden titel"}, id_)
    said = section(method, network_of(one, two), "knowledge_search")
    assert len(row(said, label(method, "source", "title")).texts) == 2


def test_a_characteristic_shows_its_status_in_words_and_what_is_missing(method: Method) -> None:
    first = method.characteristics[0]
    id_ = single_record_id(ID, "assessment", first.id)
    edits = record_edits("assessment", {"characteristic": first.id, "status": "yes"}, id_)
    blocks = list(answers(section(method, network_of(edits), "characteristics")))
    assert [block.heading for block in blocks] == [one.title for one in method.characteristics]
    assert blocks[0].rows[0].texts == ("Ja",)
    assert blocks[0].notes == (method.labels["gap_how"],)
    assert blocks[1].rows[0].texts == ("Ikke udfyldt",)
    assert blocks[1].notes == ()


def test_an_answer_about_a_characteristic_of_another_method_is_shown_by_its_id(
    method: Method,
) -> None:
    id_ = single_record_id(ID, "assessment", "from_elsewhere")
    values = {"characteristic": "from_elsewhere", "status": "maybe", "how": "Sådan her"}
    edits = record_edits("assessment", values, id_)
    last = list(answers(section(method, network_of(edits), "characteristics")))[-1]
    assert last.heading == "from_elsewhere"
    assert [row.texts[0] for row in last.rows] == ["maybe", "Sådan her"]


def test_a_mismatching_type_is_a_point_for_the_reference_leader(method: Method) -> None:
    given, other = method.network_types[0], method.type_questions[-1]
    assert other.points_to != given.id
    edits = [
        record_edits("network", {"network_type": given.id}),
        record_edits("type_check", {other.id: "yes"}),
    ]
    blocks = section(method, network_of(*edits), "network_type").blocks
    points = {block.heading: block.items for block in blocks if isinstance(block, Points)}
    assert other.question in points[method.labels["section_type_why"]][0]
    assert given.title in points[method.labels["section_type_discuss"]][0]


def test_who_suggested_a_contact_is_named_also_when_deleted_or_unknown(method: Method) -> None:
    kept = record_edits("contact", {"name": "Hanne"}, "a" * 36)
    gone = record_edits("contact", {"role": "Vicevært"}, "b" * 36)
    named = record_edits("contact", {"suggested_by": ["a" * 36, "b" * 36, "c" * 36]}, "d" * 36)
    network = network_of(kept, gone, named)
    record = network.record("b" * 36)
    assert record is not None
    network.apply(deletion(network, record))
    said = row(section(method, network, "contacts"), label(method, "contact", "suggested_by"))
    hanne, vicevaert, unknown = said.texts[0].split("\n")
    assert hanne == "Hanne"
    assert vicevaert == "Vicevært (slettet)"
    assert "ikke findes" in unknown
    assert "c" * 36 in unknown


def test_an_entry_has_a_heading_and_only_what_is_answered(method: Method) -> None:
    walk = record_edits("observation", {"place": "Torvet", "date": "2026-11-03", "duration": 45})
    (block,) = answers(section(method, network_of(walk), "field_walk"))
    assert block.heading == "Torvet, 3. november 2026"
    assert [row.texts for row in block.rows] == [("45 minutter",)]


def test_the_log_has_the_newest_last_and_the_theme_before_and_after(method: Method) -> None:
    newer = record_edits("log", {"date": "2026-03-02", "before": "Gammelt", "after": "Nyt"})
    older = record_edits("log", {"date": "2026-03-01", "new_knowledge": "Noget"})
    first, last = answers(section(method, network_of(newer, older), "log"))
    assert first.heading == "1. marts 2026"
    assert [row.texts[0] for row in last.rows] == ["Gammelt", "Nyt"]


def test_the_overview_says_where_each_step_stands_and_the_next_step(method: Method) -> None:
    standing, following = section(method, Network(ID), "overview").blocks
    assert isinstance(standing, Table)
    assert len(standing.rows) == len(method.steps) - 1
    assert all(len(cells) == len(standing.headers) for cells in standing.rows)
    assert isinstance(following, Points)
    assert following.items[0].startswith(method.step("network").title)


def test_the_example_is_marked_as_one(method: Method) -> None:
    example = network_of(record_edits("network", {"example": "yes"}))
    assert section(method, example, "network").note == method.labels["section_example"]


def test_every_hostile_text_is_carried_whole(method: Method) -> None:
    said = "".join(words_of(one) for one in all_sections(method, network_of(hostile_edits())))
    shown = [
        (kind.name, field.name)
        for kind in KINDS.values()
        for field in kind.fields
        if field.type in ("text", "long_text", "choice") and field.name != "example"
    ]
    missing = [where for where in shown if repr(f"{where[1]} {HOSTILE}")[1:-1] not in said]
    assert missing == []


def test_a_record_is_known_by_its_title_and_a_single_one_by_nothing(method: Method) -> None:
    network = network_of(record_edits("contact", {"unit": "Torvet"}, "a" * 36))
    record = network.record("a" * 36)
    assert record is not None
    assert record_title(method, network, record) == method.labels["section_unnamed_contact"]
    assert record_title(method, network, network.single("theme")) == ""


def test_a_date_reads_as_people_write_it() -> None:
    assert danish_date(datetime.date(2026, 11, 3)) == "3. november 2026"
    assert danish_date(datetime.date(2026, 3, 31)) == "31. marts 2026"


@pytest.mark.parametrize(
    "text",
    [
        "https://www.vive.dk/da/",
        "http://a.dk/æ?b=c#d",
        "HTTPS://a.dk",
        "mailto:a@b.dk",
    ],
)
def test_a_web_or_mail_address_may_be_a_link(text: str) -> None:
    assert safe_link(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,<script>",
        "file:///etc/passwd",
        "//host/share",
        "\\\\host\\share",
        "https:///a",
        "https://",
        "http://[",
        "https://a.dk s. 4",
        "https://a.dk\nnæste linje",
        "https://a.dk/\u202egnp",
        "vbscript:x",
        "mailto:",
        "sag 26/1234",
        "",
    ],
)
def test_anything_else_stays_text(text: str) -> None:
    assert safe_link(text) == ""
