"""Working days in China. In a year without a complete table weekends and the statutory days are off, and answers say
that they are provisional: make-up days and bridges are unknown until the yearly notice is entered.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from django.db.models import Count, Sum, Value

from keqiao.kernel.models.calendar import Holiday, HolidayYear
from keqiao.kernel.platform.reckoned import ReckonedDay
from keqiao.kernel.platform.typed_yaml import read

FRIDAY = 4
LONGEST = 10_000
ONE_DAY = timedelta(days=1)
STATUTORY = Path(__file__).with_name("statutory_days.yaml")
Edition = frozenset[tuple[object, ...]]


class Span(NamedTuple):
    days: int
    provisional: bool


@dataclass(frozen=True)
class RightEnds:
    """When a right that lapses ends: `act_by` by the earliest reading, for whoever acts; `latest` as the office reckons."""

    act_by: ReckonedDay
    latest: ReckonedDay


@dataclass(frozen=True, kw_only=True)
class Statutory:
    """Days off by law, as month-day; the moving ones by year."""

    source: str
    checked: date
    fixed: tuple[str, ...]
    moving: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class WorkingCalendar:
    """The table as it was at one moment. A page with many dates takes one and asks it throughout."""

    exceptions: dict[date, bool]
    years: frozenset[int]

    def is_working_day(self, day: date) -> bool:
        """In a year whose table isn't complete nobody is told that a weekend is worked."""
        if day.year in self.years:
            return self.exceptions.get(day, day.weekday() <= FRIDAY)
        return day.weekday() <= FRIDAY and self.exceptions.get(day, True) and not is_statutory(day)

    def provisional(self, *days: date) -> bool:
        """Whether a year between the earliest and the latest of these days has no complete table."""
        return not self.years.issuperset(range(min(days).year, max(days).year + 1))

    def add_working_days(self, *, start: date, days: int) -> ReckonedDay:
        """The day itself doesn't count, as in law. Nought days: the day itself or the next working one."""
        if abs(days) > LONGEST:
            raise ValueError(f"{days} working days are too many to reckon; at most {LONGEST}")
        step = -ONE_DAY if days < 0 else ONE_DAY
        day, left = start, abs(days)
        while left or not self.is_working_day(day):
            day += step
            left -= left > 0 and self.is_working_day(day)
        return ReckonedDay.of(day, provisional=self.provisional(start, day))

    def right_ends(self, *, end: date) -> RightEnds:
        """A period in months or years that ends on `end`, moved off rest days. Without a table the safe side is plain
        weekends; the office takes neither a weekend that is worked for a day on which a period ends."""
        act_by = latest = end
        while not self._is_worked_at_the_earliest(act_by):
            act_by += ONE_DAY
        while latest.weekday() > FRIDAY or not self.is_working_day(latest):
            latest += ONE_DAY
        provisional = self.provisional(end, latest)
        return RightEnds(
            act_by=ReckonedDay.of(act_by, provisional=provisional),
            latest=ReckonedDay.of(latest, provisional=provisional),
        )

    def _is_worked_at_the_earliest(self, day: date) -> bool:
        return self.is_working_day(day) if day.year in self.years else day.weekday() <= FRIDAY

    def working_days_between(self, *, start: date, end: date) -> Span:
        """Working days after `start` up to and including `end`: what add_working_days would have to add."""
        first, last = min(start, end), max(start, end)
        if last - first > timedelta(days=LONGEST * 2):
            raise ValueError(f"from {start} to {end} is too long to reckon")
        first += timedelta(days=1 if start < end else 0)
        last -= timedelta(days=0 if start < end else 1)
        count = sum(self.is_working_day(first + timedelta(days=n)) for n in range((last - first).days + 1))
        return Span(count if start < end else -count, self.provisional(start, end))


def is_statutory(day: date) -> bool:
    """Whether the law itself makes it a day off, as far as its moving days are known."""
    table, written = _statutory(), f"{day:%m-%d}"
    return written in table.fixed or written in table.moving.get(f"{day:%Y}", ())


@lru_cache(maxsize=1)
def _statutory() -> Statutory:
    return read(path=STATUTORY, schema=Statutory)


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


def add_working_days(*, start: date, days: int) -> ReckonedDay:
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
