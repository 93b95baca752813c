"""Edits as people write them, and texts that try to be something else than text."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from netvaerk_widgets.records import KINDS, Field, single_record_id
from netvaerk_widgets.store import Address, Edit, Network, new_edit

HOSTILE = (
    '<script>window.PWN=1</script> <b>fed</b> "><img src=x onerror=alert(1)>'
    " ' onclick=alert(2) x=' </style></title></textarea><svg onload=alert(3)> {{7*7}} {% raw %}"
    " ${7*7} %s &lt;b&gt; &amp; javascript:alert(4) \u202egnirts\u202c"
    " \U0001f469\u200d\U0001f469\u200d\U0001f467 z\u0337\u0308 \u2028 url(http://x.invalid/a.png)"
)
"""Without line breaks, which a page shows as breaks and not as characters."""

ID = "0b0c7e4e-6f0a-4f4e-9d55-0f6f1c6f0001"


def record_edits(kind: str, values: Mapping[str, object], record_id: str = "") -> list[Edit]:
    """Return the edits that write these values in one record of the network called ``ID``."""
    single = {"network": ID}.get(kind, single_record_id(ID, kind))
    alone = kind in ("network", "theme", "type_check")
    id_ = record_id or (single if alone else str(uuid.uuid4()))
    return [new_edit(Address(ID, id_, kind, field), value) for field, value in values.items()]


def network_of(*edits: list[Edit]) -> Network:
    return Network(ID, [edit for part in edits for edit in part])


def hostile_value(field: Field) -> object:
    if field.type == "date":
        return "2026-11-03"
    if field.type == "minutes":
        return 45
    if field.type in ("choices", "records"):
        return [f"{field.name} {HOSTILE}"]
    return f"{field.name} {HOSTILE}"


def hostile_edits() -> list[Edit]:
    """Return edits that put a hostile text in every field of every kind."""
    edits = []
    for kind in KINDS.values():
        values = {field.name: hostile_value(field) for field in kind.fields}
        record_id = single_record_id(ID, kind.name, str(values.get("characteristic", "")))
        edits += record_edits(kind.name, values, ID if kind.name == "network" else record_id)
    return edits
