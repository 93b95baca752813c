"""Where the theme stands and the next best step."""

from __future__ import annotations

from .form import Form
from .module import module, style


class Overview(Form):
    """Each step with what is in it so far, and the cheapest act that helps most. Reads only."""

    _esm = module("overview")
    _css = style("overview")
