"""Records of one kind: add, open, change, delete."""

from __future__ import annotations

from .form import Form
from .module import module, style


class RecordList(Form):
    """A list of records of one kind, saved from the first word."""

    _esm = module("record_list")
    _css = style("record_list")


class KnowledgeSearch(RecordList):
    """What others know: sources, their angles, and what is still unknown."""

    kinds = frozenset({"source"})


class FieldWalk(RecordList):
    """What was seen and heard on the field walk."""

    kinds = frozenset({"observation"})


class Contacts(RecordList):
    """Who to talk to, and who suggested whom."""

    kinds = frozenset({"contact"})


class Log(RecordList):
    """An entry each time something is learned; it may rewrite the theme."""

    kinds = frozenset({"log"})
    named_kinds = frozenset({"source", "observation", "contact"})


class Ideas(RecordList):
    """Solutions put aside while the theme unfolds."""

    kinds = frozenset({"idea"})
    named_kinds = frozenset({"source", "observation", "contact", "log"})
