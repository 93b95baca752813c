"""Looking after the file: a backup, taking in a copy, erasing for good."""

from __future__ import annotations

from .form import Form
from .module import module, style


class Keeper(Form):
    """Back the file up, merge a copy somebody sent, erase a person or a network for good."""

    _esm = module("keeper")
    _css = style("keeper")
