"""Start JupyterLab on a folder's workbook, for this machine only, and say in Danish where it is."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

PACKAGE = Path(__file__).parent
FIRST_PAGE = "udfold_tema.ipynb"
PATIENCE = 120
"""Seconds a slow machine may take to start JupyterLab the first time."""

_STOPPING = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")

_RUNNING = """\
Arbejdsbogen kører. Åbn denne adresse i en browser på denne maskine:

    {address}

Adressen er din nøgle: giv den ikke videre. Det, du skriver, ligger i {folder}.
Stop ved at trykke Ctrl+C her. Alt, der står som gemt, er gemt."""

_ENDED = "JupyterLab stoppede, før arbejdsbogen var klar. Det, der er skrevet før, er ikke rørt."
_SILENT = "JupyterLab svarede ikke. Det, der er skrevet før, er ikke rørt. Prøv igen."
_DIED = "JupyterLab stoppede af sig selv. Alt, der stod som gemt, er gemt. Start den igen."
_OPEN_TO_ALL = (
    "Arbejdsbogen er ikke startet: din Jupyter-opsætning slår adgangsnøglen fra, så alle, der"
    " bruger maskinen, kunne læse den. Fjern token og password fra opsætningen, og prøv igen."
)

_REASONS = {
    errno.EACCES: "du har ikke lov",
    errno.EPERM: "du har ikke lov",
    errno.EROFS: "drevet kan kun læses",
    errno.ENOSPC: "der er ikke plads på drevet",
    errno.ENOENT: "den findes ikke",
    errno.EEXIST: "der ligger en fil med det navn",
    errno.ENOTDIR: "det er ikke en mappe",
    errno.EISDIR: "det er en mappe",
}


def os_sentence(error: OSError) -> str:
    """Return what the user reads when the operating system refused a file or folder."""
    reason = _REASONS.get(error.errno or 0, f"fejl {error.errno}")
    return f"Kan ikke bruge {error.filename or 'filen'}: {reason}. Intet er gået tabt."


def start_lab(folder: Path, *, browser: bool, port: int | None) -> int:
    """Run JupyterLab on ``folder`` until it is stopped; return 0, or 1 if it could not start.

    The folder is made if missing. Notebooks that are not in it are copied in; one that is there is
    never touched. The server listens on 127.0.0.1 only and asks for Jupyter's own random token.
    """
    folder = folder.resolve()
    copy_notebooks(folder)
    with _Stop() as stop, tempfile.TemporaryFile() as said:
        started = time.time()
        # A session of its own: Ctrl+C in the terminal reaches us alone, and we end it without
        # JupyterLab's own question. What it says is English, and shown only when it fails.
        server = subprocess.Popen(  # noqa: S603 - no shell, and the folder is one argument
            _command(folder, port, browser=browser), start_new_session=True, stderr=said
        )
        stop.server = server
        info = _wait_until_running(server, folder, started)
        trouble = "" if stop.asked else _trouble(info, server)
        if info and not trouble:
            _welcome(info, folder)
            code = server.wait()
            trouble = "" if stop.asked or code == 0 else _DIED
        stop.end()
        if trouble:
            print(_last_lines(said), trouble, sep="\n", file=sys.stderr)
            return 1
    print("Arbejdsbogen er lukket.")
    return 0


def copy_notebooks(folder: Path) -> list[Path]:
    """Copy the shipped notebooks that ``folder`` does not have; return those copied."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    copied = []
    for notebook in sorted(shipped_notebooks().glob("*.ipynb")):
        target = folder / notebook.name
        try:
            with notebook.open("rb") as source, target.open("xb") as copy:
                shutil.copyfileobj(source, copy)
        except FileExistsError:
            continue
        copied.append(target)
    return copied


def shipped_notebooks() -> Path:
    """Return the folder of notebooks: inside an installed package, beside it in a checkout."""
    inside = PACKAGE / "notebooks"
    return inside if inside.is_dir() else PACKAGE.parent / "notebooks"


def _command(folder: Path, port: int | None, *, browser: bool) -> list[str]:
    settings: dict[str, object] = {
        "ServerApp.root_dir": folder,
        "ServerApp.ip": "127.0.0.1",
        "ServerApp.allow_remote_access": False,
        # Jupyter opens the browser by way of a private file: an address given to a browser as an
        # argument is read by everyone on the machine, with its token.
        "ServerApp.open_browser": browser,
        "LabApp.default_url": f"/lab/tree/{FIRST_PAGE}",
        "Application.log_level": "WARN",
    }
    if port is not None:
        settings["ServerApp.port"] = port
    return [
        *(sys.executable, "-m", "jupyterlab"),
        *(["--allow-root"] if _is_root() else []),
        *(f"--{name}={value}" for name, value in settings.items()),
    ]


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


class _Stop:
    """Remembers that someone asked us to stop, and passes it on to the server."""

    def __init__(self) -> None:
        self.asked = False
        self.server: subprocess.Popen[bytes] | None = None
        self._before: dict[int, Any] = {}

    def __enter__(self) -> _Stop:
        for name in _STOPPING:
            if (number := getattr(signal, name, None)) is not None:
                self._before[number] = signal.signal(number, self._ask)
        return self

    def __exit__(self, *_: object) -> None:
        self.end()
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _ask(self, *_: object) -> None:
        self.asked = True
        if self.server is not None and self.server.poll() is None:
            self.server.terminate()

    def end(self) -> None:
        """End the server, and wait so that its kernels are ended too."""
        if self.server is None or self.server.poll() is not None:
            return
        self.server.terminate()
        try:
            self.server.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self.server.kill()
            self.server.wait()


def _wait_until_running(
    server: subprocess.Popen[bytes], folder: Path, started: float
) -> Mapping[str, Any] | None:
    until = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < until:
        if info := _server_info(folder, started):
            return info
        time.sleep(0.1)
    return None


def _server_info(folder: Path, started: float) -> Mapping[str, Any] | None:
    """Return what the server wrote about itself: its address and token stand nowhere else."""
    from jupyter_core.paths import jupyter_runtime_dir  # noqa: PLC0415 - `netvaerk new` needs no Jupyter

    # Found by folder and time, not by process id: on Windows a virtual environment's python is a
    # launcher, and the server has another id than the one we started.
    for file in Path(jupyter_runtime_dir()).glob("jpserver-*.json"):
        try:
            if file.stat().st_mtime < started - 2:
                continue
            info: Mapping[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError):  # another server's file that just went, or is half written
            continue
        if info.get("root_dir") == str(folder):
            return info
    return None


def _trouble(info: Mapping[str, Any] | None, server: subprocess.Popen[bytes]) -> str:
    if info is None:
        return _SILENT if server.poll() is None else _ENDED
    return "" if info.get("token") or info.get("password") else _OPEN_TO_ALL


def _last_lines(said: IO[bytes]) -> str:
    said.seek(0)
    return "\n".join(said.read().decode(errors="replace").splitlines()[-20:])


def _welcome(info: Mapping[str, Any], folder: Path) -> None:
    token = f"?token={info['token']}" if info["token"] else ""
    address = f"http://127.0.0.1:{info['port']}{info['base_url']}lab/tree/{FIRST_PAGE}{token}"
    print(_RUNNING.format(address=address, folder=folder), flush=True)
