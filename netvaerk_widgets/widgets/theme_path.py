"""The theme's path: each wording it has had, and what caused it."""

from __future__ import annotations

from .form import Form
from .module import module, style


class ThemePath(Form):
    """The theme's wordings as a story, newest first. Reads only."""

    kinds = frozenset({"theme"})
    named_kinds = frozenset({"log"})
    _esm = module("theme_path")
    _css = style("theme_path")
