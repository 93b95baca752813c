"""Power loss: what a disk may hold after it, rebuilt from the writes that a process made.

A disk has what was waited for (``fdatasync``). Of the rest it may have nothing, all, the first few,
or any, and the last of them half. A file made or removed is so only once its folder was waited for.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from faults.traced import Say, traced

SECTOR = 512
_CALLS = "trace=openat,pwrite64,ftruncate,fdatasync,fsync,unlink,write"
_LINE = re.compile(r"^\d+\s+(\w+)\((.*)\)\s+=\s+(-?\d+)")
_FD = re.compile(r"^\d+<([^>]*)>")
_STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


@dataclass(frozen=True)
class Call:
    """One call: what it did (``write``, ``cut``, ``sync``, ``make``, ``remove``, ``ack``)."""

    what: str
    path: str
    offset: int = 0
    data: bytes = b""


def recorded(deed: Callable[[Say], None], folder: Path) -> list[Call]:
    """Return the calls of a deed in a folder, in order; it says "saved" to ``/dev/null``."""
    log = folder / "log"
    status, said = traced(deed, log, "-y", "-xx", "-s", "200000", "-e", _CALLS)
    assert (status, said) == (0, ()), (status, said)
    calls = [_read(line) for line in log.read_text().splitlines()]
    return [call for call in calls if call is not None]


def _text(escaped: str) -> str:
    if "\\x" not in escaped:
        return escaped
    return bytes.fromhex(escaped.replace("\\x", "")).decode()


def _read(line: str) -> Call | None:
    found = _LINE.match(line)
    if found is None or int(found[3]) < 0:
        return None
    name, facts = found[1], found[2]
    strings = [bytes.fromhex(one.replace("\\x", "")) for one in _STRING.findall(facts)]
    if name in ("openat", "unlink"):
        made = "remove" if name == "unlink" else "make"
        wanted = name == "unlink" or "O_CREAT" in facts
        return Call(made, strings[0].decode()) if wanted else None
    target = _FD.match(facts)
    assert target is not None, line[:200]
    path, numbers = _text(target[1]), [int(n) for n in re.findall(r", (\d+)", facts)]
    if name == "write":
        return Call("ack", path, data=strings[0]) if path == "/dev/null" else None
    if name == "pwrite64":
        return Call("write", path, numbers[-1], strings[0])
    return Call("cut" if name == "ftruncate" else "sync", path, numbers[-1] if numbers else 0)


@dataclass
class Disk:
    """The files of one folder: what is on the disk, and what is only on its way there."""

    folder: str
    files: dict[str, bytes] = field(default_factory=dict)
    there: set[str] = field(default_factory=set)
    pending: dict[str, list[Call]] = field(default_factory=dict)
    entries: list[Call] = field(default_factory=list)

    def take(self, call: Call) -> None:
        """Take one call."""
        if call.what == "sync" and call.path == self.folder:
            self.there = _after(self.there, self.entries)
            self.entries = []
        elif call.what == "sync":
            content = self.files.get(call.path, b"")
            self.files[call.path] = _written(content, self.pending.pop(call.path, []))
        elif call.what == "make":
            if call.path not in _after(self.there, self.entries):
                self.entries.append(call)
        elif call.what == "remove":
            self.entries.append(call)
        elif call.path.startswith(self.folder + "/"):
            self.pending.setdefault(call.path, []).append(call)

    def after_power_loss(self, chance: random.Random, more: int) -> Iterator[dict[str, bytes]]:
        """Yield what may be found in the folder: each file's name and content.

        Nothing or all of what is on its way, each of its beginnings, and ``more`` other choices.
        """
        for entries in range(len(self.entries) + 1):
            there = _after(self.there, self.entries[:entries])
            longest = max(map(len, self.pending.values()), default=0)
            for first in range(longest + 1):
                yield self._with(there, lambda calls, n=first: calls[:n])
            for _ in range(more if longest else 0):
                yield self._with(there, lambda calls: _some(calls, chance))

    def _with(self, there: set[str], kept: Callable[[list[Call]], list[Call]]) -> dict[str, bytes]:
        return {
            path: _written(self.files.get(path, b""), kept(self.pending.get(path, [])))
            for path in sorted(there)
        }


def _some(calls: list[Call], chance: random.Random) -> list[Call]:
    kept = [call for call in calls if chance.random() < 0.5]
    if kept and kept[-1].what == "write" and len(kept[-1].data) > SECTOR and chance.random() < 0.5:
        last, sectors = kept[-1], len(kept[-1].data) // SECTOR
        half = last.data[: SECTOR * chance.randrange(1, max(2, sectors))]
        kept[-1] = Call("write", last.path, last.offset, half)
    return kept


def _after(there: set[str], entries: list[Call]) -> set[str]:
    found = set(there)
    for entry in entries:
        (found.add if entry.what == "make" else found.discard)(entry.path)
    return found


def _written(content: bytes, calls: list[Call]) -> bytes:
    now = bytearray(content)
    for call in calls:
        if call.what == "cut":
            del now[call.offset :]
            now.extend(bytes(call.offset - len(now)))
        else:
            now.extend(bytes(max(0, call.offset - len(now))))
            now[call.offset : call.offset + len(call.data)] = call.data
    return bytes(now)
