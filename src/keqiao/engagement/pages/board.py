"""The board: open engagements by step, those due first in front."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, Count, F, IntegerField, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from keqiao.accounts.models import Kind, User
from keqiao.engagement.case.phases import PHASES
from keqiao.engagement.case.states import OPEN, Stage
from keqiao.engagement.models import Engagement, ServiceFamily
from keqiao.engagement.open_parts import OWN_DAY, first_due
from keqiao.engagement.waits import Wait, waits
from keqiao.faces.access import actor_of, staff_only
from keqiao.kernel.platform import clock, policy
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.whole_numbers import whole_number

A_COLUMN = 12
SHOWN = [(step.clause, step.label, tuple(state for state in step.states if state in OPEN)) for step in PHASES]
COLUMNS = [*(one for one in SHOWN if one[2]), ("", Stage.SUSPENDED.label, (Stage.SUSPENDED,))]


@staff_only
def board(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    families = list(policy.visible(ServiceFamily, actor).order_by("code"))
    consultants = list(policy.visible(User, actor).filter(kind=Kind.STAFF, is_active=True).order_by("name"))
    asked = {name: whole_number(request.GET.get(name, "")) for name in ("consultant", "family")}
    chosen = {name: pk for name, pk in asked.items() if pk is not None}
    rows = narrowed(policy.visible(Engagement, actor).filter(state__in=OPEN), chosen)
    context = {
        "title": _("Board"),
        "columns": columns(rows, chosen, actor),
        "choices": [
            choice("consultant", _("Consultant"), consultants, chosen),
            choice("family", _("Service family"), families, chosen),
        ],
        "nothing": not chosen and not rows[:1],
    }
    return render(request, "engagement/board.html", context)


def narrowed(rows: "QuerySet[Engagement]", chosen: Mapping[str, int]) -> "QuerySet[Engagement]":
    where = {"consultant": "consultant_id", "family": "item__family_id"}
    return rows.filter(**{where[name]: pk for name, pk in chosen.items()})


def choice(name: str, label: str, rows: list[Any], chosen: Mapping[str, int]) -> dict[str, Any]:
    options = [
        {"value": str(row.pk), "label": str(row), "chosen": chosen.get(name) == row.pk} for row in rows
    ]
    return {"name": name, "label": label, "options": options}


def columns(rows: "QuerySet[Engagement]", chosen: Mapping[str, int], actor: Actor) -> list[dict[str, Any]]:
    counts = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    cards = first_cards(rows, actor)
    made = []
    for place, (clause, label, states) in enumerate(COLUMNS):
        total = sum(counts.get(state, 0) for state in states)
        shown = cards.get(place, [])
        made.append(
            {
                "clause": clause,
                "label": label,
                "count": total,
                "cards": shown,
                "more": total - len(shown),
                "url": list_url(states, chosen),
            }
        )
    return made


def first_cards(rows: "QuerySet[Engagement]", actor: Actor) -> dict[int, list[dict[str, Any]]]:
    """The first of each column in three queries, however many columns and rows there are."""
    today = clock.today()
    place = Case(
        *(When(state__in=states, then=Value(n)) for n, (_c, _l, states) in enumerate(COLUMNS)),
        output_field=IntegerField(),
    )
    order = [F("due").asc(nulls_last=True), F("pk").asc()]
    numbered = rows.order_by().annotate(
        board=place,
        due=first_due(actor, today),
        rank=Window(RowNumber(), partition_by=[F("board")], order_by=order),
    )
    where = {
        pk: (board, due)
        for pk, board, due in numbered.filter(rank__lte=A_COLUMN).values_list("pk", "board", "due")
    }
    shown = sorted(
        rows.filter(pk__in=list(where)).select_related("enterprise", "item", "consultant"),
        key=lambda one: (where[one.pk][1] or date.max, one.pk),
    )
    parts = earliest_parts(shown, today)
    found: dict[int, list[dict[str, Any]]] = {}
    for one in shown:
        board, _due = where[one.pk]
        found.setdefault(board, []).append(card(one, parts.get(one.pk), today))
    return found


def earliest_parts(engagements: list[Engagement], today: date) -> dict[int, Wait]:
    """What of each of these is due by today and before its step."""
    steps = {one.pk: one.stage_due_on or date.max for one in engagements}
    found: dict[int, Wait] = {}
    for wait in waits(engagements=engagements, only=OWN_DAY):
        if wait.on is not None and wait.on <= today and wait.on < steps[wait.engagement]:
            found.setdefault(wait.engagement, wait)
    return found


def card(engagement: Engagement, part: Wait | None, today: date) -> dict[str, Any]:
    """Its day is that of its step, or of the `part` that is due earlier."""
    due = part.on if part else engagement.stage_due_on
    days = max(0, (today - due).days) if due else 0
    due_today = due == today
    return {
        "title": f"{engagement.number} {engagement.enterprise}",
        "url": reverse("engagements-detail", args=[engagement.pk]),
        "subtitle": f"{engagement.item} · {engagement.get_state_display()}",
        "part": part.label if part else "",
        "actor": str(engagement.consultant or ""),
        "due": due,
        "tone": "late" if days else "due" if due_today else "",
        "mark": _("%(days)s days late") % {"days": days} if days else _("due today") if due_today else "",
    }


def list_url(states: tuple[str, ...], chosen: Mapping[str, int]) -> str:
    """All of a column as a list, narrowed as the board is, those due first in front."""
    where = {"consultant": "consultant", "family": "item__family"}
    narrow = {where[name]: pk for name, pk in chosen.items()}
    query = {"state": list(map(str, states)), **narrow, "sort": "stage_due_on"}
    return f"{reverse('engagements-list')}?{urlencode(query, doseq=True)}"
