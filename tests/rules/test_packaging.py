"""The wheel holds what the package reads, and works outside the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OVERRIDES = "share/jupyter/lab/settings/overrides.d/netvaerk_widgets.json"
READ_AT_RUN_TIME = (".py", ".js", ".css", ".toml", ".j2", ".typed")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    # Without isolation: hatchling is among the tests' own packages, so nothing is downloaded.
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the ``bin`` of a new environment with the wheel, and this one's other packages."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    bin_ = folder / ("Scripts" if os.name == "nt" else "bin")
    (site,) = folder.rglob("site-packages")
    # Its dependencies come from this environment, so that nothing is downloaded. As a line of a
    # .pth file it stands after the new environment's own packages, and the .pth files in it, the
    # checkout's among them, are not followed.
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "--python", str(bin_ / "python"), "install", "--quiet"]
    subprocess.run([*pip, "--no-deps", "--no-index", str(wheel)], check=True)
    return bin_


def test_the_wheel_holds_every_file_the_package_reads(wheel: Path) -> None:
    packed = set(zipfile.ZipFile(wheel).namelist())
    package = ROOT / "netvaerk_widgets"
    needed = {
        path.relative_to(ROOT).as_posix()
        for path in package.rglob("*")
        if path.suffix in READ_AT_RUN_TIME or path.name == "py.typed"
    }
    needed |= {f"netvaerk_widgets/notebooks/{p.name}" for p in (ROOT / "notebooks").glob("*.ipynb")}

    assert needed - packed == set()
    for suffix in (".js", ".css", ".toml", ".j2", ".ipynb"):
        assert any(name.endswith(suffix) for name in packed), suffix
    assert any(name.endswith(f".data/data/{OVERRIDES}") for name in packed)
    assert any(name.endswith("licenses/LICENSE") for name in packed)


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    others = [
        name
        for name in zipfile.ZipFile(wheel).namelist()
        if name.endswith((".netvaerk", ".pyc", ".db"))
        or not name.startswith(("netvaerk_widgets/", "netvaerk_widgets-"))
    ]
    assert others == []


def run(bin_: Path, *command: str, folder: Path) -> str:
    name = f"{command[0]}.exe" if os.name == "nt" else command[0]
    environment = {key: text for key, text in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(
        [str(bin_ / name), *command[1:]],
        check=False,
        capture_output=True,
        text=True,
        cwd=folder,
        env=environment | {"PYTHONUTF8": "1"},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_installed_package_works_outside_the_checkout(installed: Path, tmp_path: Path) -> None:
    where = "import netvaerk_widgets; print(netvaerk_widgets.__file__)"
    assert str(ROOT) not in run(installed, "python", "-c", where, folder=tmp_path)
    assert (installed.parent / OVERRIDES).exists()

    run(installed, "netvaerk", "new", "Sammen om de unge", "--folder", ".", folder=tmp_path)
    run(installed, "netvaerk", "export", "-o", "rapport.html", folder=tmp_path)

    assert "Sammen om de unge" in (tmp_path / "rapport.html").read_text(encoding="utf-8")


def test_the_installed_package_brings_its_notebooks(installed: Path, tmp_path: Path) -> None:
    copy = (
        "from pathlib import Path; from netvaerk_widgets.starter import copy_notebooks;"
        "print(*(path.name for path in copy_notebooks(Path('bog'))))"
    )
    brought = run(installed, "python", "-c", copy, folder=tmp_path).split()
    assert brought == sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))


def test_jupyters_export_menu_knows_the_report(installed: Path, tmp_path: Path) -> None:
    find = (
        "from nbconvert.exporters.base import get_exporter;"
        "print(get_exporter('Netvaerksrapport').__name__)"
    )
    assert run(installed, "python", "-c", find, folder=tmp_path).strip() == "ReportExporter"
