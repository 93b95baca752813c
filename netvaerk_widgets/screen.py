"""What each form is told: the method and the record, as JSON for the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from .method import Method
from .records import KINDS, Field, single_record_id
from .sections import record_title
from .store import Network, Record

Screen = dict[str, Any]

_NETWORK_GROUPS = (
    ("head_what", ("title", "municipality", "start_half_year", "political_link")),
    ("head_who", ("network_leader", "reference_leader", "co_driver", "line_manager")),
    ("head_given", ("network_type", "given_by", "given_on")),
    ("head_kept", ("keep_until",)),
)
_THEME_GROUPS = (
    ("theme_given", ("given",)),
    ("theme_now", ("statement", "driving_question")),
    ("theme_more", ("concerns", "why_now", "known", "unknown", "frames")),
)
_TYPE_ROWS = (
    "purpose",
    "expected_result",
    "time_scope",
    "coupling",
    "reference_leader",
    "committee",
    "example",
)
_SHAPES = ("◆", "●", "▲")
"""Shown beside the types' names, in order, so that they differ by more than colour."""


@dataclass(frozen=True)
class Place:
    """Where a form stands: on which file, and on which network of it (None: none is open)."""

    file: str
    networks: dict[str, str]
    network: Network | None


def words(method: Method) -> dict[str, str]:
    """Return the screen words the forms share, by the name the browser knows them by."""
    return {"language": method.language, **_labels(method, "form_")}


def _labels(method: Method, start: str) -> dict[str, str]:
    labels = method.labels.items()
    return {id_[len(start) :]: text for id_, text in labels if id_.startswith(start)}


def record_on_screen(
    method: Method, network: Network, record: Record | None, kinds: frozenset[str]
) -> Screen | None:
    """Return a record's kind, title and, for these kinds, heads; None if it is gone or deleted."""
    if record is None or record.gone or not record.heads:
        return None
    shown: Screen = {"k": record.kind, "t": record_title(method, network, record)}
    if record.kind in kinds:
        shown["f"] = {
            field: [[head.edit_id, head.value] for head in heads]
            for field, heads in record.heads.items()
        }
    return shown


def chooser(method: Method, place: Place) -> Screen:  # noqa: ARG001 - all setups are alike
    """Return what the chooser shows."""
    network = place.network
    return {
        "networks": list(place.networks.items()),
        "example": bool(network and network.single("network").value("example")),
    }


def network_head(method: Method, place: Place) -> Screen:
    """Return what the network's head shows."""
    return _record_form(method, place, "network", _NETWORK_GROUPS)


def theme(method: Method, place: Place) -> Screen:
    """Return what the theme's form shows."""
    return _record_form(method, place, "theme", _THEME_GROUPS)


def characteristics(method: Method, place: Place) -> Screen:
    """Return what the checklist shows."""
    return {
        "choices": _choices(method, KINDS["assessment"].fields),
        "specs": _specs(method, "assessment"),
        "characteristics": [
            {
                "id": one.id,
                "record": _id(place, "assessment", one.id),
                "title": one.title,
                "question": one.question,
                "help": one.help,
                "weak": one.weak,
                "strong": one.strong,
            }
            for one in method.characteristics
        ],
    }


def network_type(method: Method, place: Place) -> Screen:
    """Return what the type selector shows."""
    fields = KINDS["type_check"].fields
    given = KINDS["network"].field("network_type")
    specs = {spec["name"]: spec for spec in _specs(method, "type_check")}
    return {
        "record": _id(place, "type_check"),
        "choices": _choices(method, (*fields, given)),
        "types": [
            {"title": one.title, "shape": shape, **{row: getattr(one, row) for row in _TYPE_ROWS}}
            for one, shape in zip(method.network_types, _SHAPES, strict=False)
        ],
        "rows": [[row, method.labels[f"type_row_{row}"]] for row in _TYPE_ROWS],
        "given": _spec(method, "network", given),
        "questions": [
            {**specs[one.id], "label": one.question, "help": one.help}
            for one in method.type_questions
        ],
        "delivery": specs["delivery"],
        "note": specs["note"],
    }


def record_list(kind: str) -> Callable[[Method, Place], Screen]:
    """Return the function that says what the list of one kind shows."""

    def setup(method: Method, place: Place) -> Screen:  # noqa: ARG001 - all setups are alike
        return {
            "kind": kind,
            "add": method.labels[f"add_{kind}"],
            "empty": method.labels[f"empty_{kind}"],
            "choices": _choices(method, KINDS[kind].fields),
            "specs": _specs(method, kind),
            "acts": _acts(method, kind),
            "asides": _asides(method, kind),
        }

    return setup


def keeper(method: Method, place: Place) -> Screen:
    """Return what the form that looks after the file shows."""
    title = place.network.title if place.network else ""
    return {"title": title, "say": _labels(method, "keeper_")}


def nothing(method: Method, place: Place) -> Screen:  # noqa: ARG001 - all setups are alike
    """Return nothing: the form shows its notes only."""
    return {}


def _id(place: Place, kind: str, part: str = "") -> str:
    network_id = place.network.network_id if place.network else ""
    return network_id if kind == "network" else single_record_id(network_id, kind, part)


def _record_form(
    method: Method, place: Place, kind: str, groups: tuple[tuple[str, tuple[str, ...]], ...]
) -> Screen:
    fields = KINDS[kind].fields
    specs = {spec["name"]: spec for spec in _specs(method, kind)}
    return {
        "record": _id(place, kind),
        "kind": kind,
        "choices": _choices(method, fields),
        "groups": [
            {
                "title": method.labels[f"group_{group}"],
                "about": method.labels.get(f"about_{group}", ""),
                "specs": [specs[name] for name in names],
            }
            for group, names in groups
        ],
    }


def _specs(method: Method, kind: str) -> list[Screen]:
    shown = [field for field in KINDS[kind].fields if not field.hidden and not field.retired]
    return [_spec(method, kind, field) for field in shown]


def _spec(method: Method, kind: str, field: Field) -> Screen:
    text = method.fields[kind][field.name]
    return {
        "name": field.name,
        "type": field.type,
        "label": text.label,
        "help": text.help,
        "list": field.choices,
    }


def _choices(method: Method, fields: Iterable[Field]) -> Screen:
    lists = {f.choices for f in fields if f.type in ("choice", "choices") and not f.hidden}
    return {id_: list(method.choice_titles(id_).items()) for id_ in sorted(lists)}


def _acts(method: Method, kind: str) -> list[Screen]:
    acts = {"source": ("angle", "park_idea"), "log": ("after", "rewrite_theme")}
    if kind not in acts:
        return []
    field, name = acts[kind]
    label, done = method.labels[f"act_{name}"], method.labels[f"act_{name}_done"]
    return [{"field": field, "name": name, "label": label, "done": done}]


def _asides(method: Method, kind: str) -> list[Screen]:
    """Return what folds out above a list: where to look, which methods to choose among."""
    label = method.labels
    if kind == "source":
        sources = [
            [one.title, f"{one.look_for} {label['for_example']}: {one.examples}"]
            for one in method.source_kinds
        ]
        return [{"title": label["aside_sources"], "about": "", "entries": sources}]
    if kind != "observation":
        return []
    titles = {one.id: one.title for one in method.field_walk_methods}
    rules = [
        [rule.situation, ", ".join(titles[id_] for id_ in rule.methods)]
        for rule in method.picking_rules
    ]
    methods = [
        [one.title, f"{one.how} ({one.time}, {one.size}) {one.choose_when}"]
        for one in method.field_walk_methods
    ]
    return [
        {"title": label["aside_rules"], "about": label["own_proposal"], "entries": rules},
        {"title": label["aside_methods"], "about": label["own_proposal"], "entries": methods},
    ]
