"""Working days in China. A year without a complete table is reckoned Monday to Friday, and answers say so."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Count, Sum, Value

from keqiao.kernel.models.calendar import Holiday, HolidayYear

FRIDAY = 4
LONGEST = 10_000
Edition = frozenset[tuple[object, ...]]


class Due(NamedTuple):
    """A day reckoned in working days; provisional while a year on the way has no complete holiday table."""

    day: date
    provisional: bool


class Span(NamedTuple):
    days: int
    provisional: bool


@dataclass(frozen=True)
class WorkingCalendar:
    """The table as it was at one moment. A page with many dates takes one and asks it throughout."""

    exceptions: dict[date, bool]
    years: frozenset[int]

    def is_working_day(self, day: date) -> bool:
        return self.exceptions.get(day, day.weekday() <= FRIDAY)

    def provisional(self, *days: date) -> bool:
        """Whether a year between the earliest and the latest of these days has no complete table."""
        return not self.years.issuperset(range(min(days).year, max(days).year + 1))

    def add_working_days(self, *, start: date, days: int) -> Due:
        """The day itself doesn't count, as in law. Nought days: the day itself or the next working one."""
        if abs(days) > LONGEST:
            raise ValueError(f"{days} working days are too many to reckon; at most {LONGEST}")
        step = timedelta(days=-1 if days < 0 else 1)
        day, left = start, abs(days)
        while left or not self.is_working_day(day):
            day += step
            left -= left > 0 and self.is_working_day(day)
        return Due(day, self.provisional(start, day))

    def working_days_between(self, *, start: date, end: date) -> Span:
        """Working days after `start` up to and including `end`: what add_working_days would have to add."""
        first, last = min(start, end), max(start, end)
        if last - first > timedelta(days=LONGEST * 2):
            raise ValueError(f"from {start} to {end} is too long to reckon")
        first += timedelta(days=1 if start < end else 0)
        last -= timedelta(days=0 if start < end else 1)
        count = sum(self.is_working_day(first + timedelta(days=n)) for n in range((last - first).days + 1))
        return Span(count if start < end else -count, self.provisional(start, end))


_kept: tuple[Edition, WorkingCalendar] | None = None


def current() -> WorkingCalendar:
    """The calendar as it stands, for one small query: the table is read again only when it has changed, here
    or in any other process.
    """
    global _kept  # noqa: PLW0603 - the cache; the pair is replaced whole, so threads need no lock
    edition = _edition()
    if _kept is None or _kept[0] != edition:
        _kept = (edition, _read())
    return _kept[1]


def is_working_day(day: date) -> bool:
    return current().is_working_day(day)


def provisional(day: date) -> bool:
    return current().provisional(day)


def add_working_days(*, start: date, days: int) -> Due:
    return current().add_working_days(start=start, days=days)


def working_days_between(*, start: date, end: date) -> Span:
    return current().working_days_between(start=start, end=end)


def covered_years() -> list[int]:
    return sorted(current().years)


def _edition() -> Edition:
    """Rows and the sum of their random revisions, of both tables in one query."""
    rows = [
        model.objects.order_by()
        .values(table=Value(model.__name__))
        .annotate(rows=Count("pk"), sum=Sum("revision"))
        .values_list("table", "rows", "sum")
        for model in (Holiday, HolidayYear)
    ]
    return frozenset(rows[0].union(rows[1], all=True))


def _read() -> WorkingCalendar:
    return WorkingCalendar(
        exceptions=dict(Holiday.objects.values_list("day", "is_working")),
        years=frozenset(HolidayYear.objects.values_list("year", flat=True)),
    )
