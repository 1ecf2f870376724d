"""What a person wants to be reminded of, and the digests they were sent."""

from datetime import time

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from keqiao.accounts.models.user import User
from keqiao.kernel.platform import clock
from keqiao.kernel.steps.deadlines.reminding import MOST_BEFORE, Wish

USUAL_HOUR = time(8, 30)


def check_days(value: object) -> None:
    """None, or numbers of working days."""
    if value is not None and not (
        isinstance(value, list) and all(isinstance(day, int) and 0 <= day <= MOST_BEFORE for day in value)
    ):
        raise ValidationError(_("Numbers of working days, from 0 to %(most)s.") % {"most": MOST_BEFORE})


class ReminderChoice(models.Model):
    """How someone wants to be reminded; who chose nothing has no row and is reminded as usual."""

    user = models.OneToOneField(User, models.CASCADE, related_name="reminder_choice", verbose_name=_("user"))
    active = models.BooleanField(_("remind me by e-mail"), default=True)
    # Working days before; None: as each kind of deadline says.
    before = models.JSONField(_("working days before"), null=True, blank=True, validators=[check_days])
    late = models.BooleanField(_("each working day while something is late"), default=True)
    hour = models.TimeField(_("at what time"), default=USUAL_HOUR)

    class Meta:
        verbose_name = _("choice of reminders")
        verbose_name_plural = _("choices of reminders")

    def __str__(self) -> str:
        return str(self.user)

    @property
    def wish(self) -> Wish:
        return Wish(None if self.before is None else tuple(self.before), late=self.late)


class ReminderDigest(models.Model):
    """One person was told, or had nothing to be told, on one day: once, however often the job runs."""

    user = models.ForeignKey(User, models.CASCADE, related_name="reminder_digests", verbose_name=_("user"))
    day = models.DateField(_("day"))
    lines = models.PositiveIntegerField(_("lines"))
    made_at = models.DateTimeField(_("made at"), default=clock.now)

    class Meta:
        verbose_name = _("digest of reminders")
        verbose_name_plural = _("digests of reminders")
        constraints = [models.UniqueConstraint(fields=["user", "day"], name="one_digest_a_day")]

    def __str__(self) -> str:
        return f"{self.user} {self.day}"
