"""A day that was reckoned in working days, and carries with it whether a table that could move it is still missing."""

from datetime import date
from typing import Any, Self

from django.utils.translation import gettext as _


class ReckonedDay(date):
    """A date like any other for reckoning and comparing; in words it says that it is provisional.

    There is no way from the calendar to a day that leaves the mark behind: what keeps such a day is a `WorkingDayField`.
    """

    provisional: bool

    def __new__(cls, day: date, *, provisional: bool) -> Self:
        self = super().__new__(cls, day.year, day.month, day.day)
        self.provisional = provisional
        return self

    def __str__(self) -> str:
        """For people. Machines take `isoformat()`."""
        return in_words(self)

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (date(self.year, self.month, self.day), self.provisional)


def is_provisional(day: object) -> bool:
    return isinstance(day, ReckonedDay) and day.provisional


def in_words(day: date) -> str:
    """2027-01-11, or 2027-01-11 (provisional)."""
    text = day.isoformat()
    return _("%(day)s (provisional)") % {"day": text} if is_provisional(day) else text


def _again(day: date, provisional: bool) -> ReckonedDay:
    return ReckonedDay(day, provisional=provisional)
