"""What the tool points out: gaps, the network type's argument, where the theme stands, what next.

It decides and locks nothing and gives no grade. The rules are the project's own reading of the
method (``origin = "own"``); their words are in the method file.
"""

from __future__ import annotations

from dataclasses import dataclass

from .method import Method
from .store import Network, Record

_PROBABLY_NOT = ("cross_cutting", "complexity")
"""Characteristics without which a subject is probably not a network theme."""


@dataclass(frozen=True)
class TypeAdvice:
    """What the three answers say about the network type.

    Attributes
    ----------
    points_to
        Ids of the types that a yes points to, in the order of the questions; often one.
    why
        Sentences that argue from the answers.
    to_reference_leader
        Sentences to take to the reference leader; empty when the given type fits.
    """

    points_to: tuple[str, ...]
    why: tuple[str, ...]
    to_reference_leader: tuple[str, ...]


@dataclass(frozen=True)
class Standing:
    """How far one step is: ``state`` is ``"empty"``, ``"begun"`` or ``"covered"``."""

    step_id: str
    title: str
    state: str
    sentence: str


def assessment_gap(method: Method, assessment: Record) -> str:
    """Return what an assessment still lacks as one sentence, ``""`` if nothing.

    A yes wants to say how, a no wants to say how it could become clearer, partly wants both.
    """
    status = assessment.text("status")
    missing = [
        name
        for name, wanted in (("how", ("yes", "partly")), ("clearer", ("no", "partly")))
        if status in wanted and not assessment.text(name)
    ]
    return method.labels[f"gap_{'_'.join(missing)}"] if missing else ""


def type_advice(method: Method, network: Network) -> TypeAdvice:
    """Argue from the three questions (and the delivery, if two fit) to a network type."""
    check = network.single("type_check")
    titles = {type_.id: type_.title for type_ in method.network_types}
    says_yes = [q for q in method.type_questions if check.text(q.id) == "yes"]
    points_to = tuple(dict.fromkeys(q.points_to for q in says_yes))
    why = [
        method.labels["type_why"].format(question=q.question, type=titles[q.points_to])
        for q in says_yes
    ]
    delivery = check.text("delivery")
    if len(points_to) > 1 and delivery in points_to:
        points_to = (delivery,)
        why.append(method.labels["type_why_delivery"].format(type=titles[delivery]))
    elif len(points_to) > 1:
        why.append(method.labels["type_several"])
    answered = [q for q in method.type_questions if check.text(q.id)]
    if not points_to and len(answered) == len(method.type_questions):
        why.append(method.labels["type_none"])
    points = _points_for_reference_leader(method, network, points_to, titles)
    return TypeAdvice(points_to, tuple(why), points)


def _points_for_reference_leader(
    method: Method, network: Network, points_to: tuple[str, ...], titles: dict[str, str]
) -> tuple[str, ...]:
    given = network.single("network").text("network_type")
    points = []
    if given and points_to and given not in points_to:
        pointed = " / ".join(titles[id_] for id_ in points_to)
        points.append(
            method.labels["type_mismatch"].format(given=titles.get(given, given), type=pointed)
        )
    if not_a_theme(network):
        points.append(method.labels["type_not_a_theme"])
    return tuple(points)


def not_a_theme(network: Network) -> bool:
    """Tell whether the leader says no to what a network theme cannot do without."""
    return all(network.assessment(id_).text("status") == "no" for id_ in _PROBABLY_NOT)


def standing(method: Method, network: Network) -> tuple[Standing, ...]:
    """Return how far each step is, in the order of the workbook; counts, never a score."""
    return tuple(
        Standing(step.id, step.title, *_state(method, network, step.id))
        for step in method.steps
        if step.id != "overview"
    )


def _state(method: Method, network: Network, step_id: str) -> tuple[str, str]:
    if step_id in ("network", "theme"):
        done, wanted = _filled(network.single(step_id), _WANTED[step_id])
    elif step_id == "characteristics":
        assessments = [network.assessment(c.id) for c in method.characteristics]
        done = sum(bool(a.text("status")) and not assessment_gap(method, a) for a in assessments)
        wanted = len(assessments)
    elif step_id == "network_type":
        fields = tuple(question.id for question in method.type_questions)
        done, wanted = _filled(network.single("type_check"), fields)
    else:
        done = sum(1 for _ in network.records(_KIND_OF_STEP[step_id]))
        wanted = _ENOUGH[step_id]
        state = "empty" if not done else "begun" if done < wanted else "covered"
        return state, method.labels[f"standing_{step_id}"].format(done=done)
    state = "empty" if not done else "begun" if done < wanted else "covered"
    return state, method.labels["standing_of"].format(done=done, wanted=wanted)


_WANTED = {
    "network": ("title", "municipality", "network_type", "network_leader", "reference_leader"),
    "theme": ("given", "statement", "driving_question", "concerns", "why_now", "unknown"),
}
"""What a network's head and theme want before they count as covered; the rest is optional."""

_KIND_OF_STEP = {
    "knowledge_search": "source",
    "field_walk": "observation",
    "contacts": "contact",
    "log": "log",
}

_ENOUGH = {"knowledge_search": 3, "field_walk": 3, "contacts": 5, "log": 1}
"""From how many records a step is no longer the first to work on. Own judgement, not a norm."""

_CHEAPEST_FIRST = (
    "network",
    "theme",
    "characteristics",
    "network_type",
    "contacts",
    "knowledge_search",
    "field_walk",
    "log",
)
"""When several steps are as weak, the one that costs the leader least comes first."""


def _filled(record: Record, fields: tuple[str, ...]) -> tuple[int, int]:
    return sum(record.value(name) is not None for name in fields), len(fields)


def next_step(method: Method, network: Network) -> Standing:
    """Return the cheapest act that would strengthen the weakest step, with the advice to show."""
    by_id = {one.step_id: one for one in standing(method, network)}
    in_order = [by_id[id_] for id_ in _CHEAPEST_FIRST if id_ in by_id]
    for state in ("empty", "begun"):
        for one in in_order:
            if one.state == state:
                return Standing(one.step_id, one.title, state, method.step(one.step_id).advice)
    last = method.step("overview")
    return Standing(last.id, last.title, "covered", last.advice)
