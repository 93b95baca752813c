"""``netvaerk lab``: what it puts in the folder, who can reach the server, and how it ends."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from netvaerk_widgets import starter

ROOT = Path(__file__).parents[1]
SERVER_AND_KERNEL = 1 + 5
"""How many sockets are listened on when one kernel runs; each kernel has five."""

needs_unix = pytest.mark.skipif(os.name == "nt", reason="signals and file modes are Unix's")


def test_notebooks_are_copied_once_and_never_overwritten(tmp_path: Path) -> None:
    folder = tmp_path / "ny" / "mappe"
    shipped = {path.name for path in starter.shipped_notebooks().glob("*.ipynb")}
    assert starter.FIRST_PAGE in shipped

    assert {path.name for path in starter.copy_notebooks(folder)} == shipped
    mine = folder / starter.FIRST_PAGE
    mine.write_text("mit eget", encoding="utf-8")

    assert starter.copy_notebooks(folder) == []
    assert mine.read_text(encoding="utf-8") == "mit eget"


@pytest.fixture
def running_lab(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str, Path]]:
    """``netvaerk lab`` as its own process, the address it printed, and its folder."""
    folder = tmp_path / "arbejdsbog"
    environment = os.environ | {
        "JUPYTER_CONFIG_DIR": str(tmp_path / "config"),
        "JUPYTER_RUNTIME_DIR": str(tmp_path / "runtime"),
        "JUPYTER_DATA_DIR": str(tmp_path / "data"),
        "PYTHONUTF8": "1",
    }
    command = [sys.executable, "-m", "netvaerk_widgets.cli", "lab", str(folder), "--no-browser"]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
    )
    assert process.stdout is not None
    lines = iter(process.stdout.readline, "")
    address = next((line.strip() for line in lines if "http://" in line), "")
    try:
        yield process, address, folder
    finally:
        for end in (process.terminate, process.kill):
            if process.poll() is None:
                end()
                with suppress(subprocess.TimeoutExpired):
                    process.wait(timeout=20)
        process.stdout.close()


def answer(url: str, token: str = "") -> int:
    headers = {"Authorization": f"token {token}"} if token else {}
    request = urllib.request.Request(url, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=20) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        error.close()
        return error.code


def process_tree(root: int) -> set[int]:
    """Return ``root`` and every process that descends from it."""
    parents = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            after_name = status.read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:  # it ended while we looked
            continue
        parents[int(status.parent.name)] = int(after_name[1])
    tree, size = {root}, 0
    while size != len(tree):
        size = len(tree)
        tree |= {child for child, parent in parents.items() if parent in tree}
    return tree


def open_sockets(process: int) -> set[str]:
    sockets = set()
    for handle in Path(f"/proc/{process}/fd").iterdir():
        try:
            target = os.readlink(handle)  # noqa: PTH115 - "socket:[123]" is not a path
        except OSError:  # closed while we looked
            continue
        sockets |= set(re.findall(r"socket:\[(\d+)\]", target))
    return sockets


def listening_addresses(process: int) -> list[str]:
    """Return the address, as Linux writes it, of each socket its process tree listens on."""
    sockets = set().union(*map(open_sockets, process_tree(process)))
    rows = [
        line.split()
        for table in ("tcp", "tcp6")
        for line in Path(f"/proc/net/{table}").read_text(encoding="utf-8").splitlines()[1:]
    ]
    return [row[1].split(":")[0] for row in rows if row[3] == "0A" and row[9] in sockets]


@needs_unix
@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="reads sockets from Linux's /proc")
def test_lab_serves_this_machine_only_asks_for_its_token_and_stops_when_told(
    running_lab: tuple[subprocess.Popen[str], str, Path],
) -> None:
    process, address, folder = running_lab
    found = re.fullmatch(
        r"(http://127\.0\.0\.1:\d+/)lab/tree/udfold_tema\.ipynb\?token=(\w{40,})", address
    )
    assert found, address
    server, token = found.groups()

    assert answer(f"{server}api/status") == 403
    assert answer(f"{server}api/status", "forkert") == 403
    assert answer(f"{server}api/status", token) == 200
    assert answer(f"{server}api/contents/udfold_tema.ipynb", token) == 200
    assert {p.stat().st_mode & 0o077 for p in (folder, *folder.iterdir())} == {0}

    begin_kernel(server, token)
    until = time.monotonic() + 30
    while len(addresses := listening_addresses(process.pid)) < SERVER_AND_KERNEL:
        assert time.monotonic() < until, f"the kernel never listened: {addresses}"
        time.sleep(0.1)
    assert set(addresses) == {"0100007F"}  # 127.0.0.1
    tree = process_tree(process.pid)

    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=30) == 0
    assert process.stdout is not None
    assert "Arbejdsbogen er lukket." in process.stdout.read()
    assert not [pid for pid in tree if Path(f"/proc/{pid}").exists()]


def begin_kernel(server: str, token: str) -> None:
    request = urllib.request.Request(
        f"{server}api/kernels",
        data=json.dumps({"name": "python3"}).encode(),
        headers={"Authorization": f"token {token}"},
    )
    with urllib.request.urlopen(request, timeout=30) as response:
        assert response.status == 201


@needs_unix
def test_jupyters_settings_are_the_projects(
    running_lab: tuple[subprocess.Popen[str], str, Path],
) -> None:
    _, address, _ = running_lab
    server, token = address.split("lab/tree/")[0], address.rpartition("token=")[2]

    wanted = json.loads((ROOT / "jupyter-config/overrides.json").read_text(encoding="utf-8"))
    for plugin, settings in wanted.items():
        request = urllib.request.Request(
            f"{server}lab/api/settings/{plugin}", headers={"Authorization": f"token {token}"}
        )
        with urllib.request.urlopen(request, timeout=20) as response:
            schema = json.load(response)["schema"]["properties"]
        assert {name: schema[name]["default"] for name in settings} == settings
