"""A chart as SVG."""

from collections.abc import Callable, Mapping

from satisfaction.report.svg import picture

from .bars import draw_bars, draw_share
from .chart import Chart, Form
from .columns import draw_columns, draw_pareto
from .marks import Drawing

WIDE, PHONE = 720, 340
FORMS: Mapping[Form, Callable[[Chart, Drawing], None]] = {
    Form.BARS: draw_bars,
    Form.COLUMNS: draw_columns,
    Form.LINE: draw_columns,
    Form.PARETO: draw_pareto,
    Form.SHARE: draw_share,
}


def draw(*, chart: Chart, width: int = WIDE, links: bool = True) -> str:
    """The SVG element at `width` units, which scales to its place. With `links` its bars lead to their rows; it is then
    read as a group of links, else as one image with `said`. Raises ValueError where there is nothing to draw."""
    if not chart.labels or not chart.series:
        raise ValueError(
            f"“{chart.title}” has no labels or no series; say in words that there is nothing yet."
        )
    drawing = Drawing(width=float(width), links=links)
    FORMS[chart.form](chart, drawing)
    linked = links and any(url for series in chart.series for url in series.urls)
    return picture(
        width, drawing.at + 4, chart.title, drawing.parts, said=chart.said, role="group" if linked else "img"
    )
