"""Figures on Today, each a number that leads to its rows, and figures of a period, which stand with its conformity and in
the report of it. Declared in `panels.py`:

    figure(name="open-complaints", label=_("Open complaints"), rows=open_complaints, url=to_complaints, who=is_manager, tone="due")

All figures of a page are counted in one query, so a figure gives rows and not a number.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, DecimalField, F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast, Coalesce

from keqiao.faces.declared import refuse_choice, refuse_name
from keqiao.faces.templatetags.keqiao import TONES
from keqiao.kernel.platform import kept_sql
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Text
from keqiao.kernel.steps import modules
from keqiao.kernel.steps.declarations import DeclarationError, declared_at, declared_by

NUMBER = DecimalField(max_digits=20, decimal_places=2)
CENT = Decimal("0.01")
Rows = Callable[[Actor, date], "QuerySet[Any]"]
RowsWithin = Callable[[Actor, date, date], "QuerySet[Any]"]


@dataclass(frozen=True, kw_only=True)
class Figure:
    name: str
    label: Text
    rows: Rows | None
    within: RowsWithin | None
    url: Callable[[Actor, date], str] | None
    who: Callable[[Actor], bool]
    of: Any
    tone: str
    rank: int
    origin: str


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A figure for one reader. `tone` only where there is something to see to."""

    name: str
    label: Text
    value: Decimal
    url: str
    tone: str


_figures: dict[str, Figure] = {}


def figure(
    *, name: str, label: Text, who: Callable[[Actor], bool], rows: Rows | None = None, within: RowsWithin | None = None,
    url: Callable[[Actor, date], str] | None = None, of: Any = None, tone: str = "", rank: int = 50,
) -> None:  # fmt: skip
    """`rows(actor, day)` are those that Today counts, `within(actor, first, last)` those of a period (days, both
    included); `url(actor, day)` is the list of just these rows. They are counted, or added up by `of`, such as Sum("amount").
    """
    refuse_name(name, set(_figures), "a figure")
    if rows is None and within is None:
        raise DeclarationError(
            where=declared_at(), expected=f"rows of the figure {name}", came="none",
            remedy="Give `rows` for Today, `within` for a period, or both.",
        )  # fmt: skip
    if rows is not None and url is None:
        raise DeclarationError(
            where=declared_at(), expected=f"where the figure {name} leads", came="no url",
            remedy="Give `url`: the list of just these rows.",
        )  # fmt: skip
    if tone:
        refuse_choice(tone, tuple(TONES), "a tone")
    _figures[name] = Figure(
        name=name, label=label, rows=rows, within=within, url=url, who=who, tone=tone, rank=rank, origin=declared_by(),
        of=of if of is not None else Count("pk", distinct=True),
    )  # fmt: skip


def today_figures(actor: Actor, day: date) -> list[Shown]:
    """Those of Today that concern this person, in their order; one query for all."""
    mine = [one for one in _in_order() if one.rows is not None and one.who(actor)]
    values = _counted(actor, ("today", day), mine, lambda one, reader: one.rows and one.rows(reader, day))
    return [
        Shown(
            name=one.name,
            label=one.label,
            value=values.get(place, Decimal(0)),
            url=one.url(actor, day) if one.url else "",
            tone=one.tone if values.get(place) else "",
        )
        for place, one in enumerate(mine)
    ]


def period_figures(actor: Actor, first: date, last: date) -> list[Shown]:
    """Those of a period that concern this person, in their order; one query for all."""
    mine = [one for one in _in_order() if one.within is not None and one.who(actor)]
    period = ("within", first, last)
    values = _counted(actor, period, mine, lambda one, reader: one.within and one.within(reader, first, last))
    return [
        Shown(name=one.name, label=one.label, value=values.get(place, Decimal(0)), url="", tone="")
        for place, one in enumerate(mine)
    ]


def _in_order() -> list[Figure]:
    return sorted(_figures.values(), key=lambda one: (one.rank, one.name))


def _counted(
    actor: Actor, days: tuple[object, ...], asked: list[Figure], rows: Callable[[Figure, Actor], Any]
) -> dict[int, Decimal]:
    """The value at each place."""

    def build(reader: Actor, _given: kept_sql.Given) -> Any:
        parts = [
            rows(one, reader)
            .order_by()
            .values(figure_place=Cast(Value(place), IntegerField()))
            .annotate(figure_value=Cast(Coalesce(one.of, 0, output_field=NUMBER), NUMBER))
            .values_list(F("figure_place"), F("figure_value"))
            for place, one in enumerate(asked)
        ]
        return parts[0].union(*parts[1:], all=True)

    if not asked:
        return {}
    key = ("figures", days, *(one.name for one in asked))
    found = kept_sql.read(key, actor=actor, given={}, build=build)
    return {place: Decimal(str(value)).quantize(CENT) for place, value in found}


modules.describe("figures", lambda: (one.origin for one in _figures.values()))
