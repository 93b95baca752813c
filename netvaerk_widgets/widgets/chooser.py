"""Which network the notebook is open on."""

from __future__ import annotations

from .form import Form
from .module import module, style


class Chooser(Form):
    """Choose a network, make one, add or remove the example."""

    _esm = module("chooser")
    _css = style("chooser")
