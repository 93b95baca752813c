"""A finished page as a reader of its text meets it."""

from __future__ import annotations

from html.parser import HTMLParser


class Read(HTMLParser):
    """Collects the elements of a page and the text people see."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._inside = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._inside = tag
        self.text += "\n" if tag == "br" else ""

    def handle_data(self, data: str) -> None:
        self.text += "" if self._inside == "style" else data

    def handle_endtag(self, _: str) -> None:
        self._inside = ""

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]
