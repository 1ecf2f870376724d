"""6.4: deliverables, satisfaction survey, complaints; 6.5: archive."""

from datetime import date
from typing import cast

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from keqiao.engagement.case.models import DecidedPart, EngagementPart, engagement_key, vault_file
from keqiao.engagement.delivery.states import COMPLAINT, DELIVERABLE, ComplaintState, DeliverableState
from keqiao.enterprises.models import EnterpriseRecord
from keqiao.kernel.platform import calendar, clock


class Deliverable(DecidedPart):
    """A deliverable 成果 the contract promises, handed over and accepted (6.4.1)."""

    states = DELIVERABLE

    number = models.CharField(_("number"), max_length=40, unique=True)
    name = models.CharField(_("deliverable"), max_length=160)
    form = models.CharField(_("form"), max_length=40, blank=True)
    due_on = models.DateField(_("due on"))
    state = models.CharField(
        _("state"), max_length=12, choices=DeliverableState, default=DeliverableState.PLANNED
    )
    blob = vault_file(_("file"))
    # Instead of a file: a record of the enterprise that outlives the engagement, by its kind and number.
    record_kind = models.CharField(_("kind of record"), max_length=80, blank=True, editable=False)
    record_id = models.BigIntegerField(_("number of the record"), null=True, editable=False)
    sheet = vault_file(_("handover sheet"))
    quality_check = models.TextField(_("check against element h"), blank=True, editable=False)
    handed_over_on = models.DateField(_("handed over on"), null=True, editable=False)

    class Meta:
        verbose_name = _("deliverable")
        verbose_name_plural = _("deliverables")
        indexes = [models.Index(fields=["state", "due_on"], name="deliverable_state_due")]
        constraints = [
            models.CheckConstraint(
                name="deliverable_file_or_record",
                condition=models.Q(record_kind="", record_id__isnull=True)
                | models.Q(~models.Q(record_kind=""), record_id__isnull=False, blob__isnull=True),
                violation_error_message=_("A deliverable is a file or a record, not both."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def record(self) -> EnterpriseRecord | None:
        """What it points at; None where it has a file, or nothing yet."""
        if not self.record_kind:
            return None
        kind = cast("type[EnterpriseRecord]", apps.get_model(self.record_kind))
        return kind._default_manager.get(pk=self.record_id)  # noqa: SLF001

    @property
    def days_late(self) -> int:
        """Days from the due day to the handing over, or to today while it waits or was returned; none once dropped."""
        if self.state == DeliverableState.DROPPED:
            return 0
        waits = self.state in {DeliverableState.PLANNED, DeliverableState.RETURNED}
        until = clock.today() if waits or self.handed_over_on is None else self.handed_over_on
        return max(0, (until - self.due_on).days)


SURVEY_DAYS = 10  # working days a survey may stay unanswered before the archive closes without it


def awaited_until() -> date:
    return calendar.add_working_days(start=clock.today(), days=SURVEY_DAYS).day


class Survey(EngagementPart):
    """The satisfaction survey that goes out by itself on acceptance (6.4.2). Its link answers once."""

    token_sha256 = models.CharField(max_length=64, unique=True, editable=False)
    sent_to = models.CharField(_("sent to"), max_length=400, blank=True, editable=False)
    sent_at = models.DateTimeField(_("sent at"), default=clock.now, editable=False)
    due_on = models.DateField(_("answer due on"), default=awaited_until, editable=False)
    edition = models.PositiveSmallIntegerField(_("version of the questionnaire"), null=True, editable=False)
    answered_at = models.DateTimeField(_("answered at"), null=True, editable=False)
    scores = models.JSONField(_("scores"), default=dict, editable=False)
    comment = models.TextField(_("comment"), blank=True, editable=False)

    class Meta:
        verbose_name = _("satisfaction survey")
        verbose_name_plural = _("satisfaction surveys")
        constraints = [models.UniqueConstraint(fields=["engagement"], name="one_survey_an_engagement")]

    def __str__(self) -> str:
        return str(self.engagement)


class ComplaintKind(models.TextChoices):
    COMPLAINT = "complaint", _("Complaint")
    SUGGESTION = "suggestion", _("Suggestion")


class ComplaintChannel(models.TextChoices):
    """How it reached the institution: 7.2 wants telephone, e-mail and other channels."""

    PORTAL = "portal", _("Client portal")
    SURVEY = "survey", _("Satisfaction survey")
    PHONE = "phone", _("Telephone")
    EMAIL = "email", _("E-mail")
    LETTER = "letter", _("Letter")
    IN_PERSON = "in_person", _("In person")


class Complaint(EngagementPart):
    """A complaint 投诉 or suggestion 建议 about an engagement (6.4.2, 7.2)."""

    states = COMPLAINT

    number = models.CharField(_("number"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=ComplaintKind)
    state = models.CharField(_("state"), max_length=10, choices=ComplaintState, default=ComplaintState.FILED)
    text = models.TextField(pgettext_lazy("complaint", "what happened"))
    remedy_wanted = models.TextField(_("what is wanted"), blank=True)
    channel = models.CharField(_("channel"), max_length=12, choices=ComplaintChannel)
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("filed by")
    )
    acknowledged_at = models.DateTimeField(_("acknowledged at"), null=True, editable=False)
    due_on = models.DateField(_("answer due on"))
    answer = models.TextField(_("answer"), blank=True, editable=False)
    answered_on = models.DateField(_("answered on"), null=True, editable=False)

    class Meta:
        verbose_name = _("complaint or suggestion")
        verbose_name_plural = _("complaints and suggestions")
        indexes = [models.Index(fields=["state", "due_on"], name="complaint_state_due")]

    def __str__(self) -> str:
        return self.number

    @property
    def days_late(self) -> int:
        """Days from the due day to the answer, or to today while it waits."""
        return max(0, ((self.answered_on or clock.today()) - self.due_on).days)


class ArchiveSummary(EngagementPart):
    """The five things 6.5 wants in the file: time, content, process, effect, evaluation."""

    engagement = engagement_key("archive_summaries")
    time = models.TextField(_("time"))
    content = models.TextField(_("content"))
    process = models.TextField(_("process"))
    effect = models.TextField(pgettext_lazy("archive", "effect"))
    evaluation = models.TextField(_("evaluation"))

    class Meta:
        verbose_name = _("archive summary")
        verbose_name_plural = _("archive summaries")
        constraints = [models.UniqueConstraint(fields=["engagement"], name="one_summary_an_engagement")]

    def __str__(self) -> str:
        return str(self.engagement)


class Archive(EngagementPart):
    """The archive 档案 of one engagement: packs an outsider can check without us, one for staff and one for the client."""

    number = models.CharField(_("number"), max_length=40, unique=True)
    blob = vault_file(_("archive pack"))
    sha256 = models.CharField(_("hash of the pack"), max_length=64, blank=True, editable=False)
    client_blob = vault_file(_("client's archive pack"))
    client_sha256 = models.CharField(
        _("hash of the client's pack"), max_length=64, blank=True, editable=False
    )
    seal = models.PositiveIntegerField(_("number of the seal"), null=True, editable=False)

    class Meta:
        verbose_name = _("archive")
        verbose_name_plural = _("archives")
        constraints = [models.UniqueConstraint(fields=["engagement"], name="one_archive_an_engagement")]

    def __str__(self) -> str:
        return self.number
