"""A month of everything that has a day."""

import calendar as months
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from keqiao.faces.access import actor_of, staff_only
from keqiao.faces.today import Due, Span, within
from keqiao.kernel import calendar, clock
from keqiao.kernel.whole_numbers import whole_number

MOST = 400  # what a month shows; more than that nobody reads off a grid


@staff_only
def calendar_page(request: HttpRequest) -> HttpResponse:
    first = month_of(request.GET.get("month", ""), clock.today())
    days = months.Calendar().monthdatescalendar(first.year, first.month)
    span = Span(first=days[0][0], last=days[-1][-1], limit=MOST)
    found = within(actor=actor_of(request), span=span)
    return render(request, "faces/calendar_page.html", month_context(days, first, found, clock.today()))


def month_of(text: str, today: date) -> date:
    """The first of the month that `text` names as 2026-11; of today's when it names none."""
    in_year, _dash, in_month = text.partition("-")
    year, month = whole_number(in_year, most=2200) or 0, whole_number(in_month, most=12) or 0
    return date(year, month, 1) if year >= 2000 and month else today.replace(day=1)  # noqa: PLR2004


def month_context(days: list[list[date]], first: date, dues: list[Due], today: date) -> dict[str, Any]:
    by_day: dict[date, list[Due]] = {}
    for due in dues:
        by_day.setdefault(due.on, []).append(due)
    working = calendar.current()
    return {
        "heading": _("Calendar"),
        "title": f"{first:%Y-%m}",
        "weekdays": [date_format(day, "D") for day in days[0]],
        "weeks": [[_day(day, first, by_day.get(day, []), today, working) for day in week] for week in days],
        "previous_url": f"?month={first - timedelta(days=1):%Y-%m}",
        "next_url": f"?month={first + timedelta(days=31):%Y-%m}",
        "today_url": reverse("calendar"),
        "nothing": not dues,
        "provisional": working.provisional(first),
    }


def _day(
    day: date, first: date, dues: list[Due], today: date, working: calendar.WorkingCalendar
) -> dict[str, Any]:
    works, weekend = working.is_working_day(day), day.weekday() > calendar.FRIDAY
    return {
        "date": day,
        "today": day == today,
        "other": day.month != first.month,
        "off": "" if works else _("off"),
        "working": _("worked") if works and weekend else "",
        "events": [_event(due, today) for due in dues],
    }


def _event(due: Due, today: date) -> dict[str, Any]:
    late = due.on < today
    said = " · ".join(str(part) for part in (due.about, due.label) if part)
    return {
        "label": said,
        "url": due.url,
        "tone": "late" if late else "plain",
        "mark": _("late") if late else "",
    }
