"""The method as frozen values: what a method file says, checked and ready to show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Origin = Literal["source", "field", "own"]
"""Where a fact comes from: the municipality, other public method sources, or this project."""


@dataclass(frozen=True)
class Characteristic:
    """One of the characteristics of a good network theme. Title and question follow the source."""

    id: str
    title: str
    question: str
    help: str
    weak: str
    strong: str
    origin: Origin


@dataclass(frozen=True)
class NetworkType:
    """One of the types a network can be given, with what sets it apart from the others."""

    id: str
    title: str
    purpose: str
    expected_result: str
    time_scope: str
    coupling: str
    reference_leader: str
    committee: str
    example: str
    delivery: str
    discuss: str
    origin: Origin


@dataclass(frozen=True)
class TypeQuestion:
    """A question whose yes points to one network type. ``id`` is a field of kind ``type_check``."""

    id: str
    question: str
    help: str
    points_to: str
    origin: Origin


@dataclass(frozen=True)
class FieldWalkMethod:
    """A way to look and listen on a field walk."""

    id: str
    title: str
    how: str
    time: str
    size: str
    choose_when: str
    origin: Origin


@dataclass(frozen=True)
class PickingRule:
    """In this situation, these field-walk methods (ids) fit."""

    situation: str
    methods: tuple[str, ...]
    origin: Origin


@dataclass(frozen=True)
class SourceKind:
    """A kind of existing knowledge: what to look for there, and where."""

    id: str
    title: str
    look_for: str
    examples: str
    origin: Origin


@dataclass(frozen=True)
class Choice:
    """One answer among several."""

    id: str
    title: str
    origin: Origin


@dataclass(frozen=True)
class FieldText:
    """What stands at a field: its label and, if it needs one, a line of help."""

    label: str
    help: str
    origin: Origin


@dataclass(frozen=True)
class Step:
    """One step of the workbook: what it is for, how long it takes, how to go about it."""

    id: str
    title: str
    purpose: str
    time: str
    guide: str
    advice: str
    origin: Origin


@dataclass(frozen=True)
class Method:
    """A whole method file, checked. Two methods differ in words and lists, never in code."""

    id: str
    language: str
    title: str
    municipality: str
    source: str
    form_note: str
    characteristics: tuple[Characteristic, ...]
    network_types: tuple[NetworkType, ...]
    type_questions: tuple[TypeQuestion, ...]
    field_walk_methods: tuple[FieldWalkMethod, ...]
    picking_rules: tuple[PickingRule, ...]
    source_kinds: tuple[SourceKind, ...]
    steps: tuple[Step, ...]
    choices: Mapping[str, tuple[Choice, ...]]
    fields: Mapping[str, Mapping[str, FieldText]]
    labels: Mapping[str, str]

    def step(self, id_: str) -> Step:
        """Return the step with this id."""
        return next(step for step in self.steps if step.id == id_)

    def choice_titles(self, list_id: str) -> dict[str, str]:
        """Return ``{id: title}`` for one list of choices, in the order shown."""
        return {choice.id: choice.title for choice in self.choices[list_id]}

    def title_of(self, list_id: str, id_: str) -> str:
        """Return what to show for a chosen id; an unknown id is shown as it is."""
        return self.choice_titles(list_id).get(id_, id_)
