"""The board: open engagements by step, those due first in front."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from keqiao.accounts.models import Kind, User
from keqiao.catalogue.models import ServiceFamily
from keqiao.engagement.case.phases import PHASES
from keqiao.engagement.case.states import OPEN, Stage
from keqiao.engagement.models import Engagement
from keqiao.faces.access import actor_of, staff_only
from keqiao.faces.page import Page, render_page
from keqiao.kernel.platform import clock, policy
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.whole_numbers import whole_number
from keqiao.kernel.steps.deadlines.pending import Pending
from keqiao.kernel.steps.deadlines.reading import late_parts, of

SHOWN_WITH = ("enterprise", "item", "consultant")
A_COLUMN = 12
LOOKED_AT = 100  # of each kind of part
SHOWN = [(step.clause, step.label, tuple(state for state in step.states if state in OPEN)) for step in PHASES]
COLUMNS = [*(one for one in SHOWN if one[2]), ("", Stage.SUSPENDED.label, (Stage.SUSPENDED,))]


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Choice:
    """A way to narrow the board: `name` is that of the address."""

    name: str
    label: str
    options: list[Option]


@dataclass(frozen=True, kw_only=True)
class Card:
    """An engagement; `due` is the day of its phase, or of the `part` of it that is due earlier."""

    title: str
    url: str
    subtitle: str
    part: str
    actor: str
    due: date | None
    tone: str
    mark: str


@dataclass(frozen=True, kw_only=True)
class BoardColumn:
    """`count` in all, of which `cards` are shown and `more` are not; `url` lists them all."""

    clause: str
    label: Any
    count: int
    cards: list[Card]
    more: int
    url: str


@dataclass(frozen=True, kw_only=True)
class BoardPage(Page):
    columns: list[BoardColumn]
    choices: list[Choice]
    nothing: bool


@staff_only
def board(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    families = list(policy.visible(ServiceFamily, actor).order_by("code"))
    consultants = list(policy.visible(User, actor).filter(kind=Kind.STAFF, is_active=True).order_by("name"))
    asked = {name: whole_number(request.GET.get(name, "")) for name in ("consultant", "family")}
    chosen = {name: pk for name, pk in asked.items() if pk is not None}
    rows = narrowed(policy.visible(Engagement, actor).filter(state__in=OPEN), chosen)
    page = BoardPage(
        title=_("Board"),
        columns=columns(rows, chosen, actor),
        choices=[
            choice("consultant", _("Consultant"), consultants, chosen),
            choice("family", _("Service family"), families, chosen),
        ],
        nothing=not chosen and not rows[:1],
    )
    return render_page(request, "engagement/board.html", page)


def narrowed(rows: "QuerySet[Engagement]", chosen: Mapping[str, int]) -> "QuerySet[Engagement]":
    where = {"consultant": "consultant_id", "family": "item__family_id"}
    return rows.filter(**{where[name]: pk for name, pk in chosen.items()})


def choice(name: str, label: str, rows: list[Any], chosen: Mapping[str, int]) -> Choice:
    return Choice(name, label, [Option(str(row.pk), str(row), chosen.get(name) == row.pk) for row in rows])


def columns(rows: "QuerySet[Engagement]", chosen: Mapping[str, int], actor: Actor) -> list[BoardColumn]:
    counts = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    cards = first_cards(rows, actor)
    drawn = []
    for place, (clause, label, states) in enumerate(COLUMNS):
        total = sum(counts.get(state, 0) for state in states)
        shown = cards.get(place, [])
        column = BoardColumn(
            clause=clause,
            label=label,
            count=total,
            cards=shown,
            more=total - len(shown),
            url=list_url(states, chosen),
        )
        drawn.append(column)
    return drawn


def first_cards(rows: "QuerySet[Engagement]", actor: Actor) -> dict[int, list[Card]]:
    """The first of each column, in as many queries however many columns and rows there are. A late part may bring an
    engagement forward: of each kind of part the longest late are looked at, found by its index."""
    today = clock.today()
    late = late_parts(Engagement, actor, today, each=LOOKED_AT)
    parts = earliest(late)
    place = Case(
        *(When(state__in=states, then=Value(n)) for n, (_c, _l, states) in enumerate(COLUMNS)),
        output_field=IntegerField(),
    )
    order = [F("stage_due_on").asc(nulls_last=True), F("pk").asc()]
    rank = Window(RowNumber(), partition_by=[F("board")], order_by=order)
    numbered = rows.order_by().annotate(board=place, rank=rank)
    first = numbered.filter(Q(rank__lte=A_COLUMN) | Q(pk__in=list(parts)))
    where: dict[int, list[tuple[date, int]]] = {}
    for pk, board, step in first.values_list("pk", "board", "stage_due_on"):
        where.setdefault(board, []).append((min(step or date.max, day_of(parts.get(pk))), pk))
    places = {pk: board for board, found in where.items() for _day, pk in sorted(found)[:A_COLUMN]}
    return cards_of(places, actor, parts, whole=len(late) < LOOKED_AT)


def cards_of(
    places: Mapping[int, int], actor: Actor, parts: Mapping[int, Pending], *, whole: bool
) -> dict[int, list[Card]]:
    """Cards by column. Where not all that is late was looked at, each card shown says by itself what of it is late."""
    today = clock.today()
    shown = policy.visible(Engagement, actor).filter(pk__in=list(places)).select_related(*SHOWN_WITH)
    parts = parts if whole else earliest(late_of(list(places), actor, today))
    cards: dict[int, list[Card]] = {}
    for engagement in sorted(
        shown, key=lambda row: (min(row.stage_due_on or date.max, day_of(parts.get(row.pk))), row.pk)
    ):
        drawn = card(engagement, parts.get(engagement.pk), today)
        cards.setdefault(places[engagement.pk], []).append(drawn)
    return cards


def late_of(keys: list[int], actor: Actor, today: date) -> list[Pending]:
    found = of(Engagement, keys, actor)
    return [one for one in found if one.deadline.marks and one.day and one.day <= today]


def earliest(found: list[Pending]) -> dict[int, Pending]:
    """The first part of each engagement, of parts by day."""
    made: dict[int, Pending] = {}
    for one in found:
        made.setdefault(one.of, one)
    return made


def day_of(part: Pending | None) -> date:
    return (part.day if part else None) or date.max


def card(engagement: Engagement, part: Pending | None, today: date) -> Card:
    """Its day is that of its step, or of the `part` that is due earlier."""
    part = part if day_of(part) < (engagement.stage_due_on or date.max) else None
    due = part.day if part else engagement.stage_due_on
    days = max(0, (today - due).days) if due else 0
    due_today = due == today
    return Card(
        title=f"{engagement.number} {engagement.enterprise}",
        url=reverse("engagements-detail", args=[engagement.pk]),
        subtitle=f"{engagement.item} · {engagement.get_state_display()}",
        part=part.label if part else "",
        actor=str(engagement.consultant or ""),
        due=due,
        tone="late" if days else "due" if due_today else "",
        mark=_("%(days)s days late") % {"days": days} if days else _("due today") if due_today else "",
    )


def list_url(states: tuple[str, ...], chosen: Mapping[str, int]) -> str:
    """All of a column as a list, narrowed as the board is, those due first in front."""
    where = {"consultant": "consultant", "family": "item__family"}
    narrow = {where[name]: pk for name, pk in chosen.items()}
    query = {"state": list(map(str, states)), **narrow, "sort": "stage_due_on"}
    return f"{reverse('engagements-list')}?{urlencode(query, doseq=True)}"
