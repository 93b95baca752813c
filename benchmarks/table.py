"""Rows of the table a benchmark prints: ours, the peer's, the ratio and the goal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One comparison; ``goal`` is the largest ratio asked for, None where none is."""

    what: str
    ours: float
    peer: float
    goal: float | None = None

    @property
    def ratio(self) -> float:
        """Ours over the peer's: below 1 we use less."""
        return self.ours / self.peer

    @property
    def verdict(self) -> str:
        """Whether the goal is met, in a word."""
        if self.goal is None:
            return ""
        return "yes" if self.ratio <= self.goal else "NO"


def as_text(rows: Iterable[Row]) -> str:
    """Return the rows as a Markdown table."""
    lines = ["| what | ours | peer | ratio | goal | met |", "|---|--:|--:|--:|--:|---|"]
    for row in rows:
        goal = "" if row.goal is None else f"{row.goal:g}"
        numbers = f"{row.ours:,.1f} | {row.peer:,.1f} | {row.ratio:.2f} | {goal}"
        lines.append(f"| {row.what} | {numbers} | {row.verdict} |")
    return "\n".join(lines)
