"""Small pieces of a page."""

from collections.abc import Iterable, Sequence
from html import escape

from satisfaction.report.svg import element

Row = Sequence[str]


def paragraph(words: str, kind: str | None = None) -> str:
    return element("p", escape(words), class_=kind)


def heading(words: str, level: int = 2) -> str:
    return element(f"h{level}", escape(words))


def bullets(lines: Iterable[str]) -> str:
    return element("ul", *(element("li", escape(line)) for line in lines))


def table(caption: str, head: Row, rows: Iterable[Row], words: int = 1) -> str:
    """A table whose first `words` columns are words, the others figures."""
    top = [
        element("th", escape(cell), scope="col", class_=_kind(place, words))
        for place, cell in enumerate(head)
    ]
    body = [element("tr", *(_cell(place, cell, words) for place, cell in enumerate(row))) for row in rows]
    header = element("thead", element("tr", *top))
    inside = element("table", element("caption", escape(caption)), header, element("tbody", *body))
    return element("div", inside, class_="scroll", tabindex=0, role="region", aria_label=caption)


def _cell(place: int, words_of_cell: str, words: int) -> str:
    if place == 0:
        return element("th", escape(words_of_cell), scope="row", class_=_kind(place, words))
    return element("td", escape(words_of_cell), class_=_kind(place, words))


def _kind(place: int, words: int) -> str:
    return "words" if place < words else "figure"


def figure(picture: str) -> str:
    return element("figure", picture, class_="scroll", tabindex=0)


def section(*inside: str) -> str:
    return element("section", *inside)
