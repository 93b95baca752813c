"""Reading a method file: the one that comes with the package, and faulty ones."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from netvaerk_widgets import errors
from netvaerk_widgets.errors import MethodError
from netvaerk_widgets.method import Method, load_method
from netvaerk_widgets.method.load import STEPS

SHIPPED = Path(errors.__file__).parent / "method" / "albertslund.da.toml"


@pytest.fixture
def method() -> Method:
    return load_method()


def file_with(folder: Path, old: str, new: str) -> Path:
    """Return a copy of the shipped file in which the first ``old`` is replaced by ``new``."""
    text = SHIPPED.read_text(encoding="utf-8")
    assert old in text
    file = folder / "other.toml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return file


def complaint_about(file: Path) -> MethodError:
    with pytest.raises(MethodError) as refused:
        load_method(file)
    assert all(str(fact) in str(refused.value) for fact in refused.value.facts.values())
    return refused.value


# The shipped file


def test_the_shipped_method_has_the_parts_of_the_method_in_their_order(method: Method) -> None:
    assert " ".join(characteristic.id for characteristic in method.characteristics) == (
        "welfare urgency cross_cutting complexity learning innovation new_perspectives"
    )
    assert [t.id for t in method.network_types] == ["innovation", "welfare", "learning"]
    assert [(q.id, q.points_to) for q in method.type_questions] == [
        ("break_with_practice", "innovation"),
        ("knowledge_lacking", "learning"),
        ("improve_existing", "welfare"),
    ]
    assert len(method.field_walk_methods) == 12
    assert len(method.source_kinds) == 7
    assert tuple(step.id for step in method.steps) == STEPS


def test_every_question_is_a_question(method: Method) -> None:
    asked = [characteristic.question for characteristic in method.characteristics]
    asked += [question.question for question in method.type_questions]
    asked += [type_.discuss for type_ in method.network_types]
    assert [question for question in asked if not question.endswith("?")] == []


def test_every_field_walk_method_is_found_by_a_situation(method: Method) -> None:
    offered = {id_ for rule in method.picking_rules for id_ in rule.methods}
    assert offered == {walk.id for walk in method.field_walk_methods}


def test_sections_can_be_chosen_from_like_any_other_list(method: Method) -> None:
    assert list(method.choice_titles("source_kind")) == [kind.id for kind in method.source_kinds]
    assert method.title_of("network_type", "welfare") == "Velfærdsnetværk"
    assert method.title_of("network_type", "from_a_later_version") == "from_a_later_version"


def test_a_shipped_method_is_read_once_and_can_be_sent_to_another_process(method: Method) -> None:
    assert load_method("albertslund.da") is method
    assert pickle.loads(pickle.dumps(method)) == method  # noqa: S301 - written on this line


def test_a_file_of_ones_own_is_read_each_time(tmp_path: Path) -> None:
    file = file_with(tmp_path, '"Albertslund Kommune"', '"Nabokommune"')
    assert load_method(file).municipality == "Nabokommune"
    file.write_text(SHIPPED.read_text(encoding="utf-8"), encoding="utf-8")
    assert load_method(str(file)).municipality == "Albertslund Kommune"


def test_a_file_saved_by_notepad_is_read(tmp_path: Path, method: Method) -> None:
    file = tmp_path / "notepad.toml"
    text = SHIPPED.read_text(encoding="utf-8").replace("\n", "\r\n")
    file.write_bytes(text.encode("utf-8-sig"))
    assert load_method(file) == method


# Complaints


@pytest.mark.parametrize(
    ("old", "new", "key", "value_and_allowed"),
    [
        pytest.param(
            'title = "Bedre velfærd for borgeren"',
            "title = 7",
            "characteristics[1].title",
            ("7", '"…"'),
            id="a number for a text",
        ),
        pytest.param(
            'title = "Udfold netværkstemaet"',
            'title = ""',
            "method.title",
            ('""', '"…"'),
            id="an empty text",
        ),
        pytest.param(
            'origin = "source"',
            'origin = "guess"',
            "characteristics[1].origin",
            ("guess", "source, field, own"),
            id="an unknown origin",
        ),
        pytest.param(
            'methods = ["walk_along"]',
            'methods = "walk_along"',
            "picking_rules[3].methods",
            ("walk_along", "[ … ]"),
            id="a text for a list",
        ),
        pytest.param(
            'comes_from = { label = "Hvor opstod den?", help = "", origin = "own" }',
            'comes_from = "Hvor?"',
            "fields.idea.comes_from",
            ("Hvor?", "{ … }"),
            id="a text for a table",
        ),
        pytest.param(
            "[labels]",
            "[labels]\nmy_number = 1",
            "labels.my_number",
            ("1", '"…"'),
            id="a label that is no text",
        ),
        pytest.param(
            'points_to = "learning"',
            'points_to = "lerning"',
            "type_questions[2].points_to",
            ("lerning", "innovation, welfare, learning"),
            id="a question that points to no type",
        ),
        pytest.param(
            'id = "knowledge_lacking"',
            'id = "note"',
            "type_questions[2].id",
            ("note", "break_with_practice, knowledge_lacking, improve_existing"),
            id="a question without a field for its answer",
        ),
        pytest.param(
            'methods = ["walk_along"]',
            'methods = ["walk_along", "swim_along"]',
            "picking_rules[3].methods",
            ("swim_along", ", ".join(load_method().choice_titles("field_walk_method"))),
            id="a picking rule for an unknown method",
        ),
        pytest.param(
            '[[steps]]\nid = "network"',
            '[[steps]]\nid = "netwrok"',
            "steps[1].id",
            ("netwrok", ", ".join(STEPS)),
            id="an unknown step",
        ),
    ],
)
def test_a_wrong_value_is_named_with_what_is_allowed(
    tmp_path: Path, old: str, new: str, key: str, value_and_allowed: tuple[str, str]
) -> None:
    complaint = complaint_about(file_with(tmp_path, old, new))
    value, allowed = value_and_allowed
    assert complaint.id == "method_wrong_value"
    assert complaint.facts == {"file": "other.toml", "key": key, "value": value, "allowed": allowed}


YES_NO = """
yes_no = [
    { id = "yes", title = "Ja", origin = "own" },
    { id = "no", title = "Nej", origin = "own" },
]
"""
IDEA_DATE = 'date = { label = "Dato", help = "", origin = "own" }\ntext = {'
LAST_STEP = SHIPPED.read_text(encoding="utf-8").split("[[steps]]")[-1].split("\n\n")[0]


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        pytest.param('language = "da"\n', "", "method.language", id="a text of the method"),
        pytest.param('id = "welfare"\n', "", "characteristics[1].id", id="a key of an entry"),
        pytest.param('["walk_along"]', "[]", "picking_rules[3].methods[1]", id="all of a list"),
        pytest.param(YES_NO, "", "choices.yes_no", id="a list of choices"),
        pytest.param(IDEA_DATE, "text = {", "fields.idea.date", id="words for a field"),
        pytest.param(f"[[steps]]{LAST_STEP}", "", "steps.overview", id="a step"),
    ],
)
def test_what_is_missing_is_named(tmp_path: Path, old: str, new: str, key: str) -> None:
    complaint = complaint_about(file_with(tmp_path, old, new))
    assert complaint.id == "method_missing_key"
    assert complaint.facts == {"file": "other.toml", "key": key}


def test_a_missing_section_is_named(tmp_path: Path) -> None:
    file = tmp_path / "empty.toml"
    file.touch()
    assert complaint_about(file).facts == {"file": "empty.toml", "key": "characteristics"}


@pytest.mark.parametrize(
    ("old", "new", "key", "allowed"),
    [
        pytest.param(
            'language = "da"',
            'language = "da"\nlang = "da"',
            "method.lang",
            "form_note, id, language, municipality, source, title",
            id="in the head",
        ),
        pytest.param(
            'id = "welfare"',
            'id = "welfare"\nweight = 1',
            "characteristics[1].weight",
            "help, id, origin, question, strong, title, weak",
            id="in an entry",
        ),
        pytest.param(
            "[fields.idea]",
            '[fields.idea]\nprice = { label = "Pris", help = "", origin = "own" }',
            "fields.idea.price",
            "comes_from, date, text",
            id="words for a field that is not recorded",
        ),
        pytest.param(
            YES_NO,
            YES_NO + YES_NO.replace("yes_no", "no_yes"),
            "choices.no_yes",
            "assessment_status, confidentiality, consent, contact_role, contact_status, "
            "observer_role, occasion, perspective, phase, stance, trust, type_effect, yes_no, "
            "yes_no_unknown",
            id="a list nothing is chosen from",
        ),
    ],
)
def test_an_unknown_key_is_named_with_those_there_are(
    tmp_path: Path, old: str, new: str, key: str, allowed: str
) -> None:
    complaint = complaint_about(file_with(tmp_path, old, new))
    assert complaint.id == "method_unknown_key"
    assert complaint.facts == {"file": "other.toml", "key": key, "allowed": allowed}


@pytest.mark.parametrize(
    ("old", "new", "key", "value"),
    [
        pytest.param(
            'id = "urgency"', 'id = "welfare"', "characteristics[2].id", "welfare", id="an entry"
        ),
        pytest.param(
            YES_NO, YES_NO.replace('"no"', '"yes"'), "choices.yes_no[2].id", "yes", id="a choice"
        ),
        pytest.param(
            '["walk_along"]',
            '["walk_along", "walk_along"]',
            "picking_rules[3].methods[2]",
            "walk_along",
            id="a method in a picking rule",
        ),
    ],
)
def test_what_is_there_twice_is_named(
    tmp_path: Path, old: str, new: str, key: str, value: str
) -> None:
    complaint = complaint_about(file_with(tmp_path, old, new))
    assert complaint.id == "method_duplicate"
    assert complaint.facts == {"file": "other.toml", "key": key, "value": value}


@pytest.mark.parametrize("content", [b"[method", b'a = 1\na = "twice"', b'a = "\xe6"', None])
def test_a_file_that_cannot_be_read_is_named_with_the_reason(
    tmp_path: Path, content: bytes | None
) -> None:
    file = tmp_path / "broken.toml"
    if content is not None:
        file.write_bytes(content)
    complaint = complaint_about(file)
    assert complaint.id == "method_unreadable"
    assert complaint.facts["file"] == "broken.toml"
    assert complaint.facts["reason"]


def test_a_method_that_does_not_come_with_the_package_is_named() -> None:
    with pytest.raises(MethodError, match=r"nabo\.da\.toml"):
        load_method("nabo.da")
