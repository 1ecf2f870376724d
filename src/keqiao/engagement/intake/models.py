"""6.1: material, site visit, feasibility, notice."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from keqiao.catalogue.models import MaterialNature
from keqiao.engagement.case.models import EngagementPart, engagement_key, vault_file
from keqiao.engagement.intake.states import MATERIAL, MaterialState
from keqiao.kernel.models import Blob
from keqiao.kernel.models.base import by_step


class Material(EngagementPart):
    """A piece of material 资料 asked of the client, from the checklist or beyond it (6.1.1, 6.1.2)."""

    states = MATERIAL

    name = models.CharField(_("material"), max_length=120)
    proves = models.CharField(_("what it proves"), max_length=200, blank=True)
    nature = models.CharField(
        _("nature"), max_length=10, choices=MaterialNature, default=MaterialNature.OTHER
    )
    required = models.BooleanField(_("required"), default=True)
    state = models.CharField(
        _("state"), max_length=12, choices=MaterialState, default=MaterialState.REQUESTED
    )
    blob = vault_file(_("file"))
    provided_by = by_step(_("provided by"))
    provided_at = models.DateTimeField(_("provided at"), null=True, editable=False)
    reason = models.CharField(_("reason"), max_length=400, blank=True)
    reviewed_by = by_step(_("reviewed by"))
    reviewed_at = models.DateTimeField(_("reviewed at"), null=True, editable=False)

    class Meta:
        verbose_name = _("material")
        verbose_name_plural = _("material")

    def __str__(self) -> str:
        return self.name

    @property
    def same_content(self) -> str:
        """The other pieces of the engagement whose file has this content: as a rule the wrong file was chosen for one."""
        if self.blob is None:
            return ""
        twins = self.engagement.materials.filter(blob__sha256=self.blob.sha256).exclude(pk=self.pk)
        return "、".join(twins.order_by("pk").values_list("name", flat=True))


class SiteVisit(EngagementPart):
    visited_on = models.DateField(_("visited on"))
    place = models.CharField(_("place"), max_length=160)
    people = models.CharField(_("people present"), max_length=300)
    findings = models.TextField(_("what was found"))
    blob = models.ForeignKey(Blob, models.PROTECT, null=True, related_name="+", verbose_name=_("file"))

    class Meta:
        verbose_name = _("site visit")
        verbose_name_plural = _("site visits")

    def __str__(self) -> str:
        return f"{self.visited_on} {self.place}"


class Feasibility(EngagementPart):
    """Whether the service can be given, and on what grounds (6.1.3)."""

    engagement = engagement_key("feasibilities")
    feasible = models.BooleanField(_("can be given"))
    grounds = models.TextField(_("grounds"))
    risks = models.TextField(_("risks"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("decided by")
    )

    class Meta:
        verbose_name = _("feasibility decision")
        verbose_name_plural = _("feasibility decisions")

    def __str__(self) -> str:
        return str(_("Feasible") if self.feasible else _("Not feasible"))


class NoticeKind(models.TextChoices):
    ACCEPTANCE = "acceptance", _("Acceptance notice")
    DECLINE = "decline", _("Decline notice")


class Notice(EngagementPart):
    """What the client was told: content, time limits, rights and duties, or the reasons for declining (6.1.3)."""

    kind = models.CharField(_("kind"), max_length=10, choices=NoticeKind)
    number = models.CharField(_("number"), max_length=40, unique=True)
    content = models.TextField(_("service content"), blank=True)
    time_limit = models.DateField(_("time limit"), null=True, blank=True)
    client_rights = models.TextField(_("rights of the client"), blank=True)
    client_duties = models.TextField(_("duties of the client"), blank=True)
    our_rights = models.TextField(_("rights of the institution"), blank=True)
    our_duties = models.TextField(_("duties of the institution"), blank=True)
    reasons = models.TextField(_("reasons"), blank=True)
    advice = models.TextField(_("advice"), blank=True)
    blob = vault_file(_("PDF"))

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"
