"""The path model as a picture: constructs with index and R², arrows with their coefficients."""

from collections.abc import Iterator

from satisfaction.analysis import Analysis
from satisfaction.pls.estimate import Estimates
from satisfaction.questionnaire.shipped import label_of
from satisfaction.report.geometry import Box, Point, along, centred
from satisfaction.report.labels import free_place
from satisfaction.report.placing import places, visible
from satisfaction.report.svg import (
    ACCENT,
    INK,
    LINE,
    MUTED,
    PAPER,
    SOFT,
    element,
    picture,
    text,
    wrapped,
)
from satisfaction.texts import say

MARGIN = 12.0
LEGEND = 34.0
HEAD = "M0,0 L8,4 L0,8 z"


def path_picture(result: Analysis, estimates: Estimates, language: str) -> str:
    boxes = places(result.layout.model)
    boxes = {name: Box(box.x + MARGIN, box.y + MARGIN, box.width, box.height) for name, box in boxes.items()}
    width = max(box.x + box.width for box in boxes.values()) + MARGIN
    height = max(box.y + box.height for box in boxes.values()) + MARGIN + LEGEND
    parts = [_arrowheads(), *_arrows(result, estimates, boxes)]
    parts += [_node(result, estimates, name, box, language) for name, box in boxes.items()]
    parts.append(text(say("path-legend", language), MARGIN, height - 10, size=13, fill=MUTED))
    return picture(width, height, say("path-title", language), parts)


def _arrowheads() -> str:
    heads = [
        element(
            "marker",
            element("path", d=HEAD, fill=colour),
            id=f"head-{name}",
            viewBox="0 0 8 8",
            refX=7,
            refY=4,
            markerWidth=9,
            markerHeight=9,
            markerUnits="userSpaceOnUse",
            orient="auto",
        )
        for name, colour in (("sure", ACCENT), ("unsure", MUTED))
    ]
    return element("defs", *heads)


def is_sure(result: Analysis, cause: int, effect: int) -> bool:
    """Whether the interval of a path leaves out zero; without a bootstrap nothing is known against it."""
    spread = result.spreads.get("paths")
    if spread is None:
        return True
    return bool(spread.low[cause, effect] > 0 or spread.high[cause, effect] < 0)


def _arrows(result: Analysis, estimates: Estimates, boxes: dict[str, Box]) -> Iterator[str]:
    """All lines first, then the coefficients over them."""
    layout = result.layout
    lines = [visible(boxes[cause], boxes[effect]) for cause, effect in layout.model.arrows]
    taken = list(boxes.values())
    coefficients = []
    for line, cause, effect in zip(lines, layout.cause_of_arrow, layout.effect_of_arrow, strict=True):
        value, sure = float(estimates.paths[0][cause, effect]), is_sure(result, cause, effect)
        yield _arrow(line, value, sure=sure)
        others = [other for other in lines if other is not line]
        place = free_place(_label_places(line), taken, others)
        taken.append(place)
        coefficients.append(_coefficient(value, place, sure=sure))
    yield from coefficients


def _label_places(line: tuple[Point, Point]) -> list[Box]:
    shares = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82)
    return [centred(along(*line, share), 44.0, 26.0) for share in shares]


def _arrow(line: tuple[Point, Point], value: float, *, sure: bool) -> str:
    (x1, y1), (x2, y2) = line
    return element(
        "line",
        x1=x1,
        y1=y1,
        x2=x2,
        y2=y2,
        stroke=ACCENT if sure else MUTED,
        stroke_width=1.2 + 5.0 * min(abs(value), 1.0),
        stroke_opacity=0.75 if sure else 0.6,
        stroke_dasharray=None if sure else "5 4",
        marker_end=f"url(#head-{'sure' if sure else 'unsure'})",
    )


def _coefficient(value: float, place: Box, *, sure: bool) -> str:
    """On a white ground, so that the arrow does not strike it through."""
    colour, weight = (INK, 600) if sure else (MUTED, 400)
    x, y = place.centre
    box = centred(place.centre, 38.0, 18.0)
    ground = element("rect", x=box.x, y=box.y, width=box.width, height=box.height, rx=4, fill=PAPER)
    return ground + text(
        f"{value:.2f}", x, y + 5, size=14, fill=colour, font_weight=weight, text_anchor="middle"
    )


def _node(result: Analysis, estimates: Estimates, name: str, box: Box, language: str) -> str:
    place = result.layout.constructs.index(name)
    target = place == result.layout.target
    frame = element(
        "rect",
        x=box.x,
        y=box.y,
        width=box.width,
        height=box.height,
        rx=9,
        fill=SOFT if target else PAPER,
        stroke=ACCENT if target else LINE,
        stroke_width=2.5 if target else 1.5,
    )
    facts = say("node-index", language, index=f"{result.index.estimate[place]:.1f}")
    if result.layout.model.paths.get(name):
        facts += f" · R² {estimates.r2[0][place]:.2f}"
    lines = wrapped(label_of(result.layout.model, name, language), box.width - 12, 16)
    x, y = box.x + box.width / 2, box.y + (28 if len(lines) == 1 else 20)
    words = [
        text(part, x, y + 17 * row, size=16, font_weight=600, text_anchor="middle")
        for row, part in enumerate(lines)
    ]
    below = text(facts, x, box.y + box.height - 10, size=13, fill=MUTED, text_anchor="middle")
    return element("g", frame, *words, below)
