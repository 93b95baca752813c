"""Every form fits a narrow window: 320 px, which is also a wide one at 400 %."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser

from netvaerk_widgets.desk import PARTS
from netvaerk_widgets.method import load_method
from netvaerk_widgets.screen import Place, words
from netvaerk_widgets.store import Network

pytestmark = pytest.mark.browser

DRAW = """async ([source, traits]) => {
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const widget = (await import(url)).default;
  const model = { get: (trait) => traits[trait], on: () => {}, send: () => {} };
  widget.initialize({ model });
  const el = document.body.appendChild(document.createElement("div"));
  widget.render({ model, el });
  for (const one of document.querySelectorAll("summary, .netvaerk-main")) one.click();
}"""
TOO_WIDE = """() => [...document.querySelectorAll(".netvaerk *")].filter((one) =>
  !one.closest(".netvaerk-scroll, .netvaerk-spoken") &&
  one.getBoundingClientRect().right > innerWidth).map((one) => one.outerHTML.slice(0, 100))"""


@pytest.mark.parametrize("name", PARTS)
def test_a_form_fits_320_pixels(browser: Browser, name: str) -> None:
    method, part = load_method(), PARTS[name]
    network = Network("0b0c7e4e-6f0a-4f4e-9d55-0f6f1c6f0001")
    networks = {network.network_id: "Pårørende som medspillere i ældreplejen"}
    setup = part.setup(method, Place("f", networks, network))
    traits: dict[str, Any] = {
        "_setup": {"name": name, "file": "f", "network": network.network_id, **setup},
        "_records": {},
        "_notes": part.notes(method, network),
        "_words": words(method),
    }
    page = browser.new_page(viewport={"width": 320, "height": 700})
    page.add_style_tag(content=f"body {{ margin: 0 }} {part.widget._css}")
    page.evaluate(DRAW, [part.widget._esm, traits])
    assert page.evaluate(TOO_WIDE) == []
    page.close()
