"""A day that was reckoned in working days, and carries with it whether a table that could move it is still missing."""

from datetime import date, timedelta
from typing import Any, Self

from django.utils.translation import gettext as _


class ReckonedDay(date):
    """A date like any other for reckoning and comparing; in words it says that it is provisional.

    There is no way from the calendar to a day that leaves the mark behind: what keeps such a day is a `WorkingDayField`.
    """

    provisional: bool

    def __new__(cls, year: int, month: int, day: int, *, provisional: bool = False) -> Self:
        """As `date` makes its own by itself; `of` is for everybody else."""
        self = super().__new__(cls, year, month, day)
        self.provisional = provisional
        return self

    @classmethod
    def of(cls, day: date, *, provisional: bool) -> Self:
        return cls(day.year, day.month, day.day, provisional=provisional)

    def __add__(self, span: timedelta) -> Self:
        """So many days on from a provisional day is provisional too."""
        return self.of(super().__add__(span), provisional=self.provisional)

    __radd__ = __add__

    def __sub__(self, other: Any) -> Any:
        less = super().__sub__(other)
        return self.of(less, provisional=self.provisional) if isinstance(less, date) else less

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
    return ReckonedDay.of(day, provisional=provisional)
