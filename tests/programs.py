"""The programs the tests drive, found or installed; run by ``make test``.

What is there is used as it is. Otherwise it is installed: as root with ``apt-get``, Chromium else
by Playwright. Without Chromium nothing can be tested; without PostgreSQL its tests are passed over.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--lang=da",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
"""What Chromium needs to run as root, headless, and without calling home."""

NONE_TO_BE_HAD = (
    "Testene kører i browseren Chromium, og den kunne ikke installeres her. Installér den selv"
    " (i Debian og Ubuntu som administrator: apt-get install chromium), og kør make test igen."
)


def find_browser() -> str | None:
    """Return the path of a Chromium that can be started, or None."""
    for name in NAMES:
        if found := shutil.which(name):
            return found
    return _playwrights_own()


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return str(path) if path.exists() else None


def _ran(*command: str) -> bool:
    print("+", *command, flush=True)
    try:
        return subprocess.run(command, check=False).returncode == 0
    except OSError:
        return False


def find_postgresql() -> Path | None:
    """Return the folder of the newest PostgreSQL server's programs, or None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def _install(package: str) -> bool:
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if not is_root or not shutil.which("apt-get"):
        return False
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    _ran("apt-get", "update", "-qq")  # may fail for one source while the others will do
    return _ran("apt-get", "install", "-y", "-qq", "--no-install-recommends", package)


def main() -> int:
    if find_browser() is None and not _install("chromium"):
        _ran(sys.executable, "-m", "playwright", "install", "chromium")
    if find_postgresql() is None:
        _install("postgresql")
    if shutil.which("strace") is None:  # lets a test fail every single write to the file
        _install("strace")
    browser = find_browser()
    print(f"Browser: {browser}" if browser else NONE_TO_BE_HAD)
    print(f"PostgreSQL: {find_postgresql() or 'mangler, så dens tests springes over'}")
    return 0 if browser else 1


if __name__ == "__main__":
    sys.exit(main())
