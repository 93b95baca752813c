"""Make sure there is a Chromium for the browser tests; run by ``make test``.

One on PATH is used as it is. Otherwise it is installed: as root with ``apt-get``,
else by Playwright. ``find_browser`` is what the tests start.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

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


def _install() -> bool:
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if is_root and shutil.which("apt-get"):
        os.environ["DEBIAN_FRONTEND"] = "noninteractive"
        _ran("apt-get", "update", "-qq")  # may fail for one source while the others will do
        if _ran("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"):
            return True
    return _ran(sys.executable, "-m", "playwright", "install", "chromium")


def main() -> int:
    browser = find_browser()
    if browser is None and _install():
        browser = find_browser()
    print(f"Browser: {browser}" if browser else NONE_TO_BE_HAD)
    return 0 if browser else 1


if __name__ == "__main__":
    sys.exit(main())
