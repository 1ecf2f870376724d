"""Pictures of conformity."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from keqiao.conformity.fulfilment import Period
from keqiao.conformity.queries import Line
from keqiao.documents.charts.chart import Chart, Form, Series
from keqiao.kernel.platform.actors import Actor

DEPTH = 2  # of the parts of a clause number that a bar stands for: 6.1 and not 6.1.2


def by_part(source: tuple[list[Line], Period], _actor: Actor) -> Chart:
    """Each bar leads to its part of the page."""
    rows, period = source
    return chart_of(rows, where=f"/conformity/?begins={period.begins}&ends={period.ends}")


def chart_of(rows: list[Line], *, where: str = "") -> Chart:
    """How many clauses of 4.1, 4.2 and so on stand how, in the language in force."""
    chinese = (get_language() or "").startswith("zh")
    names = {row.clause.id: row.clause.title if chinese else row.clause.title_en for row in rows}
    asked = [row for row in rows if not row.clause.is_heading]
    parts = list(dict.fromkeys(part_of(row.clause.id) for row in asked))
    urls = tuple(f"{where}#clause-{part}" for part in parts) if where else ()

    def series(name: str, tone: str) -> Series:
        numbers = [part_of(row.clause.id) for row in asked if row.tone == tone]
        return Series(name=name, tone=tone, urls=urls, values=tuple(numbers.count(part) for part in parts))

    return Chart(
        title=_("Evidence by part of the standard"),
        said=_("How many clauses of each part have evidence, keep it outside the system, or have gaps."),
        over=_("Part"),
        form=Form.BARS,
        labels=tuple(f"{part} {names[part]}" for part in parts),
        label_urls=urls,
        series=(
            series(_("With evidence"), "done"),
            series(_("Kept outside the system"), "todo"),
            series(_("Evidence with gaps, or none"), "late"),
        ),
    )


def part_of(clause: str) -> str:
    return ".".join(clause.split(".")[:DEPTH])
