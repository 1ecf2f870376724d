"""The start page: each kind of person has their own; staff have Today."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from keqiao.faces import activity, dues
from keqiao.faces.access import actor_of, signed_in, staff_only
from keqiao.faces.figures import Shown, today_figures
from keqiao.faces.page import Page, render_page
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


@dataclass(frozen=True)
class DueRow:
    """`days` late; 0 where its day hasn't passed."""

    due: dues.Due
    days: int


@dataclass(frozen=True)
class Group:
    """Rows under a heading; `more` is the address of all of them, where these are not all."""

    title: str
    rows: list[DueRow]
    tone: str
    more: str = ""


@dataclass(frozen=True, kw_only=True)
class TodayPage(Page):
    day: date
    groups: list[Group]
    more: str
    figures: list[Shown]
    everywhere: Group | None
    news: list[activity.Activity]


@dataclass(frozen=True, kw_only=True)
class Turned(Page):
    """One of several pages of a list: the numbers of the one before and of the one after, or 0."""

    earlier: int
    later: int


@dataclass(frozen=True, kw_only=True)
class OwnPage(Turned):
    groups: list[Group]


@dataclass(frozen=True, kw_only=True)
class LatePage(Turned):
    group: Group


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
    page = TodayPage(
        title=_("Today"),
        day=day,
        groups=groups(desk, day),
        more=desk.more,
        figures=today_figures(actor, day),
        everywhere=_everywhere(actor, day),
        news=activity.latest(actor=actor, only_new=True, limit=15),
    )
    return render_page(request, "faces/today.html", page)


def groups(desk: dues.Desk, day: date) -> list[Group]:
    """Decisions first, whatever their day. Only those with anything in them."""
    dated = [(due, due.on) for due in desk.rest if due.on is not None]
    every = [
        group(_("For your decision"), desk.decisions, day, "due"),
        group(_("Late"), [due for due, on in dated if on < day], day, "late"),
        group(_("Due today"), [due for due, on in dated if on == day], day, "due"),
        group(_("In the next two weeks"), [due for due, on in dated if on > day], day, "todo"),
        group(_("Waiting, with no day set"), [due for due in desk.rest if due.on is None], day, "todo"),
    ]
    return [each for each in every if each.rows]


@staff_only
def own_page(request: HttpRequest) -> HttpResponse:
    """All of what Today shows the beginning of."""
    actor, day = actor_of(request), clock.today()
    number = whole_number(request.GET.get("page", ""), most=LAST_PAGE) or 1
    desk = dues.desk(actor, day, first=(number - 1) * A_PAGE, limit=A_PAGE)
    page = OwnPage(
        title=_("All that is due from you"),
        crumbs=[(_("Today"), reverse("home"))],
        groups=groups(desk if number == 1 else replace(desk, decisions=[]), day),
        earlier=number - 1,
        later=number + 1 if desk.more and number < LAST_PAGE else 0,
    )
    return render_page(request, "faces/own.html", page)


def oversees(actor: Actor) -> bool:
    return any(test(actor) for test in _oversight)


def _everywhere(actor: Actor, day: date) -> Group | None:
    if not oversees(actor):
        return None
    late = _late(actor, day, LATE_ONES + 1)
    first = group(_("Late in the whole institution"), late[:LATE_ONES], day, "late")
    return replace(first, more=reverse("late")) if len(late) > LATE_ONES else first


def _late(actor: Actor, day: date, limit: int) -> list[dues.Due]:
    return dues.all_of(actor, Span(last=day - timedelta(days=1), limit=limit))


@staff_only
def late_page(request: HttpRequest) -> HttpResponse:
    """All that is late of what this person sees, the longest late first."""
    actor, day = actor_of(request), clock.today()
    number = whole_number(request.GET.get("page", ""), most=LAST_PAGE) or 1
    late = _late(actor, day, number * A_PAGE + 1)
    title = _("Late in the whole institution") if oversees(actor) else _("Late")
    page = LatePage(
        title=title,
        crumbs=[(_("Today"), reverse("home"))],
        group=group(title, late[(number - 1) * A_PAGE : number * A_PAGE], day, "late"),
        earlier=number - 1,
        later=number + 1 if len(late) > number * A_PAGE and number < LAST_PAGE else 0,
    )
    return render_page(request, "faces/late.html", page)


def group(title: str, rows: list[dues.Due], day: date, tone: str) -> Group:
    return Group(title, [DueRow(due, due.late_by(day)) for due in rows], tone)
