"""What can go wrong, said to the user in a whole sentence."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Self

SENTENCES = Path(__file__).parent / "method"


class NetvaerkError(Exception):
    """Base of every error this package raises on purpose.

    Parameters
    ----------
    id_
        Which sentence in ``method/errors.<language>.toml``.
    facts
        What the sentence names: a file, a key, a value. Never a person's words.
    """

    def __init__(self, id_: str, **facts: object) -> None:
        # Only what is needed to make one again: an error crosses processes by ``args``.
        super().__init__(id_)
        self.id = id_
        self.facts = facts

    def sentence(self, language: str = "da") -> str:
        """Return what the user reads: what happened, what is kept, what to do."""
        return _sentences(language)[self.id].format(**self.facts)

    def retold(self, **facts: object) -> Self:
        """Return the same error with some of its facts said in other words."""
        return type(self)(self.id, **self.facts | facts)

    def __str__(self) -> str:
        return self.sentence()


class MethodError(NetvaerkError):
    """A method file cannot be used; the sentence names file, key, value and what is allowed."""


class ValueRefusedError(NetvaerkError):
    """A value does not fit its field; nothing was written.

    The fact ``field`` is ``"kind.field"``, and whoever knows the method puts the label there.
    """


class StoreError(NetvaerkError):
    """The workbook file could not be opened, read or written; nothing in it was changed."""


class WorkbookError(NetvaerkError):
    """The act asked of the workbook makes no sense as things stand; nothing was changed."""


@cache
def _sentences(language: str) -> dict[str, str]:
    file = SENTENCES / f"errors.{language}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))
