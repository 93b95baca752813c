"""Deeds done by a fork of the test's process, which is killed, or by one with its own mounts."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="fork and SIGKILL are Unix's")
needs_mounts = pytest.mark.skipif(
    not hasattr(os, "geteuid")
    or os.geteuid() != 0
    or subprocess.run(["unshare", "-m", "true"], check=False, capture_output=True).returncode != 0,
    reason="mounts a folder of its own (unshare -m), which takes root",
)

READ_ONLY = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0"'
TINY = 'mount -t tmpfs -o size=1m tmpfs "$0"'


def killed(deed: Callable[[], None], delay: float) -> list[str]:
    """Let a fork of this process do it, kill it ``delay`` s after its first word; return its words.

    A fork, because importing everything anew would take longer than the deed.
    """
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.dup2(write, 1)
        sys.stdout = os.fdopen(1, "w")
        try:
            deed()
        finally:
            os._exit(0)
    os.close(write)
    with os.fdopen(read) as said:
        first = said.readline().split()
        time.sleep(delay)
        os.kill(pid, signal.SIGKILL)
        words = first + said.read().split()
    os.waitpid(pid, 0)
    return words


def in_own_mount(mount: str, program: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Mount over the folder of the last word for one process only, and let it run the program."""
    folder = str(Path(words[-1]).parent)
    return subprocess.run(
        [
            *("unshare", "-m", "sh", "-c", f'{mount} && exec "$@"'),
            *(folder, sys.executable, str(program), *words),
        ],
        check=False,
        capture_output=True,
        text=True,
    )
