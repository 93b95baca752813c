"""Starts a JupyterLab on loopback for the browser tests and the benchmarks."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from leader import TOKEN, Lab


@contextmanager
def running_lab(folder: Path, home: Path) -> Iterator[Lab]:
    """Serve ``folder`` with settings and runtime files in ``home``, until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"]
    command += ["--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}"]
    command += [f"--IdentityProvider.token={TOKEN}", f"--ServerApp.root_dir={folder}"]
    command += [
        "--LabApp.expose_app_in_browser=True"
    ]  # lets a test ask whether the kernel is there
    environment = {
        **os.environ,
        "HOME": str(home),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "IPYTHONDIR": str(home / "ipython"),
        "NETVAERK_AUTHOR": "test",
    }
    environment.pop("NETVAERK_FILE", None)
    log = home / "server.log"
    with log.open("w") as said:
        server = subprocess.Popen(command, env=environment, stdout=said, stderr=said)
    lab = Lab(f"http://127.0.0.1:{port}", folder)
    try:
        _wait_for(lab, server, log)
        yield lab
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)


def _wait_for(lab: Lab, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            lab.api("status")
        except OSError as error:
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"JupyterLab did not start:\n{log.read_text()}") from error
            time.sleep(0.1)  # a server's start has no event to wait for
        else:
            return
