"""The indices as a picture: a dot for each construct, a bar for how sure it is."""

from collections.abc import Iterator

from satisfaction.analysis import Analysis
from satisfaction.questionnaire.shipped import label_of
from satisfaction.report.scales import Axis
from satisfaction.report.svg import ACCENT, INK, LINE, MUTED, SOFT, element, line, picture, text, text_width
from satisfaction.report.words import with_interval
from satisfaction.texts import say

WIDTH, ROW, TOP, BOTTOM = 720.0, 40.0, 12.0, 46.0


def index_picture(result: Analysis, language: str) -> str:
    labels = [label_of(result.layout.model, name, language) for name in result.layout.constructs]
    left = min(260.0, max(text_width(label, 14) for label in labels) + 26)
    axis = Axis(0.0, 100.0, left, WIDTH - 150)
    floor = TOP + ROW * len(labels)
    parts = [*_grid(axis, floor, language)]
    for row, label in enumerate(labels):
        parts.extend(_row(result, row, label, axis, language))
    return picture(WIDTH, floor + BOTTOM, say("index-title", language), parts)


def _grid(axis: Axis, floor: float, language: str) -> Iterator[str]:
    for value in range(0, 101, 20):
        yield line((axis(value), TOP), (axis(value), floor))
        yield text(str(value), axis(value), floor + 18, size=12, fill=MUTED, text_anchor="middle")
    yield text(say("axis-index", language), axis(50), floor + 38, size=12, fill=MUTED, text_anchor="middle")


def _row(result: Analysis, row: int, label: str, axis: Axis, language: str) -> Iterator[str]:
    middle = TOP + ROW * (row + 0.5)
    target = row == result.layout.target
    index = result.index
    value, low, high = (float(ends[row]) for ends in (index.estimate, index.low, index.high))
    shown = max(0.0, low), min(100.0, high)
    if target:
        yield element("rect", x=0, y=middle - ROW / 2, width=WIDTH, height=ROW, rx=6, fill=SOFT)
    weight = 700 if target else 400
    yield text(label, axis(0) - 14, middle + 5, size=14, font_weight=weight, text_anchor="end")
    yield line((axis(0), middle), (axis(100), middle), stroke=LINE, stroke_width=1)
    ends = (axis(shown[0]), middle), (axis(shown[1]), middle)
    yield line(*ends, stroke=ACCENT, stroke_width=9, opacity="0.45")
    yield element("circle", cx=axis(value), cy=middle, r=5, fill=ACCENT, stroke="#fff", stroke_width=1.5)
    words = with_interval(value, low, high, language)
    yield text(words, axis(100) + 14, middle + 5, size=13, font_weight=weight, fill=INK)
