"""A month of everything that has a day."""

import calendar as months
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from keqiao.faces.access import actor_of, staff_only
from keqiao.faces.dues import Due, all_of, own
from keqiao.faces.page import Page, Tab, render_page
from keqiao.faces.web.home import oversees
from keqiao.kernel.platform import calendar, clock
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.whole_numbers import whole_number
from keqiao.kernel.steps.deadlines.pending import Span

MOST = 400  # what a month shows; more than that nobody reads off a grid
MINE, ALL = "mine", "all"


@dataclass(frozen=True)
class Event:
    label: str
    url: str
    tone: str
    mark: str


@dataclass(frozen=True, kw_only=True)
class Day:
    """`other` month than the one shown; `off` and `working` are words where the day is other than its weekday says."""

    date: date
    today: bool
    other: bool
    off: str
    working: str
    events: list[Event]


@dataclass(frozen=True, kw_only=True)
class CalendarPage(Page):
    """`title` is the month; `cut` is the day from which some is left out; `provisional` where days off are not entered."""

    heading: str
    weekdays: list[str]
    weeks: list[list[Day]]
    previous_url: str
    next_url: str
    today_url: str
    nothing: bool
    provisional: bool
    tabs: list[Tab]
    cut: date | None
    mine: bool


@staff_only
def calendar_page(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    first = month_of(request.GET.get("month", ""), clock.today())
    whose, kept = whose_of(request, actor)
    days = months.Calendar().monthdatescalendar(first.year, first.month)
    span = Span(first=days[0][0], last=days[-1][-1], limit=MOST + 1)
    dues = own(actor, span) if whose == MINE else all_of(actor, span)
    working, today = calendar.current(), clock.today()
    by_day = dues_by_day(dues[:MOST])
    page = CalendarPage(
        heading=_("Calendar"),
        title=f"{first:%Y-%m}",
        weekdays=[date_format(day, "D") for day in days[0]],
        weeks=[[_day(day, first, by_day.get(day, []), today, working) for day in week] for week in days],
        previous_url=_url(first - timedelta(days=1), kept),
        next_url=_url(first + timedelta(days=31), kept),
        today_url=reverse("calendar") + (f"?{urlencode(kept)}" if kept else ""),
        nothing=not dues,
        provisional=working.provisional(first),
        tabs=[
            Tab(label, _url(first, {"whose": side}), side == whose)
            for side, label in ((MINE, _("Mine")), (ALL, _("All")))
        ],
        cut=dues[MOST - 1].on if len(dues) > MOST else None,
        mine=whose == MINE,
    )
    return render_page(request, "faces/calendar_page.html", page)


def whose_of(request: HttpRequest, actor: Actor) -> tuple[str, dict[str, str]]:
    """Whose days are shown, and what of it stands in the address: who oversees the institution begins with all."""
    asked = request.GET.get("whose", "")
    if asked in {MINE, ALL}:
        return asked, {"whose": asked}
    return ALL if oversees(actor) else MINE, {}


def _url(first: date, kept: dict[str, str]) -> str:
    return f"?{urlencode({'month': f'{first:%Y-%m}', **kept})}"


def month_of(text: str, today: date) -> date:
    """The first of the month that `text` names as 2026-11; of today's when it names none."""
    in_year, _dash, in_month = text.partition("-")
    year, month = whole_number(in_year, most=2200) or 0, whole_number(in_month, most=12) or 0
    return date(year, month, 1) if year >= 2000 and month else today.replace(day=1)  # noqa: PLR2004


def dues_by_day(dues: list[Due]) -> dict[date, list[Due]]:
    by_day: dict[date, list[Due]] = {}
    for due in dues:
        if due.on is not None:
            by_day.setdefault(due.on, []).append(due)
    return by_day


def _day(day: date, first: date, dues: list[Due], today: date, working: calendar.WorkingCalendar) -> Day:
    works, weekend = working.is_working_day(day), day.weekday() > calendar.FRIDAY
    return Day(
        date=day,
        today=day == today,
        other=day.month != first.month,
        off="" if works else _("off"),
        working=_("worked") if works and weekend else "",
        events=[_event(due, today) for due in dues],
    )


def _event(due: Due, today: date) -> Event:
    label = " · ".join(str(part) for part in (due.about, due.label) if part)
    if due.late_by(today) > 0:
        return Event(label, due.url, "late", _("late"))
    return Event(label, due.url, "plain", "")
