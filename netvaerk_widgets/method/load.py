"""Read a method file into frozen values, and refuse one that does not hold together.

The keys a file may have are the fields of the values in ``model``; the choices and words it must
have follow from ``records``. Nothing is listed here but the steps.
"""

from __future__ import annotations

import dataclasses
import tomllib
import typing
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from ..errors import MethodError
from ..records import KINDS
from .model import Choice, Method

STEPS = (
    "network", "theme", "characteristics", "network_type", "knowledge_search", "field_walk",
    "contacts", "log", "overview",
)  # fmt: skip
"""The steps of the workbook. A method file says what to call them and in what order they come."""

HEAD = "method"  # the table that holds the texts of the method itself, such as its title
MAY_BE_EMPTY = ".help"
# What is allowed where a value has the wrong shape, in the file's own notation.
TEXT, LIST, TABLE = '"…"', "[ … ]", "{ … }"


@dataclasses.dataclass(frozen=True)
class _Place:
    """Where in which file: what a complaint names. ``key`` counts list entries from 1."""

    file: str
    key: str = ""

    def at(self, name: str) -> _Place:
        return _Place(self.file, f"{self.key}.{name}" if self.key else name)

    def entry(self, number: int) -> _Place:
        return _Place(self.file, f"{self.key}[{number}]")

    def refused(self, value: object, allowed: Iterable[str]) -> MethodError:
        return MethodError(
            "method_wrong_value",
            file=self.file,
            key=self.key,
            value=str(value)[:80] or '""',
            allowed=", ".join(allowed),
        )


def load_method(name_or_path: str | Path = "albertslund.da") -> Method:
    """Return the method in a file, checked as a whole.

    Parameters
    ----------
    name_or_path
        Name of a method that comes with the package, or the path of a ``.toml`` file.
        One that comes with the package is read once; a file of one's own is read each time.

    Raises
    ------
    MethodError
        The file cannot be read or does not hold together. Names the first fault found: file,
        key, value and what is allowed.
    """
    path = Path(name_or_path)
    return _load(path) if path.suffix == ".toml" else _shipped(str(name_or_path))


@cache
def _shipped(name: str) -> Method:
    return _load(Path(__file__).parent / f"{name}.toml")


def _load(path: Path) -> Method:
    file = _Place(path.name)
    hints = typing.get_type_hints(Method)
    head = {name for name, hint in hints.items() if hint is str}
    document = _table(_document(path), {HEAD, *hints} - head, file)
    values = dict(_table(document[HEAD], head, file.at(HEAD)))
    for name, hint in hints.items():
        if name in head:
            _text(values[name], file.at(HEAD).at(name))
        else:
            values[name] = _value(hint, document[name], file.at(name))
    method = Method(**values)
    _check_references(method, file)
    derived = {
        "characteristic": _choices(method.characteristics),
        "network_type": _choices(method.network_types),
        "field_walk_method": _choices(method.field_walk_methods),
        "source_kind": _choices(method.source_kinds),
    }
    _check_words(method, derived, file)
    return dataclasses.replace(method, choices={**derived, **method.choices})


def _document(path: Path) -> object:
    try:
        # Notepad puts a byte order mark in front; tomllib would call it a fault in line 1.
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        reason = error.strerror or str(error)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        reason = str(error)
    raise MethodError("method_unreadable", file=path.name, reason=reason)


def _value(hint: object, raw: object, place: _Place) -> object:
    """Return ``raw`` as the type a field of the model is declared with."""
    arguments = typing.get_args(hint)
    if dataclasses.is_dataclass(hint):
        hints = typing.get_type_hints(hint)
        table = _table(raw, hints, place)
        values = {name: _value(part, table[name], place.at(name)) for name, part in hints.items()}
        return typing.cast("Callable[..., object]", hint)(**values)
    if typing.get_origin(hint) is tuple:
        return _entries(arguments[0], raw, place)
    if typing.get_origin(hint) is Mapping:
        if not isinstance(raw, dict):
            raise place.refused(raw, [TABLE])
        # Plain dicts, because a mappingproxy cannot be sent to another process.
        return {name: _value(arguments[1], part, place.at(name)) for name, part in raw.items()}
    if typing.get_origin(hint) is typing.Literal and raw not in arguments:
        raise place.refused(raw, arguments)
    return _text(raw, place)


def _entries(hint: object, raw: object, place: _Place) -> tuple[object, ...]:
    if not isinstance(raw, list):
        raise place.refused(raw, [LIST])
    if not raw:
        raise MethodError("method_missing_key", file=place.file, key=place.entry(1).key)
    entries = tuple(_value(hint, part, place.entry(n)) for n, part in enumerate(raw, start=1))
    seen = set[object]()
    for number, entry in enumerate(entries, start=1):
        id_ = getattr(entry, "id", entry)
        if id_ in seen:
            key = place.entry(number).at("id") if id_ is not entry else place.entry(number)
            raise MethodError("method_duplicate", file=place.file, key=key.key, value=id_)
        seen.add(id_)
    return entries


def _text(raw: object, place: _Place) -> str:
    if not isinstance(raw, str) or not (raw.strip() or place.key.endswith(MAY_BE_EMPTY)):
        raise place.refused(raw, [TEXT])
    return raw


def _table(raw: object, names: Collection[str], place: _Place) -> Mapping[str, Any]:
    """Return ``raw``, or refuse it if it is not a table of exactly these names."""
    if not isinstance(raw, Mapping):
        raise place.refused(raw, [TABLE])
    for name in raw:
        if name not in names:
            allowed = ", ".join(sorted(names))
            key = place.at(name).key
            raise MethodError("method_unknown_key", file=place.file, key=key, allowed=allowed)
    for name in sorted(set(names) - set(raw)):
        raise MethodError("method_missing_key", file=place.file, key=place.at(name).key)
    return raw


def _check_references(method: Method, file: _Place) -> None:
    """Refuse an entry that names something neither the file nor the record has."""
    types = [type_.id for type_ in method.network_types]
    walks = [walk.id for walk in method.field_walk_methods]
    answers = [f.name for f in KINDS["type_check"].fields if f.choices == "yes_no_unknown"]
    named: list[tuple[str, str, Collection[str]]] = []
    for n, question in enumerate(method.type_questions, start=1):
        named.append((f"type_questions[{n}].id", question.id, answers))
        named.append((f"type_questions[{n}].points_to", question.points_to, types))
    for n, rule in enumerate(method.picking_rules, start=1):
        named += [(f"picking_rules[{n}].methods", walk, walks) for walk in rule.methods]
    named += [(f"steps[{n}].id", step.id, STEPS) for n, step in enumerate(method.steps, start=1)]
    for key, id_, allowed in named:
        if id_ not in allowed:
            raise file.at(key).refused(id_, allowed)
    _table({step.id: step for step in method.steps}, STEPS, file.at("steps"))


def _choices(section: Iterable[Any]) -> tuple[Choice, ...]:
    return tuple(Choice(entry.id, entry.title, entry.origin) for entry in section)


def _check_words(method: Method, derived: Collection[str], file: _Place) -> None:
    """Refuse a file without words for something people record, or with words for nothing."""
    fields = [field for kind in KINDS.values() for field in kind.fields]
    lists = {field.choices for field in fields if field.type in ("choice", "choices")}
    _table(method.choices, lists - set(derived), file.at("choices"))
    _table(method.fields, KINDS, file.at("fields"))
    for kind, words in method.fields.items():
        _table(words, [field.name for field in KINDS[kind].fields], file.at("fields").at(kind))
