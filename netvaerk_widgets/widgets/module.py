"""A widget's browser module, joined from the plain ES modules it imports.

anywidget takes one module per widget and Jupyter serves no others, so relative imports cannot be
left to the browser. Joining text keeps the sources plain and unbundled in the repository.
"""

from __future__ import annotations

import re
from pathlib import Path

HERE = Path(__file__).parent
_IMPORT = re.compile(r'^import \{[^}]*\} from "\./(?P<file>[a-z_]+\.js)";\n', re.MULTILINE)
# A text over several lines would lose its indentation too; a test sees to it that there is none.
_INDENTATION = re.compile(r"^[ ]+", re.MULTILINE)
_COMMENT = re.compile(r"^\s*(//.*|/\*\*.*\*/|/\*\*(?:.|\n)*?\*/)\n", re.MULTILINE)


def module(name: str) -> str:
    """Return ``<name>.js`` with what it imports before it, each file once.

    Comments and indentation are left out: every form sends its module over the websocket.

    The modules' top-level names therefore share one scope; a test sees to it that they differ.
    """
    return _INDENTATION.sub("", _COMMENT.sub("", _joined(f"{name}.js", set())))


def style(name: str) -> str:
    """Return the look all forms share, followed by what only this widget adds."""
    own = HERE / f"{name}.css"
    return (HERE / "form.css").read_text("utf-8") + own.read_text("utf-8")


def _joined(file: str, seen: set[str]) -> str:
    seen.add(file)
    text = (HERE / file).read_text("utf-8")
    before = [
        _joined(match["file"], seen)
        for match in _IMPORT.finditer(text)
        if match["file"] not in seen
    ]
    own = _IMPORT.sub("", text)
    if before or len(seen) > 1:
        own = re.sub(r"^export (?!default)", "", own, flags=re.MULTILINE)
    return "".join([*before, own])
