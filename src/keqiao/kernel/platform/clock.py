"""The one clock. The demo and the tests set it; everything else reads it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_set: ContextVar[datetime | None] = ContextVar("the moment in force", default=None)


def now() -> datetime:
    return _set.get() or timezone.now()


def today() -> date:
    """The day at the institution."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """On which day it was at the institution: what is kept in UTC has yesterday's day until eight in the morning."""
    return timezone.localdate(moment)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let it be `moment` inside the block."""
    token = _set.set(moment)
    try:
        yield
    finally:
        _set.reset(token)
