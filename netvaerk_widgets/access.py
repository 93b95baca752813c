"""One person's data in one page: what a municipality hands over when the person asks for it.

It holds all that stands in the contacts of that name, and of other texts the sentences the name
stands in, no more: the rest may be about others.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from .method import Method
from .records import KINDS
from .sections import Words, danish_date
from .store import Edit, Network, Store
from .store.erasure import name_pattern
from .summary import environment, style_policy


@dataclass(frozen=True)
class Place:
    """One thing the file holds about the person.

    Attributes
    ----------
    where
        Kind of record and field, in the method's words.
    texts
        What stands there; empty where the person only is the writer.
    when
        When it was written, and by whom.
    current
        False if it is only history.
    """

    where: str
    texts: tuple[str, ...]
    when: str
    current: bool


def access_page(store: Store, name: str, method: Method) -> str:
    """Return everything the file holds about the person called ``name`` as a whole HTML page.

    What counts as the name is told in ``store.erasure.traces``. The page runs and loads nothing.

    Raises
    ------
    StoreError
        The name is too short to look for, or the file could not be read.
    """
    pattern = name_pattern(name)
    by_network: dict[str, list[Edit]] = {}
    for edit in store.edits()[0]:
        by_network.setdefault(edit.network_id, []).append(edit)
    found = []
    for id_, edits in by_network.items():
        network = Network(id_, edits)
        if places := list(_places(Words(method, network), edits, pattern)):
            found.append((network.title or method.labels["report_untitled"], places))
    templates = environment()
    return templates.get_template("access.html.j2").render(
        language=method.language,
        labels=method.labels,
        policy=style_policy(templates, "access.css"),
        name=name,
        file=store.name,
        date=danish_date(datetime.datetime.now().astimezone().date()),
        networks=found,
    )


def _places(words: Words, edits: list[Edit], pattern: re.Pattern[str]) -> Iterator[Place]:
    own = _own_records(words.network, edits, pattern)
    heads = words.network.head_ids()
    for edit in sorted(edits, key=lambda edit: (edit.at, edit.edit_id)):
        if edit.record_id in own:
            texts = _all_of(words, edit)
        else:
            texts = tuple(part for text in _texts(edit) for part in sentences(text, pattern))
        written = pattern.search(_plain(edit.author)) is not None
        if texts or written:
            yield Place(
                _where(words.method, edit), texts, words.written(edit), edit.edit_id in heads
            )


def _own_records(network: Network, edits: list[Edit], pattern: re.Pattern[str]) -> set[str]:
    """Return the contacts that are, or ever were, the person, and those said to be the same."""
    named = {
        edit.record_id
        for edit in edits
        if (edit.kind, edit.field) == ("contact", "name")
        and any(pattern.search(_plain(text)) for text in _texts(edit))
    }
    links = [
        {record.record_id, *record.ids("same_as")}
        for record in network.records("contact")
        if record.ids("same_as")
    ]
    for _ in links:  # a same as b, b same as c
        for link in links:
            named |= link if link & named else set()
    return named


def _all_of(words: Words, edit: Edit) -> tuple[str, ...]:
    if edit.kind not in KINDS or edit.value is None or isinstance(edit.value, bool):
        return ()
    known = {field.name: field for field in KINDS[edit.kind].fields}
    field = known.get(edit.field)
    if field is None or field.type == "records":  # who else: not about this person
        return ()
    return (words.value(field, edit.value),)


def sentences(text: str, pattern: re.Pattern[str]) -> list[str]:
    """Return the sentences of a text that the name stands in, each once, in order."""
    text = _plain(text)
    found: dict[str, None] = {}
    for match in pattern.finditer(text):
        ends = [end.end() for end in _END.finditer(text, 0, match.start())]
        after = _END.search(text, match.end())
        start, stop = ends[-1] if ends else 0, after.end() if after else len(text)
        found[text[start:stop].strip()] = None
    return list(found)


_END = re.compile(r"[.!?…]+[)\"'»«”’]*\s+|\n+")


def _texts(edit: Edit) -> list[str]:
    if isinstance(edit.value, str):
        return [edit.value]
    return edit.value if isinstance(edit.value, list) else []


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _where(method: Method, edit: Edit) -> str:
    kind = method.labels.get(f"kind_{edit.kind}", edit.kind)
    text = method.fields.get(edit.kind, {}).get(edit.field)
    return f"{kind} · {text.label if text else edit.field}"
