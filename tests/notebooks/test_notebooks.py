"""Each notebook runs to the end, with its answers elsewhere, and leaves its folder as it was."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from netvaerk_widgets.acts import example_network
from netvaerk_widgets.store import Store

ROOT = Path(__file__).parents[2]
NOTEBOOKS = ROOT / "notebooks"


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def run(notebook: Path, file: Path | None, home: Path) -> subprocess.CompletedProcess[str]:
    """Run every cell with nbval in a process of its own, with nothing of this user's Jupyter."""
    environment = os.environ | {
        "NETVAERK_FILE": str(file) if file else "",
        "HOME": str(home),
        "IPYTHONDIR": str(home / "ipython"),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    options = ["--nbval-lax", "-p", "no:cacheprovider", "-p", "no:randomly", "-q", "-rA"]
    return subprocess.run(
        [sys.executable, "-m", "pytest", *options, str(notebook)],
        cwd=home,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


def code_cells(notebook: Path) -> int:
    import nbformat

    cells = nbformat.read(notebook, as_version=4).cells
    return sum(cell.cell_type == "code" for cell in cells)


@pytest.mark.parametrize("notebook", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.stem)
@pytest.mark.parametrize("filled", [False, True], ids=["new", "filled in"])
def test_a_notebook_runs_to_the_end_and_leaves_its_folder_as_it_was(
    notebook: Path, tmp_path: Path, *, filled: bool
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    file = tmp_path / "netvaerk.netvaerk"
    if filled:
        with Store.open(file, create=True) as store:
            store.append(example_network())
    answers = file.read_bytes() if filled else None
    before = contents(NOTEBOOKS)

    done = run(notebook, file, home)

    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("PASSED") == code_cells(notebook), done.stdout
    assert contents(NOTEBOOKS) == before
    assert file.exists()
    assert answers in (None, file.read_bytes()), "running cells writes no answer"


def test_a_notebook_with_a_broken_cell_would_fail(tmp_path: Path) -> None:
    """Otherwise the test above could pass without running anything."""
    broken = tmp_path / "udfold_tema.ipynb"
    text = (NOTEBOOKS / broken.name).read_text(encoding="utf-8")
    broken.write_text(text.replace("workbook.theme()", "workbook.themes()"), encoding="utf-8")
    assert broken.read_text(encoding="utf-8") != text
    done = run(broken, tmp_path / "netvaerk.netvaerk", tmp_path)
    assert done.returncode == 1
    assert "themes" in done.stdout


def test_the_answers_lie_beside_the_notebook_when_nothing_else_is_said(tmp_path: Path) -> None:
    notebook = Path(shutil.copy(NOTEBOOKS / "udfold_tema.ipynb", tmp_path))
    done = run(notebook, None, tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "netvaerkstemaer.netvaerk").exists()
