"""What each form points out beside the answers, made anew after every edit."""

from __future__ import annotations

import datetime
from typing import Any

from .guidance import assessment_gap, next_step, standing, type_advice
from .history import revisions
from .method import Method
from .records import KINDS, Value
from .same_person import pairs
from .sections import Words, danish_date
from .store import Network

Screen = dict[str, Any]


def path_notes(method: Method, network: Network) -> Screen:
    """Return the theme's path: each wording with when, who, why and what changed; newest first."""
    theme = network.single("theme")
    return {"story": field_history(method, network, theme.record_id, ("theme", "statement"))}


def field_history(
    method: Method, network: Network, record_id: str, address: tuple[str, str]
) -> list[Screen]:
    """Return the versions of one field, newest first, each with what it says and what changed."""
    kind, name = address
    words, spec = Words(method, network), KINDS[kind].field(name)

    def in_words(value: Value) -> str:
        return "" if value is None else words.value(spec, value)

    found = revisions(network.history(record_id, name), in_words)
    return [
        {
            "written": words.written(one.edit),
            "cause": " ".join(words.cause(one.edit)),
            "pieces": [[piece.change, piece.text] for piece in one.pieces],
            "value": one.edit.value,
            "erased": bool(one.edit.erased),
        }
        for one in reversed(found)
    ]


def no_notes(method: Method, network: Network) -> Screen:  # noqa: ARG001 - all notes are alike
    """Return nothing to point out."""
    return {}


def assessment_notes(method: Method, network: Network) -> Screen:
    """Return ``{record id: what the assessment still lacks}``."""
    records = [network.assessment(one.id) for one in method.characteristics]
    gaps = {record.record_id: assessment_gap(method, record) for record in records}
    return {record_id: gap for record_id, gap in gaps.items() if gap}


def type_notes(method: Method, network: Network) -> Screen:
    """Return what the answers say about the type, and what to raise."""
    advice = type_advice(method, network)
    titles = [method.title_of("network_type", id_) for id_ in advice.points_to]
    headline = (
        method.labels["type_points_to"].format(type=" / ".join(titles))
        if titles
        else method.labels["type_no_answer"]
    )
    return {
        "headline": headline,
        "why": list(advice.why),
        "points": list(advice.to_reference_leader),
        "several": len(advice.points_to) > 1,
    }


def overview_notes(method: Method, network: Network) -> Screen:
    """Return where each step stands and the next best one."""
    step = next_step(method, network)
    return {
        "standing": [
            {"title": one.title, "state": one.state, "sentence": one.sentence}
            for one in standing(method, network)
        ],
        "next": {"title": step.title, "advice": step.sentence},
    }


def contact_notes(method: Method, network: Network) -> Screen:
    """Return who may be, and who is held to be, one person: ``[id, id, title, title]`` each."""
    words = Words(method, network)

    def shown(pair: tuple[str, str]) -> list[str]:
        return [*pair, *map(words.name_of, pair)]

    contacts = network.records("contact")
    same = [(one.record_id, other) for one in contacts for other in one.ids("same_as")]
    return {"pairs": [shown(pair) for pair in pairs(network)], "same": [shown(p) for p in same]}


def chooser_notes(method: Method, network: Network | None, *, read_only: bool) -> Screen:
    """Return what to warn of when the file is opened: it cannot be written, or is overdue."""
    warnings = [method.labels["file_read_only"]] if read_only else []
    until = network.single("network").text("keep_until") if network else ""
    if until and until <= datetime.datetime.now().astimezone().date().isoformat():
        date = danish_date(datetime.date.fromisoformat(until))
        warnings.append(method.labels["retention_due"].format(date=date))
    return {"warning": " ".join(warnings)}
