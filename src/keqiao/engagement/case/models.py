from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from keqiao.catalogue.models import ServiceItem
from keqiao.engagement.case.states import ENGAGEMENT, Stage
from keqiao.enterprises.models import Enterprise
from keqiao.kernel.models import Blob
from keqiao.kernel.models.base import Record, by_step
from keqiao.kernel.platform.levels import Level

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class Engagement(Record):
    """One engagement 服务项目: a commission of one enterprise for one service item, carried to its archive.

    `state` says which step of clause 6 it waits for; `stage_due_on` until when, in working days of the institution; `level`
    is a copy of the enterprise's (`enterprises/levels.py`).
    """

    states = ENGAGEMENT

    number = models.CharField(_("number"), max_length=40, unique=True)
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, related_name="engagements", verbose_name=_("enterprise")
    )
    item = models.ForeignKey(
        ServiceItem, models.PROTECT, related_name="engagements", verbose_name=_("service item")
    )
    title = models.CharField(_("commission"), max_length=160)
    need = models.TextField(_("what is wanted"))
    wanted_by = models.DateField(_("wanted by"), null=True, blank=True)
    contact_name = models.CharField(_("contact"), max_length=80)
    contact_phone = models.CharField(_("telephone"), max_length=40, blank=True)
    level = models.PositiveSmallIntegerField(
        _("classification"), choices=Level, default=Level.INTERNAL, editable=False
    )
    consultant = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="engagements",
        verbose_name=_("consultant"),
    )
    commissioned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("commissioned by")
    )
    state = models.CharField(_("state"), max_length=14, choices=Stage, default=Stage.DRAFT, db_index=True)
    suspended_from = models.CharField(max_length=14, choices=Stage, blank=True, editable=False)
    stage_since = models.DateField(_("in this state since"))
    stage_due_on = models.DateField(_("step due on"), null=True, blank=True)
    truthful_by = by_step(_("declared by"))
    truthful_at = models.DateTimeField(_("truthfulness declared at"), null=True, editable=False)
    delivered_on = models.DateField(_("delivered on"), null=True, editable=False)
    closed_reason = models.TextField(_("reason of the end"), blank=True, editable=False)

    class Meta:
        verbose_name = _("engagement")
        verbose_name_plural = _("engagements")
        indexes = [
            models.Index(fields=["consultant", "state"], name="engagement_consultant_state"),
            models.Index(fields=["state", "stage_due_on"], name="engagement_state_due"),
            # Each phase looks for its own by day: in the index alone, since eight in nine are of another.
            models.Index(
                fields=["stage_due_on", "id", "state", "suspended_from", "level"], name="engagement_due_phase"
            ),
            models.Index(fields=["enterprise", "-id"], name="engagement_enterprise"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def journal_case(self) -> str:
        return f"engagement:{self.pk}"

    @property
    def journal_services(self) -> tuple[str, ...]:
        return (self.item.code,)

    def late_by(self, today: date) -> int:
        """Days past the due day of the step; 0 when not late."""
        return max(0, (today - self.stage_due_on).days) if self.stage_due_on else 0


def vault_file(label: "StrPromise") -> "models.ForeignKey[Blob | None, Blob | None]":
    """A file of the vault that a step puts here, and no form."""
    return models.ForeignKey(
        Blob, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=label
    )


def engagement_key(related_name: str = "%(class)ss") -> "models.ForeignKey[Engagement, Engagement]":
    """The engagement a part belongs to. A part whose plural isn't its name with an s says the plural itself."""
    return models.ForeignKey(
        Engagement, models.PROTECT, related_name=related_name, verbose_name=_("engagement")
    )


class EngagementPart(Record):
    """A row of one engagement. It carries the enterprise and the level of its engagement, so that access and keys
    never depend on a join; the engagement's own operations write both."""

    engagement = engagement_key()
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, related_name="+", editable=False, verbose_name=_("enterprise")
    )
    level = models.PositiveSmallIntegerField(_("classification"), choices=Level, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: object, **kwargs: object) -> None:
        if self.enterprise_id is None:
            self.enterprise_id, self.level = self.engagement.enterprise_id, self.engagement.level
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def journal_case(self) -> str:
        return f"engagement:{self.engagement_id}"

    @property
    def journal_services(self) -> tuple[str, ...]:
        return self.engagement.journal_services


class DecidedPart(EngagementPart):
    """A part of which the client says yes or no, or that we take back before: who, when, and on no the reason."""

    decided_by = by_step(_("decided by"))
    decided_at = models.DateTimeField(_("decided at"), null=True, editable=False)
    reason = models.TextField(_("reason"), blank=True, editable=False)

    class Meta:
        abstract = True


class StageLimit(Record):
    """How many working days a step may take before it is late."""

    state = models.CharField(_("state"), max_length=14, choices=Stage, unique=True)
    working_days = models.PositiveSmallIntegerField(_("working days"))

    class Meta:
        verbose_name = _("time limit")
        verbose_name_plural = _("time limits")

    def __str__(self) -> str:
        return f"{self.get_state_display()}: {self.working_days}"
