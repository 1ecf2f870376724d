"""Lying bars: one a label, its parts behind one another or beside each other; and one bar as the parts of a whole."""

from satisfaction.report.svg import text, text_width, wrapped

from .chart import Chart, Number, Series
from .marks import SIZE, SMALL, Drawing, bar, legend, number_in
from .scale import colour, in_words

THICK, SLIM, GAP = 22.0, 15.0, 12.0
LABELS = 0.36  # of the width, at most


def draw_bars(chart: Chart, drawing: Drawing) -> None:
    if len(chart.series) > 1:
        legend(drawing, ((series.name, colour(n, series.tone)) for n, series in enumerate(chart.series)))
    left = 0.0 if drawing.is_narrow else _label_width(chart, drawing.width)
    beyond = (
        max(text_width(in_words(chart.total(n), chart.unit), SMALL) for n in range(len(chart.labels))) + 10
    )
    longest = max(float(_longest(chart, n)) for n in range(len(chart.labels))) or 1.0
    scale = (drawing.width - left - beyond) / longest
    for place in range(len(chart.labels)):
        _label(chart, place, drawing, left)
        _row(chart, place, drawing, left, scale)
        drawing.at += GAP


def draw_share(chart: Chart, drawing: Drawing) -> None:
    """Every part has its name, number and percentage in the legend; in the bar its number where it fits."""
    (series,) = chart.series
    whole = float(sum(value or 0 for value in series.values)) or 1.0
    fills = [colour(place, "") for place in range(len(chart.labels))]
    names = [_part(chart, series, place, whole) for place in range(len(chart.labels))]
    legend(drawing, zip(names, fills, strict=True))
    x = 0.0
    for place, value in enumerate(series.values):
        wide = drawing.width * float(value or 0) / whole
        if wide:
            _segment(drawing, (x, wide, THICK), value, fills[place], says=names[place], url=series.url(place))
        x += wide
    drawing.at += THICK + 4


def _part(chart: Chart, series: Series, place: int, whole: float) -> str:
    value = series.values[place]
    percent = 100 * float(value or 0) / whole
    return f"{chart.labels[place]} {in_words(value, chart.unit)} · {percent:.0f}%"


def _longest(chart: Chart, place: int) -> Number:
    return chart.total(place) if chart.stacked else max(series.values[place] or 0 for series in chart.series)


def _label_width(chart: Chart, width: float) -> float:
    return min(width * LABELS, max(text_width(label, SIZE) for label in chart.labels)) + 12


def _label(chart: Chart, place: int, drawing: Drawing, left: float) -> None:
    """Left of its bar; above it where there is no room."""
    words = chart.labels[place]
    if drawing.is_narrow:
        (line,) = wrapped(words, drawing.width, SIZE, most=1)
        drawing.add(text(line, 0, drawing.at + 12, size=SIZE))
        drawing.at += 18
        return
    lines = wrapped(words, left - 12, SIZE)
    first = drawing.at + _height(chart) / 2 + 5 - 8 * (len(lines) - 1)
    for number, line in enumerate(lines):
        drawing.add(text(line, left - 10, first + 16 * number, size=SIZE, text_anchor="end"))


def _height(chart: Chart) -> float:
    return THICK if chart.stacked else SLIM * len(chart.series)


def _row(chart: Chart, place: int, drawing: Drawing, left: float, scale: float) -> None:
    x = left
    for number, series in enumerate(chart.series):
        value = series.values[place]
        wide = float(value or 0) * scale
        fill = colour(number, series.tone)
        says = f"{chart.labels[place]} · {series.name}: {in_words(value, chart.unit)}"
        thick = THICK if chart.stacked else SLIM
        if wide:
            _segment(drawing, (x, wide, thick), value, fill, says=says, url=series.url(place))
        if chart.stacked:
            x += wide
        else:
            drawing.add(text(in_words(value, chart.unit), left + wide + 6, drawing.at + 12, size=SMALL))
            drawing.at += SLIM
    if chart.stacked:
        drawing.add(text(in_words(chart.total(place), chart.unit), x + 6, drawing.at + 16, size=SMALL))
        drawing.at += THICK


def _segment(
    drawing: Drawing, place: tuple[float, float, float], value: object, fill: str, *, says: str, url: str
) -> None:
    x, wide, thick = place
    number = number_in(value, x, drawing.at + thick / 2 + 4, wide, fill) if thick == THICK else ""
    drawing.mark(bar(x, drawing.at, wide, thick, fill), says=says, url=url, inside=number)
