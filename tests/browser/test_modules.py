"""The browser modules alone, in a blank page: a fake model, a fake clock and no Jupyter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from netvaerk_widgets.method import load_method
from netvaerk_widgets.screen import words
from netvaerk_widgets.widgets.module import HERE, module

pytestmark = pytest.mark.browser

HOSTILE = "<img src=x onerror='window.PWN=1'><script>window.PWN=1</script>&amp;"
FIELDS = ("statement", "known")
START = """async ([name, source, traits]) => {
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const widget = (await import(url)).default;
  const listeners = {};
  const model = {
    sent: [],
    get: (trait) => traits[trait],
    on: (events, heed) =>
      events.split(" ").forEach((event) => (listeners[event] ??= []).push(heed)),
    send: (message) => {
      if (model.dead) throw new Error("Cannot send");
      model.sent.push(structuredClone(message));
    },
    hear: (message) => (listeners["msg:custom"] ?? []).forEach((heed) => heed(message)),
  };
  model.close = widget.initialize({ model });
  model.draw = () => {
    const el = document.body.appendChild(document.createElement("div"));
    widget.render({ model, el });
  };
  model.draw();
  globalThis[name] = model;
}"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.clock.install()
    page.goto("about:blank")
    yield page
    page.close()


def _spec(name: str, label: str) -> dict[str, str]:
    return {"name": name, "type": "long_text", "label": label, "help": "", "list": ""}


def _start(page: Page, name: str = "model", text: str = "Tekst", **records: object) -> None:
    """Draw the theme's form with a model that is kept in the page under ``name``."""
    setup = {
        "name": "theme",
        "file": "f",
        "network": "n",
        "record": "r",
        "kind": "theme",
        "choices": {},
        "groups": [{"title": text, "about": text, "specs": [_spec(one, text) for one in FIELDS]}],
    }
    traits = {
        "_setup": setup,
        "_records": records,
        "_notes": {},
        "_words": words(load_method()),
    }
    page.evaluate(START, [name, module("record_form"), traits])


def _sent(page: Page, name: str = "model") -> list[dict[str, Any]]:
    said: list[dict[str, Any]] = page.evaluate(f"{name}.sent")
    return [message for message in said if message["do"] == "edit"]


def _answer(page: Page, message: dict[str, Any], name: str = "model") -> None:
    page.evaluate(f"id => {name}.hear({{ done: id, at: '14.02' }})", message["id"])


def _theirs(edit_id: str, value: str) -> dict[str, Any]:
    return {"r": {"k": "theme", "t": "", "f": {"statement": [[edit_id, value]]}}}


def test_an_edit_is_sent_after_a_pause_and_said_saved_only_when_answered(page: Page) -> None:
    _start(page, **_theirs("e1", "Før"))
    field = page.locator("textarea").first
    state = page.locator(".netvaerk-state").first
    field.fill("Efter")
    expect(state).to_have_text("Gemmer …")
    assert not _sent(page)
    page.clock.run_for(450)
    (message,) = _sent(page)
    assert message["value"] == "Efter"
    assert message["replaces"] == ["e1"]
    assert (message["network"], message["record"], message["field"]) == ("n", "r", "statement")
    expect(state).to_have_text("Gemmer …")
    _answer(page, message)
    expect(state).to_have_text("Gemt 14.02")


def test_an_edit_without_answer_is_sent_again_with_the_same_id(page: Page) -> None:
    _start(page)
    page.locator("textarea").first.fill("Hører nogen?")
    page.clock.run_for(2_000)
    expect(page.locator(".netvaerk-state").first).to_contain_text("Ikke gemt: Arbejdsbogen svarer")
    page.clock.run_for(4_000)
    assert len(_sent(page)) == 1, "Python may still be waiting for the file"
    page.clock.run_for(14_000)
    sent = _sent(page)
    assert len(sent) == 3
    assert len({message["id"] for message in sent}) == 1
    _answer(page, sent[0])
    expect(page.locator(".netvaerk-state").first).to_have_text("Gemt 14.02")
    page.clock.run_for(14_000)
    assert len(_sent(page)) == len(sent)


def test_typing_while_an_edit_is_under_way_becomes_one_later_edit(page: Page) -> None:
    _start(page)
    field = page.locator("textarea").first
    field.fill("a")
    page.clock.run_for(450)
    for text in ("ab", "abc", "abcd"):
        field.fill(text)
        page.clock.run_for(100)
    (first,) = _sent(page)
    _answer(page, first)
    page.clock.run_for(450)
    _, second = _sent(page)
    assert second["value"] == "abcd"
    assert second["replaces"] == [first["id"]]


def test_long_typing_is_sent_before_it_ends(page: Page) -> None:
    _start(page)
    for number in range(12):
        page.locator("textarea").first.fill("x" * (number + 1))
        page.clock.run_for(200)
    assert _sent(page)


def test_a_refusal_shows_its_sentence_and_is_not_sent_again(page: Page) -> None:
    _start(page)
    field = page.locator("textarea").first
    field.fill("For langt")
    page.clock.run_for(450)
    (message,) = _sent(page)
    page.evaluate(
        "id => model.hear({ refused: id, why: 'Teksten er for lang.', again: false })",
        message["id"],
    )
    expect(page.locator(".netvaerk-state").first).to_have_text("Ikke gemt: Teksten er for lang.")
    page.clock.run_for(10_000)
    assert len(_sent(page)) == 1
    expect(field).to_have_value("For langt")


def test_an_emptied_field_stays_empty_while_it_is_sent(page: Page) -> None:
    _start(page, **_theirs("e1", "Skal væk"))
    field = page.locator("textarea").first
    field.fill("")
    field.blur()
    page.clock.run_for(100)
    expect(field).to_have_value("")
    (message,) = _sent(page)
    assert message["value"] is None


def test_text_is_never_read_as_markup(page: Page) -> None:
    record = {"k": "theme", "t": HOSTILE, "f": {"statement": [["a", HOSTILE], ["b", "Andet"]]}}
    _start(page, text=HOSTILE, r=record)
    page.clock.run_for(100)
    expect(page.locator("body")).to_contain_text(HOSTILE)
    expect(page.locator("blockquote").first).to_have_text(HOSTILE)
    assert page.locator("img, script").count() == 0
    assert page.evaluate("globalThis.PWN") is None


def test_two_views_share_no_ids(page: Page) -> None:
    _start(page)
    page.evaluate("model.draw()")
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((one) => one.id)")
    assert len(ids) == 2 * len(FIELDS)
    assert len(set(ids)) == len(ids)


def test_a_field_in_use_keeps_text_and_caret_when_others_write(page: Page) -> None:
    _start(page, **_theirs("e1", "Mit udgangspunkt"))
    field = page.locator("textarea").first
    field.focus()
    field.evaluate("field => field.setSelectionRange(3, 3)")
    page.evaluate("records => model.hear({ records })", _theirs("e2", "Den andens"))
    expect(field).to_be_focused()
    expect(field).to_have_value("Mit udgangspunkt")
    assert field.evaluate("field => field.selectionStart") == 3
    page.keyboard.type("!")
    page.clock.run_for(450)
    assert _sent(page)[0]["replaces"] == ["e1"]


def test_what_a_dead_form_could_not_send_is_sent_by_the_one_after_it(page: Page) -> None:
    _start(page)
    page.evaluate("model.dead = true")
    page.locator("textarea").first.fill("Skrevet til ingen")
    page.clock.run_for(450)
    expect(page.locator(".netvaerk-state").first).to_contain_text("Ikke gemt")
    page.evaluate("document.body.replaceChildren()")
    _start(page, "second")
    (message,) = _sent(page, "second")
    assert message["value"] == "Skrevet til ingen"
    page.evaluate("records => second.hear({ records })", _theirs("e1", "Skrevet til ingen"))
    _answer(page, message, "second")
    expect(page.locator("textarea").first).to_have_value("Skrevet til ingen")
    expect(page.locator(".netvaerk-state").first).to_have_text("Gemt 14.02")


def test_typing_on_beside_another_text_replaces_ones_own_saves_and_never_the_others(
    page: Page,
) -> None:
    _start(page, **_theirs("e1", "Før"))
    field = page.locator("textarea").first
    field.fill("Mit")
    page.clock.run_for(450)
    (first,) = _sent(page)
    _answer(page, first)
    both = {"r": {"k": "theme", "t": "", "f": {"statement": [["e2", "Dit"], [first["id"], "Mit"]]}}}
    page.evaluate("records => model.hear({ records })", both)
    expect(page.locator(".netvaerk-conflict").first).to_contain_text("Dit")
    last = first["id"]
    for text in ("Mit, skrevet", "Mit, skrevet videre"):
        field.fill(text)
        page.clock.run_for(450)
        message = _sent(page)[-1]
        assert message["replaces"] == [last]
        _answer(page, message)
        last = message["id"]


@pytest.mark.parametrize(
    "name",
    [
        "checklist",
        "chooser",
        "keeper",
        "overview",
        "record_form",
        "record_list",
        "theme_path",
        "type_selector",
    ],
)
def test_a_module_loads_alone_and_is_small(page: Page, name: str) -> None:
    source = module(name)
    found = page.evaluate(
        """async (source) => {
          const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
          return Object.keys((await import(url)).default);
        }""",
        source,
    )
    assert found == ["initialize", "render"]
    assert len(source.encode()) < 30_000  # bytes each form sends over the websocket


def test_no_text_in_a_module_goes_over_several_lines() -> None:
    """Joining leaves indentation out, also inside such a text."""
    for file in HERE.glob("*.js"):
        for line in file.read_text("utf-8").splitlines():
            assert line.count("`") % 2 == 0, (file.name, line)
