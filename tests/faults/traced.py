"""A fork of this process under ``strace``, which can kill it or fail it at any one system call."""

from __future__ import annotations

import mmap
import os
import select
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from netvaerk_widgets.errors import NetvaerkError

Say = Callable[[str], None]

# Every call by which anything on a disk changes; opening for writing is followed by one of these.
CALLS = (
    *("pwrite64", "write", "fdatasync", "fsync", "ftruncate", "fallocate", "mkdir"),
    *("unlink", "unlinkat", "rename", "renameat", "renameat2", "link", "linkat"),
)
_PATIENCE = 30  # s


def _can_trace() -> bool:
    if not shutil.which("strace"):
        return False
    tried = subprocess.run(["strace", "-qq", "-o", "/dev/null", "true"], check=False)
    return tried.returncode == 0


needs_strace = pytest.mark.skipif(
    not _can_trace(), reason="strace is missing, or may not trace here (apt-get install strace)"
)


@dataclass(frozen=True)
class Fault:
    """What happens at the ``number``-th call by this name: ``kill``, or an error's name.

    A full disk stays full for every later call; a disk error passes.
    """

    kind: str
    call: str
    number: int

    @property
    def injection(self) -> str:
        when = f"when={self.number}{'+' if self.kind == 'ENOSPC' else ''}"
        how = "signal=SIGKILL" if self.kind == "kill" else f"error={self.kind}"
        return f"{self.call}:{how}:{when}"


@dataclass(frozen=True)
class Outcome:
    """How it went: whether the fault came at all, and what was said before, or of, it."""

    hit: bool
    killed: bool
    said: tuple[str, ...]


class _Words:
    """What the fork says, in memory shared with it: no system call, so no fault can hit it."""

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, 1 << 20)
        self._end = 8

    def say(self, word: str) -> None:
        line = word.replace("\n", " ").encode()[:4000] + b"\n"
        self._memory[self._end : self._end + len(line)] = line
        self._end += len(line)
        self._memory[:8] = self._end.to_bytes(8, "big")

    def heard(self) -> tuple[str, ...]:
        end = int.from_bytes(self._memory[:8], "big")
        return tuple(self._memory[8:end].decode().splitlines()) if end else ()


def traced(deed: Callable[[Say], None], log: Path, *options: str) -> tuple[int, tuple[str, ...]]:
    """Let a fork of this process do it under strace; return its exit status and its words.

    A refusal is said as ``refused ID SENTENCE``; any other error as ``fell …``.
    """
    words = _Words()
    wait, go = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.read(wait, 1)
            deed(words.say)
        except NetvaerkError as error:
            words.say(f"refused {error.id} {error}")
        except BaseException as error:  # noqa: BLE001 - it is told, and the fork must end here
            words.say(f"fell {error!r}")
        finally:
            os._exit(0)
    strace = subprocess.Popen(
        ["strace", "-f", "-p", str(pid), "-o", str(log), *options],
        stderr=subprocess.PIPE,
        text=True,
    )
    assert strace.stderr is not None
    try:
        attached = strace.stderr.readline()
        assert "attached" in attached, attached
        os.write(go, b"x")
        return _ended(pid), words.heard()
    finally:
        strace.wait(_PATIENCE)
        strace.stderr.close()
        os.close(wait)
        os.close(go)


def _ended(pid: int) -> int:
    handle = os.pidfd_open(pid)
    try:
        if not select.select([handle], [], [], _PATIENCE)[0]:
            os.kill(pid, signal.SIGKILL)
    finally:
        os.close(handle)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def at_fault(deed: Callable[[Say], None], log: Path, fault: Fault) -> Outcome:
    """Let a fork do it and let it meet one fault."""
    options = ("-e", f"trace={fault.call}", "-e", f"inject={fault.injection}")
    began = time.monotonic()
    status, said = traced(deed, log, *options)
    killed = status == -signal.SIGKILL
    assert not (killed and time.monotonic() - began > _PATIENCE), f"it hung at {fault}"
    hit = killed or "(INJECTED)" in log.read_text(errors="replace")
    return Outcome(hit, killed, said)
