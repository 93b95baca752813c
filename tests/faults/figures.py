"""One row of the table in ``docs/holdbarhed.md``: what was tried, how often, and what was lost."""

from __future__ import annotations

import fcntl
import time
from dataclasses import dataclass, field
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "holdbarhed.md"
HEAD = (
    "| Hvad der prøves | Forsøg | Mistet | Sekunder | Sådan gentages det |\n|---|--:|--:|--:|---|\n"
)


END = "\n## "


@dataclass
class Figure:
    """Counts of one test; ``what`` is its Danish name in the table, empty if it is in none."""

    test: str
    what: str = ""
    tried: int = 0
    lost: int = 0
    begun: float = field(default_factory=time.monotonic)

    def row(self) -> str:
        """Return the row as Markdown."""
        seconds = time.monotonic() - self.begun
        command = f'`pytest -m "slow or not slow" tests/{self.test.partition("::")[0]}`'
        tried = f"{self.tried:,}".replace(",", ".")
        return f"| {self.what} | {tried} | {self.lost} | {seconds:.0f} | {command} |\n"

    def write(self) -> None:
        """Put the row in the table, in the place of the one with the same name."""
        with PAGE.open("r+", encoding="utf-8") as page:
            fcntl.flock(page, fcntl.LOCK_EX)
            before, head, after = page.read().partition(HEAD)
            assert head, f"the table is missing in {PAGE.name}"
            table, end, rest = after.partition(END)
            assert end, f"the table has no end in {PAGE.name}"
            rows = {one.split(" | ")[0]: f"{one}\n" for one in table.splitlines()}
            rows[f"| {self.what}"] = self.row()
            page.seek(0)
            page.truncate()
            page.write(before + head + "".join(rows[name] for name in sorted(rows)) + end + rest)
