"""What is to happen outside the transaction that asked for it, and what is to happen by the clock."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Outbox(models.Model):
    """One effect to be had. The key says which effect it is: the same topic and key twice is one effect."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        DONE = "done", _("Carried out")
        DEAD = "dead", _("Given up")

    topic = models.CharField(_("topic"), max_length=40)
    key = models.CharField(_("effect"), max_length=200)
    payload = models.JSONField(_("content"), default=dict)  # emptied once delivered: it may hold a reset link
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    due_at = models.DateTimeField(_("due at"), default=timezone.now)
    lease = models.CharField(max_length=32, blank=True)  # whoever holds it may settle the row, nobody else
    error = models.TextField(_("last error"), blank=True)
    created_at = models.DateTimeField(_("created at"), default=timezone.now)
    done_at = models.DateTimeField(_("carried out at"), null=True)

    class Meta:
        verbose_name = _("outgoing effect")
        verbose_name_plural = _("outgoing effects")
        constraints = [models.UniqueConstraint(fields=["topic", "key"], name="effect_once")]
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(state="waiting"), name="outbox_waiting"),
            models.Index(fields=["state", "done_at"], name="outbox_state"),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.key}"


class TimedJob(models.Model):
    """When a registered job is next due: kept here so that several workers run it once."""

    name = models.CharField(_("job"), max_length=120, unique=True)
    next_at = models.DateTimeField(_("next run"))
    last_at = models.DateTimeField(_("last run"), null=True)
    error = models.TextField(_("last error"), blank=True)

    class Meta:
        verbose_name = _("timed job")
        verbose_name_plural = _("timed jobs")

    def __str__(self) -> str:
        return self.name
