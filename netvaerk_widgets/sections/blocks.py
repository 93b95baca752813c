"""What a section consists of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Row:
    """One thing asked and what is answered.

    Attributes
    ----------
    texts
        The answer in words. More than one when the field is in conflict; ``note`` then says so.
    answered
        False if ``texts`` only says that nobody has answered.
    lead
        True for the one text a reader should meet first.
    """

    label: str
    texts: tuple[str, ...]
    answered: bool = True
    note: str = ""
    lead: bool = False


@dataclass(frozen=True)
class Answers:
    """Answers that belong together, e.g. one source; ``notes`` point out what is missing."""

    kind: ClassVar = "answers"
    rows: tuple[Row, ...]
    heading: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """A small table; each row has as many cells as there are headers."""

    kind: ClassVar = "table"
    caption: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Points:
    """Sentences under a heading; never empty."""

    kind: ClassVar = "points"
    heading: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class Remark:
    """One sentence in the project's own voice."""

    kind: ClassVar = "remark"
    text: str


Block = Answers | Table | Points | Remark


@dataclass(frozen=True)
class Section:
    """What is said about one step; ``note`` is what to know before reading it."""

    id: str
    title: str
    blocks: tuple[Block, ...]
    note: str = ""
