"""The strategy matrix as a picture: importance to the right, performance upwards."""

from collections.abc import Callable, Iterator

from satisfaction.report.geometry import Box
from satisfaction.report.labels import Segment, free_place
from satisfaction.report.scales import Axis, around
from satisfaction.report.svg import ACCENT, LINE, MUTED, element, haloed, line, picture, text, text_width
from satisfaction.strategy import Matrix, Point, Quadrant
from satisfaction.texts import say

WIDTH, HEIGHT = 720.0, 470.0
FRAME = Box(64.0, 16.0, WIDTH - 84.0, HEIGHT - 76.0)
TINT = {
    Quadrant.KEEP_UP: "#eaf4f1",
    Quadrant.IMPROVE_FIRST: "#fdf0e3",
    Quadrant.LOW_PRIORITY: "#f6f7f8",
    Quadrant.OVERKILL: "#eff3f8",
}
DOT = {
    Quadrant.KEEP_UP: ACCENT,
    Quadrant.IMPROVE_FIRST: "#b3560b",
    Quadrant.LOW_PRIORITY: MUTED,
    Quadrant.OVERKILL: "#35618e",
}
Label = Callable[[str], str]


def matrix_picture(matrix: Matrix, label: Label, language: str) -> str:
    low, high = around([point.importance for point in matrix.points], 0.3)
    across = Axis(low, high, FRAME.x, FRAME.x + FRAME.width)
    low, high = around([point.performance for point in matrix.points], 0.35)
    up = Axis(low, high, FRAME.y + FRAME.height, FRAME.y)
    cut = across(matrix.importance_cut), up(matrix.performance_cut)
    parts = [
        *_quadrants(cut, language),
        *_axes(across, up, language),
        *(line(*ends, stroke=MUTED, stroke_dasharray="6 4") for ends in _cut_lines(cut)),
        *_points(matrix.points, (across, up), _cut_lines(cut), label),
    ]
    return picture(WIDTH, HEIGHT, say("matrix-title", language), parts)


def _quadrants(cut: tuple[float, float], language: str) -> Iterator[str]:
    """Tinted fields, each with its name in the outer corner."""
    right, bottom = FRAME.x + FRAME.width, FRAME.y + FRAME.height
    for quadrant, tint in TINT.items():
        important = quadrant in {Quadrant.KEEP_UP, Quadrant.IMPROVE_FIRST}
        good = quadrant in {Quadrant.KEEP_UP, Quadrant.OVERKILL}
        x = (cut[0], right) if important else (FRAME.x, cut[0])
        y = (FRAME.y, cut[1]) if good else (cut[1], bottom)
        yield element("rect", x=x[0], y=y[0], width=x[1] - x[0], height=y[1] - y[0], fill=tint)
        yield text(
            say(f"quadrant-{quadrant}", language),
            right - 12 if important else FRAME.x + 12,
            FRAME.y + 24 if good else bottom - 14,
            size=15,
            fill=DOT[quadrant],
            font_weight=600,
            text_anchor="end" if important else "start",
        )


def _axes(across: Axis, up: Axis, language: str) -> Iterator[str]:
    bottom = FRAME.y + FRAME.height
    frame = {"x": FRAME.x, "y": FRAME.y, "width": FRAME.width, "height": FRAME.height}
    yield element("rect", **frame, fill="none", stroke=LINE)
    for value in across.ticks():
        yield line((across(value), bottom), (across(value), bottom + 5))
        yield text(f"{value:.2f}", across(value), bottom + 19, size=12, fill=MUTED, text_anchor="middle")
    for value in up.ticks():
        yield line((FRAME.x - 5, up(value)), (FRAME.x, up(value)))
        yield text(f"{value:g}", FRAME.x - 9, up(value) + 4, size=12, fill=MUTED, text_anchor="end")
    middle = FRAME.x + FRAME.width / 2, FRAME.y + FRAME.height / 2
    yield text(say("axis-importance", language), middle[0], HEIGHT - 14, text_anchor="middle")
    turn = f"rotate(-90 16 {middle[1]:.0f})"
    yield text(say("axis-performance", language), 16, middle[1], text_anchor="middle", transform=turn)


def _cut_lines(cut: tuple[float, float]) -> list[Segment]:
    right, bottom = FRAME.x + FRAME.width, FRAME.y + FRAME.height
    return [((cut[0], FRAME.y), (cut[0], bottom)), ((FRAME.x, cut[1]), (right, cut[1]))]


def _points(
    points: tuple[Point, ...], axes: tuple[Axis, Axis], cuts: list[Segment], label: Label
) -> Iterator[str]:
    across, up = axes
    taken = [_around_dot(across(point.importance), up(point.performance)) for point in points]
    for point in points:
        x, y = across(point.importance), up(point.performance)
        words = label(point.name)
        place = free_place(_label_places(x, y, text_width(words, 14)), taken, cuts)
        taken.append(place)
        yield element("circle", cx=x, cy=y, r=7, fill=DOT[point.quadrant], stroke="#fff", stroke_width=1.5)
        yield haloed(words, place.x, place.y + 14, size=14, font_weight=600)


def _around_dot(x: float, y: float) -> Box:
    return Box(x - 9, y - 9, 18.0, 18.0)


def _label_places(x: float, y: float, width: float) -> list[Box]:
    """Right, left, above, below and the corners; those that would leave the frame come last."""
    places = [
        Box(x + 12, y - 9, width, 18.0),
        Box(x - 12 - width, y - 9, width, 18.0),
        *(Box(x - width / 2, y + shift, width, 18.0) for shift in (-30, 12)),
        *(Box(x + 8, y + shift, width, 18.0) for shift in (-26, 10)),
        *(Box(x - 8 - width, y + shift, width, 18.0) for shift in (-26, 10)),
    ]
    return sorted(places, key=lambda place: not place.within(FRAME))
