"""What people record: the kinds, their fields, and what each field may hold.

Kind and field names are permanent: they stand in every workbook file ever written. A field that is
no longer used is kept with ``retired=True``; a test compares with ``tests/files/known_names.txt``.
Labels, help and the choices themselves are in the method files.
"""

from __future__ import annotations

import datetime
import unicodedata
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from .errors import ValueRefusedError

FieldType = Literal["text", "long_text", "date", "minutes", "choice", "choices", "records"]
Value = str | int | bool | list[str] | None

TEXT_LIMIT = 200_000
"""Characters in one field; longer text is refused with its length, never cut."""

_DIGITS = 5  # in a number of minutes: two months

LIST_LIMIT = 1000
"""Ids in one field; together they must also keep within ``TEXT_LIMIT``."""

DELETED = "deleted"
"""Field of every kind: true when the record is deleted, false when it is brought back."""


@dataclass(frozen=True)
class Field:
    """One thing to fill in.

    ``choices`` is the id of a list of choices in the method file, for ``choice`` and ``choices``;
    for ``records`` it is the kinds that may be named, parted by spaces.
    ``personal`` marks what may hold a person's name or a way to reach one.
    """

    name: str
    type: FieldType
    choices: str = ""
    personal: bool = False
    hidden: bool = False
    retired: bool = False


@dataclass(frozen=True)
class Kind:
    """One kind of record. ``table`` is its name among the pandas tables, if it has one."""

    name: str
    fields: tuple[Field, ...]
    table: str = ""

    def field(self, name: str) -> Field:
        """Return the field called ``name``; raise ``ValueRefusedError`` if there is none."""
        for field in (*self.fields, Field(DELETED, "choice", hidden=True)):
            if field.name == name:
                return field
        raise ValueRefusedError("unknown_field", field=f"{self.name}.{name}")


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "network",
            (
                Field("title", "text"),
                Field("municipality", "text"),
                Field("network_type", "choice", "network_type"),
                Field("network_leader", "text", personal=True),
                Field("reference_leader", "text", personal=True),
                Field("co_driver", "text", personal=True),
                Field("line_manager", "text", personal=True),
                Field("given_by", "text", personal=True),
                Field("given_on", "date"),
                Field("start_half_year", "text"),
                Field("political_link", "long_text"),
                Field("keep_until", "date"),
                Field("example", "choice", "yes_no", hidden=True),
            ),
            table="networks",
        ),
        Kind(
            "theme",
            (
                Field("given", "long_text"),
                Field("statement", "long_text"),
                Field("driving_question", "long_text"),
                Field("concerns", "long_text"),
                Field("why_now", "long_text"),
                Field("known", "long_text"),
                Field("unknown", "long_text"),
                Field("frames", "long_text"),
            ),
            table="themes",
        ),
        Kind(
            "assessment",
            (
                Field("characteristic", "choice", "characteristic", hidden=True),
                Field("status", "choice", "assessment_status"),
                Field("how", "long_text"),
                Field("clearer", "long_text"),
            ),
            table="characteristics",
        ),
        Kind(
            "type_check",
            (
                Field("break_with_practice", "choice", "yes_no_unknown"),
                Field("knowledge_lacking", "choice", "yes_no_unknown"),
                Field("improve_existing", "choice", "yes_no_unknown"),
                Field("delivery", "choice", "network_type"),
                Field("note", "long_text"),
            ),
            table="type_checks",
        ),
        Kind(
            "source",
            (
                Field("date", "date"),
                Field("source_kind", "choice", "source_kind"),
                Field("title", "text"),
                Field("originator", "text", personal=True),
                Field("year", "text"),
                Field("link", "text"),
                Field("search_terms", "text"),
                Field("says", "long_text"),
                Field("angle", "long_text"),
                Field("perspective", "choice", "perspective"),
                Field("stance", "choice", "stance"),
                Field("still_unknown", "long_text"),
                Field("trust", "choice", "trust"),
                Field("trust_reason", "text"),
                Field("characteristics", "choices", "characteristic"),
                Field("talk_to", "text", personal=True),
            ),
            table="knowledge_search",
        ),
        Kind(
            "observation",
            (
                Field("date", "date"),
                Field("place", "text"),
                Field("method", "choice", "field_walk_method"),
                Field("observer_role", "choice", "observer_role"),
                Field("duration", "minutes"),
                Field("who", "text", personal=True),
                Field("perspective", "choice", "perspective"),
                Field("description", "long_text"),
                Field("quote", "long_text"),
                Field("interpretation", "long_text"),
                Field("surprise", "choice", "yes_no"),
                Field("consent", "choice", "consent"),
                Field("characteristics", "choices", "characteristic"),
                Field("new_questions", "long_text"),
                Field("new_names", "text", personal=True),
                Field("confidentiality", "choice", "confidentiality"),
            ),
            table="field_walk",
        ),
        Kind(
            "contact",
            (
                Field("name", "text", personal=True),
                Field("role", "text"),
                Field("unit", "text"),
                Field("contact_route", "text", personal=True),
                Field("suggested_by", "records", "contact"),
                Field("why", "long_text"),
                Field("perspective", "choice", "perspective"),
                Field("status", "choice", "contact_status"),
                Field("date", "date"),
                Field("learned", "long_text"),
                Field("possible_roles", "choices", "contact_role"),
                Field("phases", "choices", "phase"),
                Field("competence", "text"),
                Field("motivation", "text"),
                Field("informed", "choice", "yes_no"),
                Field("same_as", "records", "contact", hidden=True),
                Field("different_from", "records", "contact", hidden=True),
            ),
            table="contacts",
        ),
        Kind(
            "log",
            (
                Field("date", "date"),
                Field("occasion", "choice", "occasion"),
                Field("rests_on", "records", "source observation contact"),
                Field("new_knowledge", "long_text"),
                Field("perspective", "choice", "perspective"),
                Field("surprise", "long_text"),
                Field("before", "long_text", hidden=True),
                Field("after", "long_text"),
                Field("unchanged_reason", "long_text"),
                Field("characteristics_clearer", "choices", "characteristic"),
                Field("characteristics_weaker", "choices", "characteristic"),
                Field("type_effect", "choice", "type_effect"),
                Field("new_questions", "long_text"),
                Field("new_people", "text", personal=True),
                Field("to_reference_leader", "choice", "yes_no"),
                Field("point", "long_text"),
                Field("agreed", "long_text"),
                Field("agreed_on", "date"),
            ),
            table="log",
        ),
        Kind(
            "idea",
            (
                Field("date", "date"),
                Field("text", "long_text"),
                Field("comes_from", "records", "source observation contact log"),
            ),
            table="ideas",
        ),
    )
}


def single_record_id(network_id: str, kind: str, part: str = "") -> str:
    """Return the id of a record a network has one of, or one of per ``part``.

    Two leaders who fill in the same form in two copies thereby write to the same record.
    """
    return str(uuid.uuid5(uuid.UUID(network_id), f"{kind}:{part}"))


def checked(kind: str, field: str, value: object) -> Value:
    """Return ``value`` in the one form it is stored in: this is the only door to the record.

    Text gets LF line ends and NFC; nothing else in it changes. Empty text and an empty list become
    None, which means not answered.

    Raises
    ------
    ValueRefusedError
        No such kind or field, a value of another type than the field's, text with characters a
        database cannot hold or above ``TEXT_LIMIT``, more than ``LIST_LIMIT`` ids, a date that is
        not one, minutes below 0.
    """
    if kind not in KINDS:
        raise ValueRefusedError("unknown_kind", kind=kind)
    spec, place = KINDS[kind].field(field), f"{kind}.{field}"
    if value is None or value in ("", []):
        return None
    if field == DELETED:
        if isinstance(value, bool):
            return value
    elif spec.type in ("choices", "records"):
        if isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
            return _ids(value, place)
    elif spec.type == "minutes":
        return _minutes(value, place)
    elif isinstance(value, str):
        return _date(value, place) if spec.type == "date" else _text(value, place)
    raise ValueRefusedError("wrong_type", field=place, type=type(value).__name__)


def _text(text: str, place: str) -> str:
    if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueRefusedError("text_unstorable", field=place)
    kept = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    _check_length(len(kept), place)
    return kept


def _ids(ids: Sequence[str], place: str) -> list[str]:
    if len(ids) > LIST_LIMIT:
        raise ValueRefusedError("too_many_chosen", field=place, count=len(ids), limit=LIST_LIMIT)
    _check_length(sum(map(len, ids)), place)
    return [_text(id_, place) for id_ in ids]


def _check_length(length: int, place: str) -> None:
    if length > TEXT_LIMIT:
        raise ValueRefusedError("text_too_long", field=place, length=length, limit=TEXT_LIMIT)


def _date(text: str, place: str) -> str:
    try:
        return datetime.date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueRefusedError("not_a_date", field=place) from None


def _minutes(value: object, place: str) -> int:
    text = str(value).strip()
    if not text.isdecimal() or not text.isascii() or len(text) > _DIGITS:
        raise ValueRefusedError("not_minutes", field=place)
    return int(text)
