"""Loans of equipment, which outlive an engagement and may belong to one; the instruments, and their calibrations."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from tests.sample.states import CALIBRATION, LOAN, CalibrationState, LoanState

from keqiao.engagement.models import Engagement
from keqiao.enterprises.models import EnterpriseRecord
from keqiao.kernel.models import Blob
from keqiao.kernel.models.base import Record
from keqiao.kernel.platform.validity import Term


class Loan(EnterpriseRecord):
    states = LOAN

    number = models.CharField(_("number"), max_length=40, unique=True, editable=False)
    equipment = models.CharField(_("equipment"), max_length=80)
    purpose = models.CharField(_("what it is for"), max_length=200)
    wanted_on = models.DateField(_("wanted on"))
    engagement = models.ForeignKey(
        Engagement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("engagement"),
    )
    state = models.CharField(
        _("state"), max_length=10, choices=LoanState, default=LoanState.REQUESTED, editable=False
    )
    keeper = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("handed out by"),
    )
    lent_on = models.DateField(_("handed out on"), null=True, editable=False)
    due_on = models.DateField(_("return due on"), null=True, editable=False)
    returned_on = models.DateField(_("returned on"), null=True, editable=False)
    condition = models.CharField(_("condition on return"), max_length=200, blank=True, editable=False)
    slip = models.ForeignKey(
        Blob, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("loan slip")
    )

    class Meta:
        verbose_name = _("equipment loan")
        verbose_name_plural = _("equipment loans")
        indexes = [
            models.Index(fields=["state", "due_on"], name="loan_state_due"),
            models.Index(fields=["state", "wanted_on"], name="loan_state_wanted"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.equipment}"


class Instrument(Record):
    term = Term(ended="retired_on")

    name = models.CharField(_("instrument"), max_length=80, unique=True)
    serial = models.CharField(_("serial number"), max_length=40, blank=True)
    retired_on = models.DateField(_("retired on"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("instrument")
        verbose_name_plural = _("instruments")

    def __str__(self) -> str:
        return self.name


class Calibration(Record):
    states = CALIBRATION

    number = models.CharField(_("number"), max_length=40, unique=True, editable=False)
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="+", verbose_name=_("instrument"))
    keeper = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who sees to it")
    )
    due_on = models.DateField(_("due on"))
    state = models.CharField(
        _("state"), max_length=10, choices=CalibrationState, default=CalibrationState.PLANNED, editable=False
    )
    laboratory = models.CharField(_("laboratory"), max_length=80, blank=True, editable=False)
    done_on = models.DateField(_("calibrated on"), null=True, editable=False)
    sheet = models.ForeignKey(
        Blob, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("calibration sheet")
    )

    class Meta:
        verbose_name = _("calibration")
        verbose_name_plural = _("calibrations")
        indexes = [models.Index(fields=["state", "due_on"], name="calibration_state_due")]

    def __str__(self) -> str:
        return f"{self.number} {self.instrument}"
