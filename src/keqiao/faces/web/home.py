"""The start page: each kind of person has their own; staff have Today."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from keqiao.faces import activity, dues
from keqiao.faces.access import actor_of, signed_in, staff_only
from keqiao.faces.figures import today_figures
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.whole_numbers import whole_number
from keqiao.kernel.steps.deadlines.pending import Span
from keqiao.kernel.steps.declarations import DeclarationError, declared_at

View = Callable[[HttpRequest], HttpResponseBase]
_homes: dict[str, View] = {}
_oversight: list[Callable[[Actor], bool]] = []
LATE_ONES, ON_TODAY = 20, 60
A_PAGE, LAST_PAGE = 100, 50  # of the lists of all that is late, or due from a person


def register_home(kind: str, view: View) -> None:
    """Give people of `kind` a start page of their own; sections of it are declared in faces/portal.py."""
    if kind in _homes:
        raise DeclarationError(
            where=declared_at(), expected="one start page for each kind of person", came=kind,
            remedy="Declare a home_section for it instead.",
        )  # fmt: skip
    _homes[kind] = view


def register_overseer(test: Callable[[Actor], bool]) -> None:
    """Who is shown the late steps of the whole institution before their own."""
    _oversight.append(test)


@signed_in
def home(request: HttpRequest) -> HttpResponseBase:
    return _homes.get(actor_of(request).kind, today_page)(request)


@signed_in
def today_page(request: HttpRequest) -> HttpResponse:
    actor, day = actor_of(request), clock.today()
    desk = dues.desk(actor, day, limit=ON_TODAY)
    context: dict[str, Any] = {
        "title": _("Today"),
        "day": day,
        "groups": groups(desk, day),
        "more": desk.more,
        "figures": today_figures(actor, day),
        "everywhere": _everywhere(actor, day),
        "news": activity.latest(actor=actor, only_new=True, limit=15),
    }
    return render(request, "faces/today.html", context)


def groups(desk: dues.Desk, day: date) -> list[dict[str, Any]]:
    """Decisions first, whatever their day. Only those with anything in them."""
    dated = [(one, one.on) for one in desk.rest if one.on is not None]
    made = [
        group(_("For your decision"), desk.decisions, day, "due"),
        group(_("Late"), [one for one, on in dated if on < day], day, "late"),
        group(_("Due today"), [one for one, on in dated if on == day], day, "due"),
        group(_("In the next two weeks"), [one for one, on in dated if on > day], day, "todo"),
        group(_("Waiting, with no day set"), [one for one in desk.rest if one.on is None], day, "todo"),
    ]
    return [one for one in made if one["rows"]]


@staff_only
def own_page(request: HttpRequest) -> HttpResponse:
    """All of what Today shows the beginning of."""
    actor, day = actor_of(request), clock.today()
    page = whole_number(request.GET.get("page", ""), most=LAST_PAGE) or 1
    desk = dues.desk(actor, day, first=(page - 1) * A_PAGE, limit=A_PAGE)
    shown = groups(desk if page == 1 else replace(desk, decisions=[]), day)
    context: dict[str, Any] = {
        "title": _("All that is due from you"),
        "groups": shown,
        "earlier": page - 1,
        "later": page + 1 if desk.more and page < LAST_PAGE else 0,
        "crumbs": [(_("Today"), reverse("home"))],
    }
    return render(request, "faces/own.html", context)


def oversees(actor: Actor) -> bool:
    return any(test(actor) for test in _oversight)


def _everywhere(actor: Actor, day: date) -> dict[str, Any] | None:
    if not oversees(actor):
        return None
    found = _late(actor, day, LATE_ONES + 1)
    more = {"more": reverse("late")} if len(found) > LATE_ONES else {}
    return group(_("Late in the whole institution"), found[:LATE_ONES], day, "late") | more


def _late(actor: Actor, day: date, limit: int) -> list[dues.Due]:
    return dues.all_of(actor, Span(last=day - timedelta(days=1), limit=limit))


@staff_only
def late_page(request: HttpRequest) -> HttpResponse:
    """All that is late of what this person sees, the longest late first."""
    actor, day = actor_of(request), clock.today()
    page = whole_number(request.GET.get("page", ""), most=LAST_PAGE) or 1
    found = _late(actor, day, page * A_PAGE + 1)
    title = _("Late in the whole institution") if oversees(actor) else _("Late")
    context: dict[str, Any] = {
        "title": title,
        "group": group(title, found[(page - 1) * A_PAGE : page * A_PAGE], day, "late"),
        "earlier": page - 1,
        "later": page + 1 if len(found) > page * A_PAGE and page < LAST_PAGE else 0,
        "crumbs": [(_("Today"), reverse("home"))],
    }
    return render(request, "faces/late.html", context)


def group(title: str, found: list[dues.Due], day: date, tone: str) -> dict[str, Any]:
    rows = [{"due": one, "days": one.late_by(day)} for one in found]
    return {"title": title, "rows": rows, "tone": tone}
