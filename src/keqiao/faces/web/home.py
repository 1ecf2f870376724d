"""The start page: each kind of person has their own; staff have Today."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from keqiao.faces import news, today
from keqiao.faces.access import actor_of, signed_in
from keqiao.kernel import clock
from keqiao.kernel.actors import Actor

View = Callable[[HttpRequest], HttpResponseBase]
_homes: dict[str, View] = {}
_oversight: list[Callable[[Actor], bool]] = []
LATE_ONES = 20


def register_home(kind: str, view: View) -> None:
    _homes[kind] = view


def sees_all(test: Callable[[Actor], bool]) -> None:
    """Who is shown the late steps of the whole institution before their own."""
    _oversight.append(test)


@signed_in
def home(request: HttpRequest) -> HttpResponseBase:
    return _homes.get(actor_of(request).kind, today_page)(request)


@signed_in
def today_page(request: HttpRequest) -> HttpResponse:
    actor, day = actor_of(request), clock.today()
    due = today.due_of(actor=actor, today=day)
    context: dict[str, Any] = {
        "title": _("Today"),
        "day": day,
        "groups": groups(due, day),
        "due": due,
        "everywhere": _everywhere(actor, day),
        "news": news.latest(actor=actor, only_new=True, limit=15),
    }
    return render(request, "faces/today.html", context)


def groups(due: list[today.Due], day: date) -> list[dict[str, Any]]:
    dated = [(one, one.on) for one in due if one.on is not None]
    undated = [one for one in due if one.on is None]
    made = [
        group(_("Late"), [one for one, on in dated if on < day], day, "late"),
        group(_("Due today"), [one for one, on in dated if on == day], day, "due"),
        group(_("In the next two weeks"), [one for one, on in dated if on > day], day, "todo"),
    ]
    return [*made, group(_("Waiting, with no day set"), undated, day, "todo")] if undated else made


def _everywhere(actor: Actor, day: date) -> dict[str, Any] | None:
    if not any(test(actor) for test in _oversight):
        return None
    span = today.Span(last=day - timedelta(days=1), mine=False, limit=LATE_ONES)
    return group(_("Late in the whole institution"), today.within(actor=actor, span=span), day, "late")


def group(title: str, dues: list[today.Due], day: date, tone: str) -> dict[str, Any]:
    rows = [{"due": one, "days": one.late_by(day)} for one in dues]
    return {"title": title, "rows": rows, "tone": tone}
