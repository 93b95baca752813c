"""Which blocks each step of the workbook consists of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from ..guidance import assessment_gap, next_step, standing, type_advice
from ..history import revisions
from ..method import Method
from ..records import KINDS
from ..store import Network
from .blocks import Answers, Block, Points, Remark, Row, Section, Table
from .words import Words

_IDEAS: Final = "ideas"
_CHOOSER: Final = "chooser"
_PATH: Final = "path"


def section(method: Method, network: Network, step_id: str) -> Section:
    """Return what is said about one step, the theme's path, the parked ideas or the chooser.

    The last three have the ids ``"path"``, ``"ideas"`` and ``"chooser"``; they are no steps of the
    method.

    Raises
    ------
    KeyError
        There is no such step.
    """
    words = Words(method, network)
    if step_id == _CHOOSER:
        opened = Remark(network.title or method.labels["section_no_network"])
        return Section(step_id, method.labels["section_chooser"], (opened,))
    own = step_id in (_IDEAS, _PATH)
    title = method.labels[f"section_{step_id}"] if own else method.step(step_id).title
    blocks = tuple(_BLOCKS[step_id](words))
    note = ""
    if step_id == "network" and network.single("network").text("example") == "yes":
        note = method.labels["section_example"]
    elif step_id == _IDEAS:
        note = method.labels["section_ideas_note"]
    return Section(step_id, title, blocks, note)


def all_sections(method: Method, network: Network) -> tuple[Section, ...]:
    """Return everything that is said about a network, in the workbook's order."""
    ids = [step.id for step in method.steps]
    ids.insert(ids.index("overview"), _IDEAS)
    ids.insert(ids.index("theme") + 1, _PATH)
    return tuple(section(method, network, id_) for id_ in ids)


def _network(words: Words) -> Iterator[Block]:
    network = words.network.single("network")
    shown = (field.name for field in KINDS["network"].fields if not field.hidden)
    yield Answers(tuple(words.row(network, name) for name in shown))


def _theme(words: Words) -> Iterator[Block]:
    theme = words.network.single("theme")
    now = [field.name for field in KINDS["theme"].fields if field.name != "given"]
    rows = (words.row(theme, name, lead=name == "statement") for name in now)
    yield Answers(tuple(rows))
    yield Answers((words.row(theme, "given"),))


def _path(words: Words) -> Iterator[Block]:
    theme = words.network.single("theme")
    found = revisions(words.network.history(theme.record_id, "statement"))
    label = words.method.fields["theme"]["statement"].label
    for one in found:
        row = words.text_row(label, one.edit)
        yield Answers((row,), words.written(one.edit), words.cause(one.edit))
    if not found:
        yield Remark(words.label("section_path_empty"))


def _characteristics(words: Words) -> Iterator[Block]:
    titles = {one.id: one.title for one in words.method.characteristics}
    recorded = [record.text("characteristic") for record in words.network.records("assessment")]
    # What another method file asked about is still an answer: shown, by its id.
    for id_ in dict.fromkeys([*titles, *filter(None, recorded)]):
        assessment = words.network.assessment(id_)
        texts = [words.row(assessment, name) for name in ("how", "clearer")]
        rows = (words.row(assessment, "status"), *(row for row in texts if row.answered))
        gap = assessment_gap(words.method, assessment)
        yield Answers(rows, titles.get(id_, id_), (gap,) if gap else ())


def _network_type(words: Words) -> Iterator[Block]:
    check = words.network.single("type_check")
    advice = type_advice(words.method, words.network)
    points_to = [words.method.title_of("network_type", id_) for id_ in advice.points_to]
    label = words.label("section_type_points_to")
    nowhere = words.label("section_type_points_nowhere")
    yield Answers(
        (
            words.row(words.network.single("network"), "network_type"),
            *(words.row(check, q.id, label=q.question) for q in words.method.type_questions),
            words.row(check, "delivery"),
            words.row(check, "note"),
            Row(label, ("\n".join(points_to) or nowhere,), answered=bool(points_to)),
        )
    )
    if advice.why:
        yield Points(words.label("section_type_why"), advice.why)
    if advice.to_reference_leader:
        yield Points(words.label("section_type_discuss"), advice.to_reference_leader)


def _overview(words: Words) -> Iterator[Block]:
    yield Table(
        words.label("section_standing"),
        tuple(words.label(f"section_{name}") for name in ("step", "state", "done")),
        tuple(
            (one.title, words.label(f"section_state_{one.state}"), one.sentence)
            for one in standing(words.method, words.network)
        ),
    )
    step = next_step(words.method, words.network)
    yield Points(words.label("section_next_step"), (f"{step.title}: {step.sentence}",))


_BLOCKS: Final[dict[str, Callable[[Words], Iterator[Block]]]] = {
    "network": _network,
    "theme": _theme,
    _PATH: _path,
    "characteristics": _characteristics,
    "network_type": _network_type,
    "knowledge_search": lambda words: words.entries("source"),
    "field_walk": lambda words: words.entries("observation"),
    "contacts": lambda words: words.entries("contact"),
    "log": lambda words: words.entries("log"),
    _IDEAS: lambda words: words.entries("idea"),
    "overview": _overview,
}
