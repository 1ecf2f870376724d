"""What pictures are made of."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape

from satisfaction.report.svg import LINE, MUTED, PAPER, element, line, text, text_width

from .scale import in_words, letters_on

SIZE = 13
SMALL = 12
NARROW = 480.0  # below this width a label stands above its bar


@dataclass(slots=True, kw_only=True)
class Drawing:
    """Grows from the top: `at` is where the next thing begins."""

    width: float
    links: bool
    at: float = 4.0
    parts: list[str] = field(default_factory=list)

    @property
    def is_narrow(self) -> bool:
        return self.width < NARROW

    def add(self, *parts: str) -> None:
        self.parts.extend(parts)

    def mark(self, shape: str, *, says: str, url: str = "", inside: str = "") -> None:
        """A bar or a point with what it says when pointed at; a link to the rows behind it where there are some."""
        said = element("title", escape(says))
        if url and self.links:
            self.add(element("a", said, shape, inside, href=url, aria_label=says))
        else:
            self.add(element("g", said, shape, inside))


def bar(x: float, y: float, width: float, height: float, fill: str) -> str:
    """With an edge of paper, so that parts of one bar are seen apart."""
    return element("rect", x=x, y=y, width=width, height=height, fill=fill, stroke=PAPER, stroke_width=1)


def number_in(value: object, x: float, y: float, width: float, fill: str) -> str:
    """The number in the middle of its bar, where it fits."""
    words = in_words(value)
    if text_width(words, SMALL) + 6 > width:
        return ""
    return text(words, x + width / 2, y, size=SMALL, fill=letters_on(fill), text_anchor="middle")


def legend(drawing: Drawing, entries: Iterable[tuple[str, str]]) -> None:
    """Names with their colours in the order of the bars, in as many lines as it takes."""
    x, drawing.at = 0.0, drawing.at + 2
    for name, fill in entries:
        needed = text_width(name, SMALL) + 34
        if x and x + needed > drawing.width:
            x, drawing.at = 0.0, drawing.at + 20
        drawing.add(bar(x, drawing.at, 14, 14, fill), text(name, x + 20, drawing.at + 12, size=SMALL))
        x += needed
    drawing.at += 26


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """Standing at the left: from number to height."""

    low: float
    high: float
    top: float
    floor: float

    def __call__(self, value: object) -> float:
        share = (float(value) - self.low) / (self.high - self.low)  # type: ignore[arg-type]
        return self.floor - share * (self.floor - self.top)


def grid(axis: Axis, marks: Iterable[float], *, left: float, right: float, unit: str) -> Iterator[str]:
    for value in marks:
        yield line((left, axis(value)), (right, axis(value)), stroke=LINE, stroke_width=1)
        shown = in_words(int(value) if value == int(value) else value, unit)
        yield text(shown, left - 6, axis(value) + 4, size=SMALL, fill=MUTED, text_anchor="end")
