"""What the register knows, which lies below the registry and so can't say it itself: yearly figures and profile."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from eligibility.vocabulary import vocabulary
from keqiao.enterprises.models import Enterprise, FigureKind, YearlyFigure
from keqiao.facts.registry import Fact, Known, Table, declare, declare_table
from keqiao.kernel.platform import clock, policy
from keqiao.kernel.platform.actors import Actor

YEARS_BACK = {"y1": 1, "y2": 2, "y3": 3}


def names_of(kind: FigureKind) -> dict[str, int]:
    """The facts of a kind of figure with how many years before the day they lie; a plain name is of last year."""
    wanted = {kind.value: 1, **{f"{kind.value}_{mark}": back for mark, back in YEARS_BACK.items()}}
    return {name: back for name, back in wanted.items() if name in vocabulary()}


FIGURES = {name: (kind, back) for kind in FigureKind for name, back in names_of(kind).items()}


def figures(enterprise: Enterprise, on: date, actor: Actor) -> dict[str, Known]:
    rows = policy.visible(YearlyFigure, actor).filter(enterprise=enterprise)
    there = {(figure.kind, figure.year): figure for figure in rows}
    known = {name: there.get((kind, on.year - back)) for name, (kind, back) in FIGURES.items()}
    return {name: _known(figure) for name, figure in known.items() if figure is not None}


def _known(figure: YearlyFigure) -> Known:
    value = int(figure.amount) if figure.of_people else figure.amount
    return Known(value=value, period=str(figure.year), source=figure.source, source_date=figure.source_date)


def profile(enterprise: Enterprise, _on: date, actor: Actor) -> dict[str, Known]:
    told = policy.open_at_hand(
        enterprise, actor
    )  # the row itself tells for most readers, without another query
    is_open = policy.visible(Enterprise, actor).filter(pk=enterprise.pk).exists() if told is None else told
    if not is_open or enterprise.registered_on is None:
        return {}
    source = str(_("Profile of the enterprise"))
    known = Known(
        value=enterprise.registered_on,
        period="",
        source=source,
        source_date=clock.day_of(enterprise.updated_at),
    )
    return {"registered_on": known}


def figure_rows(enterprise: Enterprise, on: date, actor: Actor) -> Iterator[tuple[Any, ...]]:
    rows = policy.visible(YearlyFigure, actor).filter(enterprise=enterprise, year__lte=on.year)
    for figure in rows.order_by("-year", "kind"):
        yield figure.year, figure.kind, figure.amount, figure.source, figure.source_date


declare(source=_("Profile of the enterprise"), facts=[Fact.known("registered_on")], read=profile)
declare(source=_("Yearly figures"), facts=[Fact.known(name) for name in FIGURES], read=figures)
declare_table(
    Table(
        name="yearly_figures",
        label=_("Yearly figures"),
        columns={
            "year": _("year"),
            "kind": _("figure"),
            "amount": pgettext_lazy("figure", "amount"),
            "source": _("source"),
            "source_date": _("date of the source"),
        },
        rows=figure_rows,
    )
)
