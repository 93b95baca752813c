"""The command line as a user meets it: Danish, with exit codes, and never over what is there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from commandline import said

from netvaerk_widgets import cli
from netvaerk_widgets.errors import NetvaerkError

COMMANDS = ("", "lab", "new", "export", "merge", "erase", "access", "backup", "check")
ENGLISH = re.compile(r"\b(usage|options|positional|arguments?|error|required|invalid|show this)\b")

needs_unix = pytest.mark.skipif(os.name == "nt", reason="signals and file modes are Unix's")


@pytest.fixture
def in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NETVAERK_FILE", raising=False)
    return tmp_path


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_danish_and_has_examples(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = said(capsys, *command.split(), "--help")

    assert (code, err) == (0, "")
    assert out.startswith(f"brug: netvaerk {command}".rstrip())
    assert "eksempler:" in out
    assert not ENGLISH.search(out)


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        ("", "Her mangler KOMMANDO."),
        ("slet", "Der er ikke noget, der hedder 'slet'."),
        ("new", "Her mangler TITEL."),
        ("new A --folder", "Der skal stå noget efter --folder."),
        ("lab a b", "Kender ikke b."),
        ("lab --port x", "--port skal være et helt tal, og 'x' er ikke et."),
        ("lab --no-browser=1", "Der må ikke stå noget efter --no-browser."),
        ("export -o a.netvaerk", "-o/--output skal ende på .html."),
    ],
)
def test_wrong_use_is_told_in_danish_with_exit_code_2(
    arguments: str, part: str, in_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = said(capsys, *arguments.split())

    assert (code, out) == (2, "")
    assert part in err
    assert "--help" in err
    assert not ENGLISH.search(err)
    assert list(in_folder.iterdir()) == []


def test_the_examples_of_new_and_export_work(
    in_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(capsys, "new", "Sammen om de unge")[0] == 0
    file = in_folder / cli.DEFAULT_FOLDER / "netvaerkstemaer.netvaerk"
    assert file.exists()

    code, out, err = said(capsys, "export", "-o", "rapport.html")

    assert (code, err) == (0, "")
    assert "rapport.html" in out
    assert "Sammen om de unge" in Path("rapport.html").read_text(encoding="utf-8")


@needs_unix
def test_what_is_made_can_be_read_by_nobody_else(
    in_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = os.umask(0o022)
    try:
        said(capsys, "new", "A", "--folder", "mappe")
        kept = os.umask(0o022)
    finally:
        os.umask(before)

    made = [in_folder / "mappe", *(in_folder / "mappe").iterdir()]
    assert {path.stat().st_mode & 0o077 for path in made} == {0}
    assert kept == 0o022


def test_export_of_one_network_among_several_must_say_which(
    in_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, "new", "Æbler", "--folder", ".")
    said(capsys, "new", "Pærer / fersk?", "--folder", ".")

    code, _, err = said(capsys, "export")
    assert code == 1
    assert "»Æbler«" in err
    assert "--network" in err

    code, _, err = said(capsys, "export", "--network", "Blommer")
    assert code == 1
    assert "Blommer" in err

    assert said(capsys, "export", "--network", "pærer / FERSK?")[0] == 0
    assert (in_folder / "Netværksrapport Pærer fersk.html").exists()


def test_a_blank_title_is_refused_and_makes_no_file(
    in_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = said(capsys, "new", "  ")

    assert (code, out) == (1, "")
    assert err.strip()
    assert list(in_folder.iterdir()) == []


def test_export_without_a_workbook_file_makes_none(
    in_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = said(capsys, "export", str(in_folder))

    assert code == 1
    assert "netvaerkstemaer.netvaerk" in err
    assert list(in_folder.iterdir()) == []


@pytest.mark.usefixtures("in_folder")
def test_a_folder_that_is_a_file_is_told_in_danish(capsys: pytest.CaptureFixture[str]) -> None:
    Path("optaget").write_text("noget andet", encoding="utf-8")

    code, _, err = said(capsys, "lab", "optaget", "--no-browser")

    assert code == 1
    assert "der ligger en fil med det navn" in err
    assert Path("optaget").read_text(encoding="utf-8") == "noget andet"


@pytest.mark.usefixtures("in_folder")
def test_every_refusal_of_the_package_becomes_its_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(_title: str) -> None:
        raise NetvaerkError("no_network")

    monkeypatch.setattr("netvaerk_widgets.acts.new_network", refuse)

    code, _, err = said(capsys, "new", "A")

    assert code == 1
    assert err.strip() == NetvaerkError("no_network").sentence()


def test_the_command_is_installed() -> None:
    command = shutil.which("netvaerk", path=str(Path(sys.executable).parent))
    assert command, "installér projektet: make test"
    done = subprocess.run([command, "--version"], check=False, capture_output=True, text=True)
    assert done.returncode == 0
    assert re.fullmatch(r"netvaerk \d+\.\d+\.\d+\n", done.stdout)
