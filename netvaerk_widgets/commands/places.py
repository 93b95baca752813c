"""Where a command finds the workbook, and what all commands share."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

DEFAULT_FOLDER = "netvaerk-arbejdsbog"

OK, COULD_NOT, WRONG_USE = 0, 1, 2


def usual_folder() -> Path:
    """Return the folder a command means when none is given."""
    here = Path()
    at_home = (here / "udfold_tema.ipynb").exists() or any(here.glob("*.netvaerk"))
    return here if at_home else here / DEFAULT_FOLDER


def workbook_in(place: Path | None) -> Path:
    """Return the workbook file that a folder, a file or nothing stands for."""
    from ..workbook_file import find_workbook_file

    place = place or usual_folder()
    return place if place.is_file() else find_workbook_file(place)


def place_help() -> str:
    """Return the help of an argument that ``workbook_in`` reads."""
    return f"hvor arbejdsbogen ligger (ellers: den mappe, du står i, eller {DEFAULT_FOLDER})"


def html_file(text: str) -> Path:
    """Return the path of a page to write; refuse another ending."""
    path = Path(text)
    if path.suffix.lower() not in (".html", ".htm"):  # or `-o min.netvaerk` would replace the truth
        raise argparse.ArgumentTypeError("skal ende på .html")
    return path


def add_place(parser: argparse.ArgumentParser) -> None:
    """Let a command be told where the workbook is."""
    parser.add_argument("place", nargs="?", type=Path, metavar="MAPPE-ELLER-FIL", help=place_help())


def add_yes(parser: argparse.ArgumentParser) -> None:
    """Let a command be told not to ask."""
    parser.add_argument("--yes", action="store_true", help="spørg ikke først")


def agreed(question: str) -> bool:
    """Ask, and return whether the answer was yes; anything else, and no answer, is no."""
    print(f"{question} [j/n] ", end="", flush=True)
    answer = sys.stdin.readline().strip().casefold()
    return answer in ("j", "ja")
