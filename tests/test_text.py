"""Text goes in by one door, and from there unchanged to every place a reader meets it."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from written import ID, record_edits

from netvaerk_widgets.errors import ValueRefusedError
from netvaerk_widgets.method import Method
from netvaerk_widgets.records import KINDS, TEXT_LIMIT, checked
from netvaerk_widgets.report import network_report
from netvaerk_widgets.store import Address, Store, new_edit
from netvaerk_widgets.store.foreign import read_copy
from netvaerk_widgets.store.frames import Tables
from netvaerk_widgets.store.merge import merge
from netvaerk_widgets.summary import summary_html, summary_text

LONG = ("Ærø, blåbærgrød og 2 × 3 < 7 & »ja«. " * 6_000)[:TEXT_LIMIT].rstrip()
TEXTS = {
    "emoji": "Familien \U0001f469\u200d\U0001f469\u200d\U0001f467 \U0001f1e9\U0001f1f0 ❤\ufe0f",
    "right to left": "Hun sagde مرحبا \u202eog\u202c שלום",
    "joiners and marks": "a\u200db\u200cc z\u0337\u0308 \u00ad\u200b\ufeff",
    "beyond the first plane": "\U00020000 \U0001d400 \U000e0041",
    "spaces": "  to \u00a0 \u2003 \t og  ",
    "200 kB": LONG,
}
TEXT_FIELDS = [
    (kind.name, field.name, field.type)
    for kind in KINDS.values()
    for field in kind.fields
    if field.type in ("text", "long_text", "choice", "choices", "records")
]


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_every_character_reaches_every_place(text: str, tmp_path: Path, method: Method) -> None:
    file, other = tmp_path / "min.netvaerk", tmp_path / "anden.netvaerk"
    with Store.open(file, create=True) as store:
        store.append(record_edits("network", {"title": "Nord"}))
        store.append(record_edits("source", {"title": "Kilde", "says": text}))
    with Store.open(other, create=True) as store:
        merge(store, [read_copy(file)])
        network = store.network(ID)
        page = network_report(store, ID, method)
    (source,) = network.records("source")
    assert source.text("says") == text
    assert Tables(lambda: [network]).knowledge_search["says"].tolist() == [text]
    assert text in summary_text(method, network, "knowledge_search")
    for shown in (page, summary_html(method, network, "knowledge_search")):
        assert text in html.unescape(re.sub(r"<br>", "\n", shown))


@pytest.mark.parametrize("bad", ["a\0b", "a\ud800b", "\udfff"])
@pytest.mark.parametrize(("kind", "field", "type_"), TEXT_FIELDS)
def test_what_cannot_be_stored_is_refused_in_every_field(
    kind: str, field: str, type_: str, bad: str
) -> None:
    value = [bad] if type_ in ("choices", "records") else bad
    with pytest.raises(ValueRefusedError, match="skjult tegn"):
        checked(kind, field, value)
    with pytest.raises(ValueRefusedError):
        new_edit(Address(ID, ID, kind, field), value)


@pytest.mark.parametrize(("kind", "field", "type_"), TEXT_FIELDS)
def test_line_ends_and_marks_have_one_form_in_every_field(
    kind: str, field: str, type_: str
) -> None:
    many = type_ in ("choices", "records")
    value, kept = "A\u030a\r\nb\rc\u2028d\x0be", "Å\nb\nc\u2028d\x0be"
    assert checked(kind, field, [value] if many else value) == ([kept] if many else kept)
    assert checked(kind, field, [kept] if many else kept) == ([kept] if many else kept)


@pytest.mark.parametrize(("kind", "field", "type_"), TEXT_FIELDS)
def test_too_long_a_text_is_refused_in_every_field(kind: str, field: str, type_: str) -> None:
    value = "x" * (TEXT_LIMIT + 1)
    with pytest.raises(ValueRefusedError, match="200001 tegn"):
        checked(kind, field, [value] if type_ in ("choices", "records") else value)
