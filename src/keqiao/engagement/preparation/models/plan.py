"""6.3.3: the service plan in versions, with milestones; 6.3.4 f: adjustments."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from keqiao.engagement.case.models import DecidedPart, EngagementPart, vault_file
from keqiao.engagement.delivery.states import ADJUSTMENT, AdjustmentState
from keqiao.engagement.preparation.states import PLAN, PlanState
from keqiao.kernel.models.base import by_step
from keqiao.kernel.platform import clock


class Plan(DecidedPart):
    """One version of the service plan 服务方案. The client confirms this version, known by its hash."""

    states = PLAN

    number = models.CharField(_("number"), max_length=40)
    edition = models.PositiveSmallIntegerField(_("plan version"))
    state = models.CharField(_("state"), max_length=12, choices=PlanState, default=PlanState.DRAFT)
    objectives = models.TextField(_("objectives"))
    content = models.TextField(_("content and methods"))
    begins_on = models.DateField(_("begins on"))
    sha256 = models.CharField(_("hash"), max_length=64, blank=True, editable=False)
    pdf = vault_file(_("PDF"))
    sent_at = models.DateTimeField(_("sent at"), null=True, editable=False)

    class Meta:
        verbose_name = _("service plan")
        verbose_name_plural = _("service plans")
        constraints = [models.UniqueConstraint(fields=["engagement", "edition"], name="plan_edition_once")]

    def __str__(self) -> str:
        return f"{self.number} v{self.edition}"


class Milestone(EngagementPart):
    """A step of a plan with its staged result (6.3.4 d)."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="milestones", verbose_name=_("plan"))
    name = models.CharField(_("milestone"), max_length=120)
    due_on = models.DateField(_("due on"))
    result = models.CharField(_("staged result"), max_length=160, blank=True)
    delivered_on = models.DateField(_("delivered on"), null=True, editable=False)
    note = models.TextField(_("note"), blank=True, editable=False)
    blob = vault_file(_("file"))

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        indexes = [
            models.Index(fields=["due_on"], name="milestone_open_due", condition=models.Q(delivered_on=None))
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def days_late(self) -> int:
        """Days from the due day to the delivery, or to today while the confirmed plan still waits for it."""
        if self.delivered_on is None and self.plan.state != PlanState.CONFIRMED:
            return 0
        return max(0, ((self.delivered_on or clock.today()) - self.due_on).days)


class Adjustment(EngagementPart):
    """An adjusted plan 调整方案 with two or more options; the client's choice makes the next plan version."""

    states = ADJUSTMENT

    state = models.CharField(
        _("state"), max_length=8, choices=AdjustmentState, default=AdjustmentState.OFFERED
    )
    reason = models.TextField(_("reason"))
    basis = models.TextField(_("policy or data it rests on"))
    pdf = vault_file(_("PDF"))
    chosen = models.ForeignKey(
        "AdjustmentOption",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("chosen option"),
    )
    chosen_by = by_step(_("chosen by"))
    chosen_at = models.DateTimeField(_("chosen at"), null=True, editable=False)
    next_plan = models.ForeignKey(
        Plan, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("next plan version")
    )

    class Meta:
        verbose_name = _("adjustment")
        verbose_name_plural = _("adjustments")

    def __str__(self) -> str:
        return self.reason[:60]


class AdjustmentOption(EngagementPart):
    adjustment = models.ForeignKey(
        Adjustment, models.CASCADE, related_name="options", verbose_name=_("adjustment")
    )
    name = models.CharField(_("option"), max_length=120)
    text = models.TextField(_("what it means"))
    ends_on = models.DateField(_("would end on"), null=True, blank=True)

    class Meta:
        verbose_name = _("adjustment option")
        verbose_name_plural = _("adjustment options")

    def __str__(self) -> str:
        """Enough of it that the client knows what is chosen."""
        return f"{self.name}：{self.text[:80]}"
