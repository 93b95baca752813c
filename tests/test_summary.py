from __future__ import annotations

import html
import re

import pytest
from written import HOSTILE, ID, hostile_edits, network_of, record_edits

from netvaerk_widgets.method import Method
from netvaerk_widgets.store import Network
from netvaerk_widgets.summary import summary_html, summary_text

STEPS = [
    "network",
    "theme",
    "characteristics",
    "network_type",
    "knowledge_search",
    "field_walk",
    "contacts",
    "log",
    "ideas",
    "overview",
]


def without_style(fragment: str) -> str:
    """Return the fragment as an untrusted notebook shows it."""
    return re.sub(r"<style>.*?</style>", "", fragment, flags=re.DOTALL)


@pytest.mark.parametrize("step", STEPS)
def test_a_summary_says_what_it_is_and_how_to_go_on(method: Method, step: str) -> None:
    said = without_style(summary_html(method, Network(ID), step))
    assert said.startswith('<div class="netvaerk-static" lang="da">')
    assert re.search(r"<h3>[^<]+</h3>", said)
    assert "Her står de svar, der er gemt" in said
    assert "Run ▸ Run All Cells" in said


def test_the_answers_stand_in_it_with_their_lines(method: Method) -> None:
    network = network_of(record_edits("theme", {"statement": "Første linje\nAnden linje"}))
    assert "Første linje<br>Anden linje" in summary_html(method, network, "theme")
    assert "Første linje\nAnden linje" in summary_text(method, network, "theme")


@pytest.mark.parametrize("step", STEPS)
def test_hostile_text_is_text_in_every_summary(method: Method, step: str) -> None:
    said = without_style(summary_html(method, network_of(hostile_edits()), step, marker='"><b>'))
    assert "<script" not in said
    assert "<img" not in said
    assert "<b>" not in said
    if step != "overview":
        assert HOSTILE in html.unescape(said)
        assert HOSTILE in summary_text(method, network_of(hostile_edits()), step)


def test_only_a_web_or_mail_address_becomes_a_link(method: Method) -> None:
    def link(text: str) -> str:
        network = network_of(record_edits("source", {"link": text}))
        return summary_html(method, network, "knowledge_search")

    assert '<a href="https://a.dk/?b=1&amp;c=2" rel="noopener noreferrer">' in link(
        "https://a.dk/?b=1&c=2"
    )
    for text in ("javascript:alert(1)", "file:///c:/x", "//host/x", "data:text/html,x"):
        assert "<a " not in link(text)
        assert text in link(text)


def test_the_switch_hides_the_summary_where_a_form_is_live_and_needs_no_script(
    method: Method,
) -> None:
    said = summary_html(method, Network(ID), "theme")
    style = said.partition("<style>")[2].partition("</style>")[0]
    live = ":has(.netvaerk-live) + .jp-OutputArea-child:has(.netvaerk-static)"
    assert f".jp-OutputArea-child{live}" in style
    assert ":not(:has(.netvaerk-live)):has(+ .jp-OutputArea-child .netvaerk-static)" in style
    rules = re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)
    selectors = [part.strip() for part in re.findall(r"([^{}]+)\{", rules)]
    assert all("netvaerk-static" in selector for selector in selectors)


def test_the_marker_stands_on_the_root(method: Method) -> None:
    assert 'data-netvaerk="theme-1"' in summary_html(method, Network(ID), "theme", marker="theme-1")
    assert "data-netvaerk" not in summary_html(method, Network(ID), "theme")


def test_a_conflict_shows_both_texts_and_says_so(method: Method) -> None:
    one = record_edits("theme", {"statement": "Annes tekst"})
    two = record_edits("theme", {"statement": "Bos tekst"})
    for said in (
        summary_html(method, network_of(one, two), "theme"),
        summary_text(method, network_of(one, two), "theme"),
    ):
        assert "Annes tekst" in said
        assert "Bos tekst" in said
        assert method.labels["section_conflict"] in said
