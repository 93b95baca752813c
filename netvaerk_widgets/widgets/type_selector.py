"""The network-type selector: the given type, three questions, and what they argue for."""

from __future__ import annotations

from .form import Form
from .module import module, style


class TypeSelector(Form):
    """Record the type that was given and check it; it argues, and decides nothing."""

    kinds = frozenset({"network", "type_check"})
    _esm = module("type_selector")
    _css = style("type_selector")
