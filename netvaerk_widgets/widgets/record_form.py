"""The form of one record: the network's head, the theme."""

from __future__ import annotations

from .form import Form
from .module import module, style


class RecordForm(Form):
    """Fill in the fields of a single record, in titled groups."""

    _esm = module("record_form")
    _css = style("record_form")


class NetworkForm(RecordForm):
    """The network's head: who, what, when, and the type it was given."""

    kinds = frozenset({"network"})


class ThemeForm(RecordForm):
    """The theme as given, and as it stands now."""

    kinds = frozenset({"theme"})
