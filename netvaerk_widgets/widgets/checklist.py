"""The characteristics checklist: how clear each characteristic is in the theme."""

from __future__ import annotations

from .form import Form
from .module import module, style


class Checklist(Form):
    """Answer yes, partly, no or don't know for each characteristic, and say how.

    Nothing is answered for the user: a default answer is an answer nobody gave.
    """

    kinds = frozenset({"assessment"})
    _esm = module("checklist")
    _css = style("checklist")
