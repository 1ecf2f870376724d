"""On which days a person is reminded of what: in working days, by the institution's calendar."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.calendar import WorkingCalendar
from keqiao.kernel.steps.deadlines.declaration import Deadline
from keqiao.kernel.steps.deadlines.pending import Pending
from keqiao.kernel.steps.deadlines.reading import to_remind_of
from keqiao.kernel.steps.deadlines.registry import declared

MOST_BEFORE = 20  # working days


@dataclass(frozen=True)
class Wish:
    """What a person chose: on which working days before, or None for what each kind of deadline says; and whether they
    want to hear of what is late."""

    before: tuple[int, ...] | None = None
    late: bool = True


def due_to_say(actor: Actor, *, today: date, wish: Wish, working: WorkingCalendar) -> list[Pending]:
    """What of that which waits for this person is to be said today, by day; nothing on a day nobody works."""
    if not working.is_working_day(today):
        return []
    furthest = max(
        (*(wish.before or ()), *(day for deadline in declared() for day in deadline.remind.before)), default=0
    )
    last = working.add_working_days(start=today, days=furthest)
    return [wait for wait in to_remind_of(actor, last) if _said(wait, today, wish, working)]


def _said(wait: Pending, today: date, wish: Wish, working: WorkingCalendar) -> bool:
    if wait.day is None:
        return False
    if wait.day < today:
        return wish.late and wait.deadline.remind.after
    return is_before(wait.day, _days(wait.deadline, wish), today, working)


def _days(deadline: Deadline, wish: Wish) -> tuple[int, ...]:
    """A kind of which nobody is reminded beforehand stays so, whatever a person chose."""
    usual = deadline.remind.before
    return usual if wish.before is None or not usual else wish.before


def is_before(day: date, numbers: Collection[int], today: date, working: WorkingCalendar) -> bool:
    """Whether today is one of these numbers of working days before the day. Of a day on which nobody works it is
    reckoned back from that day: the last working day before it is one before."""
    return any(
        today == day if number == 0 else working.add_working_days(start=day, days=-number) == today
        for number in numbers
    )
