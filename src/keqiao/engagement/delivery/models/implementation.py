"""6.3.4: guidance, working data, progress, partner bodies."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from keqiao.engagement.case.models import EngagementPart, engagement_key, vault_file
from keqiao.kernel.models import Blob
from keqiao.kernel.platform import clock


class Channel(models.TextChoices):
    PHONE = "phone", _("Telephone")
    MEETING = "meeting", _("Meeting")
    ON_SITE = "on_site", _("On site")
    EMAIL = "email", _("E-mail")
    MESSAGE = "message", _("Message")
    OTHER = "other", _("Other")


class Guidance(EngagementPart):
    """6.3.4 a: guidance given, at any time, by any channel."""

    given_on = models.DateField(_("given on"))
    channel = models.CharField(_("channel"), max_length=12, choices=Channel)
    question = models.TextField(_("question"))
    advice = models.TextField(_("advice"))
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("given by")
    )

    class Meta:
        verbose_name = _("guidance")
        verbose_name_plural = _("guidance log")

    def __str__(self) -> str:
        return self.question[:60]


class WorkingData(EngagementPart):
    """6.3.4 b: data and papers that came up, sorted and analysed."""

    engagement = engagement_key("working_data")
    name = models.CharField(_("data"), max_length=160)
    analysis = models.TextField(_("sorting and analysis"))
    blob = models.ForeignKey(Blob, models.PROTECT, null=True, related_name="+", verbose_name=_("file"))

    class Meta:
        verbose_name = _("working data")
        verbose_name_plural = _("working data")

    def __str__(self) -> str:
        return self.name


class ProgressReport(EngagementPart):
    """6.3.4 c: progress told to the client."""

    done = models.TextField(_("done"))
    next_steps = models.TextField(_("next steps"))
    problems = models.TextField(_("problems"), blank=True)
    sent_at = models.DateTimeField(_("sent at"), default=clock.now, editable=False)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("sent by")
    )
    pdf = vault_file(_("PDF"))

    class Meta:
        verbose_name = _("progress report")
        verbose_name_plural = _("progress reports")

    def __str__(self) -> str:
        return self.done[:60]


class Partner(EngagementPart):
    """6.3.4 e: another professional body that was brought in."""

    name = models.CharField(_("partner body"), max_length=160)
    service = models.CharField(_("what it does"), max_length=300)
    contact = models.CharField(_("contact"), max_length=120, blank=True)
    undertaking = models.BooleanField(_("confidentiality agreed"), default=False)

    class Meta:
        verbose_name = _("partner body")
        verbose_name_plural = _("partner bodies")

    def __str__(self) -> str:
        return self.name
