"""Reminders: what a person chose, and the daily digests."""

import logging
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from keqiao.accounts.models import ReminderChoice, ReminderDigest, User
from keqiao.accounts.models.reminder import USUAL_HOUR
from keqiao.accounts.operations.digest import queue_digest
from keqiao.kernel.platform import calendar, clock
from keqiao.kernel.platform.calendar import WorkingCalendar
from keqiao.kernel.platform.mail import sendable
from keqiao.kernel.steps.deadlines.reminding import Wish, due_to_say

log = logging.getLogger(__name__)


def choose_reminders(
    *, actor: User, active: bool, before: list[int] | None, late: bool, hour: time
) -> ReminderChoice:
    """Keep how this person wants to be reminded. `before` are working days; None: as each kind of deadline says."""
    values: dict[str, Any] = {"active": active, "before": before, "late": late, "hour": hour}
    ReminderChoice(user=actor, **values).clean_fields()
    return ReminderChoice.objects.update_or_create(user=actor, defaults=values)[0]


def choice_of(user: User) -> ReminderChoice:
    return ReminderChoice.objects.filter(user=user).first() or ReminderChoice(user=user)


def send_digests(*, now: datetime) -> int:
    """Send today's to all whose hour has come and who had none today; how many letters were queued.

    On days nobody works there are none. Late or twice, it sends no second: each person has one row a day, written with
    the letter.
    """
    moment, working = timezone.localtime(now), calendar.current()
    if not working.is_working_day(clock.day_of(moment)):
        return 0
    with clock.at(now):
        return sum(_digest(user, clock.day_of(moment), working) for user in _expecting(moment))


def _expecting(moment: datetime) -> list[User]:
    """Active people with an address whose hour has come, and for whom nothing was looked up today."""
    done = ReminderDigest.objects.filter(user=OuterRef("pk"), day=clock.day_of(moment))
    chosen = Q(reminder_choice__active=True, reminder_choice__hour__lte=moment.time())
    usual = Q(reminder_choice=None) if moment.time() >= USUAL_HOUR else Q(pk__in=[])
    people = User.objects.filter(chosen | usual, ~Q(Exists(done)), is_active=True)
    in_order = people.exclude(email="").select_related("reminder_choice").order_by("pk")
    return [person for person in in_order if sendable([person.email])]


def _digest(user: User, day: date, working: WorkingCalendar) -> bool:
    """A person for whom it fails is tried again at the next run, and stands in nobody's way."""
    choice = getattr(user, "reminder_choice", None)
    try:
        waits = due_to_say(user, today=day, wish=choice.wish if choice else Wish(), working=working)
        with transaction.atomic():
            row, is_new = ReminderDigest.objects.get_or_create(user=user, day=day, defaults={"lines": 0})
            if not is_new or not waits:
                return False
            row.lines = queue_digest(user=user, day=day, waits=waits)
            row.save(update_fields=["lines"])
    except Exception:
        log.exception("the digest of user %s for %s failed", user.pk, day)
        return False
    return True
