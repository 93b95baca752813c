"""The record of one network in the words of one method."""

from __future__ import annotations

import datetime
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from ..method import Method
from ..records import KINDS, Field, Value
from ..store import Edit, Network, Record
from .blocks import Answers, Block, Remark, Row

_LONGEST_TITLE: Final = 60
_COPENHAGEN: Final = ZoneInfo("Europe/Copenhagen")
_MONTHS: Final = (
    "januar februar marts april maj juni juli august september oktober november december"
)


def danish_date(date: datetime.date) -> str:
    """Return a date as people write it: ``3. november 2026``."""
    return f"{date.day}. {_MONTHS.split()[date.month - 1]} {date.year}"


def safe_link(text: str) -> str:
    """Return ``text`` if all of it is a web or mail address that may be a link, else ``""``.

    Anything else a person wrote (``javascript:``, ``file:``, ``//host``) is shown as text.
    """
    if not text.isprintable() or any(character in text for character in " \\<>\"'`"):
        return ""
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    if parts.scheme in ("http", "https"):
        return text if parts.hostname else ""
    return text if parts.scheme == "mailto" and "@" in parts.path else ""


def record_title(method: Method, network: Network, record: Record) -> str:
    """Return what a record is called in lists, ``""`` for a kind a network has only one of."""
    if record.kind == "idea" and (text := record.text("text")):
        return textwrap.shorten(text, _LONGEST_TITLE, placeholder=" …")
    return Words(method, network).heading(record) if record.kind in _HEADING else ""


@dataclass(frozen=True)
class Words:
    """Puts the record of one network into the words of one method."""

    method: Method
    network: Network

    def label(self, id_: str, **facts: object) -> str:
        """Return one of the method's labels, with these facts put in."""
        return self.method.labels[id_].format(**facts) if facts else self.method.labels[id_]

    def value(self, field: Field, value: Value) -> str:
        """Return a value as a reader meets it; ids the method does not know stand as they are."""
        if value is None:
            return self.label("section_not_answered")
        if isinstance(value, list):
            name = self.name_of if field.type == "records" else self._titles(field)
            return "\n".join(name(id_) for id_ in value)
        if field.type == "minutes":
            return self.label("section_minutes", minutes=value)
        if field.type == "date":
            return _date(str(value))
        return self.method.title_of(field.choices, str(value)) if field.choices else str(value)

    def _titles(self, field: Field) -> Callable[[str], str]:
        return lambda id_: self.method.title_of(field.choices, id_)

    def row(self, record: Record, name: str, *, label: str = "", lead: bool = False) -> Row:
        """Return one field of a record, answered or not; two texts if it is in conflict."""
        field = KINDS[record.kind].field(name)
        heads = [head.value for head in record.heads.get(name, ())] or [None]
        texts = tuple(dict.fromkeys(self.value(field, value) for value in heads))
        return Row(
            label=label or self.method.fields[record.kind][name].label,
            texts=texts,
            answered=any(value is not None for value in heads),
            note=self.label("section_conflict") if len(texts) > 1 else "",
            lead=lead,
        )

    def text_row(self, label: str, edit: Edit) -> Row:
        """Return what one edit made a text field say."""
        said = self.label("section_erased") if edit.erased else ""
        text = said or str(edit.value or "") or self.label("section_emptied")
        return Row(label, (text,), answered=bool(edit.value))

    def written(self, edit: Edit) -> str:
        """Return when an edit was made, and by whom if that is known."""
        moment = edit.moment.astimezone(_COPENHAGEN)
        when = f"{danish_date(moment.date())} kl. {moment:%H.%M}"
        return f"{when}, {edit.author}" if edit.author else when

    def cause(self, edit: Edit) -> tuple[str, ...]:
        """Return what made the writer change a text, as one sentence or none."""
        if edit.cause is None:
            return ()
        return (self.label("section_cause", cause=self.name_of(edit.cause)),)

    def answered(self, record: Record) -> tuple[Row, ...]:
        """Return what is answered, save what the record's heading already says."""
        said = {name for name in _known_by(record) if not record.in_conflict(name)}
        # Only the log shows a hidden field: what the theme said before it was rewritten.
        rows = (self.row(record, f.name) for f in KINDS[record.kind].fields if f.name not in said)
        return tuple(row for row in rows if row.answered)

    def heading(self, record: Record) -> str:
        """Return what a record in a list is known by."""
        fields = [KINDS[record.kind].field(name) for name in _known_by(record)]
        known = [(field, record.value(field.name)) for field in fields]
        parts = [self.value(field, value) for field, value in known if value is not None]
        return ", ".join(parts) or self.label(f"section_unnamed_{record.kind}")

    def name_of(self, record_id: str) -> str:
        """Return what to call a record that another one points to."""
        record = self.network.record(record_id)
        if record is None or record.kind not in _HEADING:
            return self.label("section_record_unknown", id=record_id)
        name = self.heading(record)
        return self.label("section_record_deleted", name=name) if record.deleted else name

    def entries(self, kind: str) -> Iterator[Block]:
        """Yield one block per record, in the order things happened."""
        records = sorted(self.network.records(kind), key=_when)
        for record in records:
            yield Answers(self.answered(record), self.heading(record))
        if not records:
            yield Remark(self.label("section_nothing"))


_HEADING: Final = {
    "source": ("title",),
    "observation": ("place", "date"),
    "contact": ("name",),
    "log": ("date", "occasion"),
    "idea": ("date",),
}
"""The fields a record is known by."""


def _known_by(record: Record) -> tuple[str, ...]:
    # Citizens are written down by role, never by name.
    nameless = record.kind == "contact" and record.value("name") is None
    return ("role",) if nameless else _HEADING[record.kind]


def _when(record: Record) -> tuple[str, str]:
    # A person's date says when we last met, not where in the list they belong.
    dated = "" if record.kind == "contact" else record.text("date")
    return dated or record.since[:10], record.since


def _date(text: str) -> str:
    try:
        return danish_date(datetime.date.fromisoformat(text))
    except ValueError:  # written by a version that stored something else: shown as it stands
        return text
