from __future__ import annotations

import base64
import datetime
import hashlib
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from pages import Read
from playwright.sync_api import Browser
from written import HOSTILE, ID, hostile_edits, record_edits

from netvaerk_widgets import errors
from netvaerk_widgets.acts import example_network
from netvaerk_widgets.method import Method
from netvaerk_widgets.report import network_report, page, write_report
from netvaerk_widgets.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "test.netvaerk", create=True) as opened:
        yield opened


@pytest.fixture
def example(store: Store, method: Method) -> str:
    edits = example_network()
    store.append(edits)
    return network_report(store, edits[0].network_id, method)


@pytest.fixture
def hostile(store: Store, method: Method) -> str:
    store.append(hostile_edits())
    return network_report(store, ID, method)


def test_the_page_is_complete_danish_and_has_its_headings_in_order(example: str) -> None:
    read = Read(example)
    assert example.startswith("<!doctype html>")
    assert read.all("html") == [{"lang": "da"}]
    title = r"<title>Netværkstema: Eksempel[^<]*, Eksempelkommune, \d+\. \w+ \d{4}</title>"
    assert re.search(title, example)
    levels = [int(tag[1]) for tag, _ in read.elements if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert [tag for tag, _ in read.elements if tag in ("header", "nav", "main", "footer")] == [
        "header",
        "nav",
        "main",
        "footer",
    ]


def test_every_link_on_the_contents_list_leads_somewhere(example: str) -> None:
    read = Read(example)
    ids = [attributes["id"] for _, attributes in read.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    inside = [a["href"] or "" for a in read.all("a") if (a["href"] or "").startswith("#")]
    assert inside[0] == "#indhold"
    assert len(inside) == 13
    assert {href[1:] for href in inside} <= set(ids)


def test_the_front_says_when_it_was_made_which_edition_and_whose_form_it_is(
    store: Store, method: Method, monkeypatch: pytest.MonkeyPatch
) -> None:
    night = datetime.datetime(2026, 6, 30, 22, 5, tzinfo=datetime.UTC)
    monkeypatch.setattr(page, "_now", lambda: night.astimezone(page._TIME_ZONE))
    store.append(record_edits("network", {"title": "Nord"}))
    text = Read(network_report(store, ID, method)).text
    assert "1. juli 2026 kl. 00.05" in text
    assert "Fuld udgave" in text
    assert method.form_note in text
    assert "forslag" in method.form_note


def test_the_page_runs_nothing_and_loads_nothing(hostile: str) -> None:
    read = Read(hostile)
    tags = {tag for tag, _ in read.elements}
    assert not tags & {"script", "img", "link", "iframe", "object", "embed", "svg", "form", "base"}
    assert "<script" not in hostile.lower()
    for _, attributes in read.elements:
        assert not {"src", "srcset", "style", "background"} & set(attributes)
        assert not any(name.startswith("on") for name in attributes)
    style = hostile.partition("<style>")[2].partition("</style>")[0]
    assert "url(" not in style
    assert "@import" not in style


def test_the_policy_allows_this_style_and_nothing_else(example: str) -> None:
    style = example.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    metas = Read(example).all("meta")
    policy = next(m["content"] for m in metas if m.get("http-equiv") == "Content-Security-Policy")
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    assert {"name": "referrer", "content": "no-referrer"} in metas
    assert example.index("Content-Security-Policy") < example.index("<style>")


def test_hostile_text_stands_as_those_very_characters(hostile: str, store: Store) -> None:
    text = Read(hostile).text
    fields = {
        edit.field
        for edit in store.edits(ID)[0]
        if isinstance(edit.value, str) and HOSTILE in edit.value and edit.field != "example"
    }
    assert [field for field in fields if f"{field} {HOSTILE}" not in text] == []


def test_a_network_named_as_markup_appears_as_those_characters(
    store: Store, method: Method
) -> None:
    store.append(record_edits("network", {"title": "<b>x</b>"}))
    said = network_report(store, ID, method)
    assert "<b>" not in said
    assert Read(said).text.count("<b>x</b>") == 3  # title, heading, answer


def test_text_from_people_cannot_turn_our_own_words_round(hostile: str) -> None:
    text = "\u202egnirts"
    for place in re.finditer(text, hostile.partition("<body>")[2]):
        before = hostile.partition("<body>")[2][: place.start()]
        start = max(before.rfind("<bdi>"), before.rfind('dir="auto"'))
        assert start > max(before.rfind("</bdi>"), before.rfind("</dd>"))


def test_only_web_and_mail_addresses_are_links(store: Store, method: Method) -> None:
    links = ["https://a.dk/x?y=1&z=2", "javascript:alert(1)", "file:///c:/x", "//host/x"]
    for link in links:
        store.append(record_edits("source", {"title": "Kilde", "link": link}))
    read = Read(titled(store, method))
    outside = [a for a in read.all("a") if not (a["href"] or "").startswith("#")]
    assert outside == [{"href": links[0], "rel": "noopener noreferrer"}]
    assert all(link in read.text for link in links)


def titled(store: Store, method: Method) -> str:
    store.append(record_edits("network", {"title": "Nord"}))
    return network_report(store, ID, method)


def test_an_empty_network_says_ikke_udfyldt_and_never_leaves_a_blank(
    store: Store, method: Method
) -> None:
    said = titled(store, method)
    assert "Ikke udfyldt" in said
    assert not re.search(r"<d[dt][^>]*>\s*</d[dt]>", said)


def test_a_conflict_shows_both_texts(store: Store, method: Method) -> None:
    for text in ("Annes tekst", "Bos tekst"):
        store.append(record_edits("theme", {"statement": text}))
    said = titled(store, method)
    assert "Annes tekst" in said
    assert "Bos tekst" in said
    assert method.labels["section_conflict"] in said


def test_a_network_that_is_not_there_is_refused(store: Store, method: Method) -> None:
    with pytest.raises(errors.WorkbookError):
        network_report(store, ID, method)


def test_a_report_replaces_the_old_one_whole_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "rapport.html"
    write_report("gammel", file)
    write_report("ny æøå", file)
    assert file.read_bytes().decode() == "ny æøå"
    assert list(tmp_path.iterdir()) == [file]


def test_a_report_that_cannot_be_written_says_so_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(errors.StoreError, match=r"rapport\.html"):
        write_report("x", tmp_path / "ingen" / "rapport.html")
    (tmp_path / "optaget.html").mkdir()
    with pytest.raises(errors.StoreError, match=r"optaget\.html"):
        write_report("x", tmp_path / "optaget.html")
    assert [path.name for path in tmp_path.iterdir()] == ["optaget.html"]


@pytest.mark.browser
def test_a_browser_asks_for_nothing_runs_nothing_and_scrolls_only_down(
    hostile: str, tmp_path: Path, browser: Browser
) -> None:
    file = tmp_path / "rapport.html"
    write_report(hostile, file)
    requests: list[str] = []
    events: list[str] = []
    with browser.new_page() as page:
        page.on("request", lambda request: requests.append(request.url))
        page.on("dialog", lambda dialog: (events.append(dialog.message), dialog.dismiss()))
        page.on("console", lambda message: events.append(message.text))
        page.on("pageerror", lambda error: events.append(str(error)))
        page.goto(file.as_uri())
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.PWN") is None
        assert page.evaluate("document.querySelectorAll('b, svg, img').length") == 0
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.emulate_media(media="print")
        page.pdf(path=tmp_path / "rapport.pdf", prefer_css_page_size=True)
    assert requests == [file.as_uri()]
    assert events == []


@pytest.mark.browser
def test_the_skip_link_is_first_and_moves_focus_to_the_content(
    example: str, tmp_path: Path, browser: Browser
) -> None:
    file = tmp_path / "rapport.html"
    write_report(example, file)
    with browser.new_page() as page:
        page.goto(file.as_uri())
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "indhold"
