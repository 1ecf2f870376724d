"""What stands on an axis: columns, lines with their band, Pareto."""

from itertools import accumulate, chain
from math import ceil

from satisfaction.report.svg import INK, MUTED, element, haloed, line, text, text_width, wrapped

from .chart import Band, Chart, Form, Number, Series, band_of
from .marks import SMALL, Axis, Drawing, bar, grid, legend
from .scale import colour, in_words, ticks

TALL, LOW = 240.0, 190.0
FILLED = 0.68  # of the room of a label
WHOLE = 100


def draw_columns(chart: Chart, drawing: Drawing) -> None:
    if len(chart.series) > 1:
        legend(drawing, ((series.name, colour(n, series.tone)) for n, series in enumerate(chart.series)))
    ground = _ground(chart, drawing)
    if chart.form is Form.LINE:
        for number, series in enumerate(chart.series):
            _line(chart, series, colour(number, series.tone), ground, drawing)
    else:
        for place in range(len(chart.labels)):
            _column(chart, place, ground, drawing)
    _labels(chart, ground, drawing)


def draw_pareto(chart: Chart, drawing: Drawing) -> None:
    """By size, whatever the order of the data; the line says what part of the whole all up to there are."""
    ordered = sorted_by_size(chart)
    ground = _ground(ordered, drawing, right=34.0)
    for place in range(len(ordered.labels)):
        _column(ordered, place, ground, drawing)
    (series,) = ordered.series
    whole = sum(value or 0 for value in series.values) or 1
    sums = list(accumulate(float(value or 0) for value in series.values))
    axis = Axis(low=0, high=WHOLE, top=ground.axis.top, floor=ground.axis.floor)
    points = [(ground.middle(n), axis(WHOLE * up_to / float(whole))) for n, up_to in enumerate(sums)]
    drawing.add(element("polyline", points=_path(points), fill="none", stroke=INK, stroke_width=1.5))
    for (x, y), up_to in zip(points, sums, strict=True):
        percent = f"{WHOLE * up_to / float(whole):.0f}%"
        drawing.mark(element("circle", cx=x, cy=y, r=3.5, fill=INK), says=percent)
        if not drawing.is_narrow:
            drawing.add(haloed(percent, x, y - 8, size=SMALL, text_anchor="middle"))
    for value in (0, WHOLE // 2, WHOLE):
        drawing.add(
            text(f"{value}%", drawing.width, axis(value) + 4, size=SMALL, fill=MUTED, text_anchor="end")
        )
    _labels(ordered, ground, drawing)


def sorted_by_size(chart: Chart) -> Chart:
    (series,) = chart.series
    order = sorted(range(len(chart.labels)), key=lambda n: -float(series.values[n] or 0))
    taken = Series(
        name=series.name,
        values=tuple(series.values[n] for n in order),
        urls=tuple(series.url(n) for n in order),
        tone=series.tone,
    )
    return Chart(
        title=chart.title, said=chart.said, over=chart.over, form=chart.form, unit=chart.unit,
        labels=tuple(chart.labels[n] for n in order), series=(taken,),
    )  # fmt: skip


class Ground:
    """The room between the axis and the right edge, cut into one place a label."""

    def __init__(self, axis: Axis, left: float, right: float, places: int) -> None:
        self.axis, self.left = axis, left
        self.room = (right - left) / places

    def middle(self, place: int) -> float:
        return self.left + self.room * (place + 0.5)


def _ground(chart: Chart, drawing: Drawing, right: float = 4.0) -> Ground:
    low, high = _reach(chart)
    counts = all(isinstance(value or 0, int) for series in chart.series for value in series.values)
    marks = ticks(low, high, whole=counts)
    left = (
        max(
            text_width(in_words(int(mark) if mark == int(mark) else mark, chart.unit), SMALL)
            for mark in marks
        )
        + 10
    )
    top = drawing.at + 14
    axis = Axis(low=marks[0], high=marks[-1], top=top, floor=top + (LOW if drawing.is_narrow else TALL))
    edge = drawing.width - right
    drawing.add(*grid(axis, marks, left=left, right=edge, unit=chart.unit))
    drawing.at = axis.floor
    return Ground(axis, left, edge, len(chart.labels))


def _reach(chart: Chart) -> tuple[float, float]:
    """The least and the greatest that is drawn; bars begin at nothing, lines too unless they go below."""
    if chart.form is not Form.LINE and chart.stacked:
        ends = [float(chart.total(place)) for place in range(len(chart.labels))]
    else:
        values = [value for series in chart.series for value in series.values if value is not None]
        bands: list[Band] = [band for series in chart.series for band in series.band if band is not None]
        ends = [float(value) for value in chain(values, *bands)]
    return min([0.0, *ends]), max([0.0, *ends])


def _column(chart: Chart, place: int, ground: Ground, drawing: Drawing) -> None:
    full = ground.room * FILLED
    wide = full if chart.stacked else full / len(chart.series)
    x, floor = ground.middle(place) - full / 2, ground.axis.floor
    for number, series in enumerate(chart.series):
        value = series.values[place]
        high = ground.axis.floor - ground.axis(value or 0)
        says = f"{chart.labels[place]} · {series.name}: {in_words(value, chart.unit)}"
        if high:
            shape = bar(x, floor - high, wide, high, colour(number, series.tone))
            drawing.mark(shape, says=says, url=series.url(place))
        if not chart.stacked or number == len(chart.series) - 1:
            _number_above(
                chart.total(place) if chart.stacked else value, x + wide / 2, floor - high, wide, drawing
            )
        if chart.stacked:
            floor -= high
        else:
            x += wide


def _number_above(value: Number | None, x: float, y: float, room: float, drawing: Drawing) -> None:
    words = in_words(value)
    if text_width(words, SMALL) <= room + 8:
        drawing.add(text(words, x, y - 4, size=SMALL, text_anchor="middle"))


def _line(chart: Chart, series: Series, fill: str, ground: Ground, drawing: Drawing) -> None:
    """A gap stays where a number isn't known."""
    for stretch in _stretches(series):
        upper, lower = _band(series, stretch, ground)
        if upper:
            drawing.add(
                element("polygon", points=_path([*upper, *reversed(lower)]), fill=fill, opacity="0.18")
            )
        if len(upper) == 1:  # a single estimate: its band is a line, not an area
            drawing.add(line(upper[0], lower[0], stroke=fill, stroke_width=2))
        points = [(ground.middle(n), ground.axis(series.values[n])) for n in stretch]
        drawing.add(element("polyline", points=_path(points), fill="none", stroke=fill, stroke_width=2))
        for place, (x, y) in zip(stretch, points, strict=True):
            said = in_words(series.values[place], chart.unit, band_of(series, place))
            dot = element("circle", cx=x, cy=y, r=4, fill=fill)
            drawing.mark(dot, says=f"{chart.labels[place]} · {series.name}: {said}", url=series.url(place))


def _stretches(series: Series) -> list[list[int]]:
    stretches: list[list[int]] = [[]]
    for place, value in enumerate(series.values):
        if value is None:
            stretches.append([])
        else:
            stretches[-1].append(place)
    return [stretch for stretch in stretches if stretch]


def _band(
    series: Series, stretch: list[int], ground: Ground
) -> tuple[list[tuple[float, float]], list[tuple[float, float]]]:
    known = [(n, band) for n in stretch if (band := band_of(series, n)) is not None]
    upper = [(ground.middle(n), ground.axis(high)) for n, (_low, high) in known]
    return upper, [(ground.middle(n), ground.axis(low)) for n, (low, _high) in known]


def _labels(chart: Chart, ground: Ground, drawing: Drawing) -> None:
    """Under their places; only each second, third … where they would run into each other. Chinese takes two lines."""
    widest = max(text_width(label, SMALL) for label in chart.labels)
    lines = 1 if all(label.isascii() for label in chart.labels) else 2
    each = ceil(widest / lines / (ground.room - 4))
    for place in range(0, len(chart.labels), each):
        for number, words in enumerate(wrapped(chart.labels[place], ground.room * each, SMALL, most=lines)):
            y = ground.axis.floor + 18 + 15 * number
            drawing.add(text(words, ground.middle(place), y, size=SMALL, text_anchor="middle"))
    drawing.at += 40


def _path(points: list[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
