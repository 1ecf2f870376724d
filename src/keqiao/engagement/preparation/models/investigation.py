"""6.3.2: interviews, questionnaires, analysis of material, findings."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from keqiao.engagement.case.models import EngagementPart, engagement_key
from keqiao.engagement.intake.models import Material
from keqiao.engagement.preparation.states import QUESTIONNAIRE, QuestionnaireState
from keqiao.kernel.models import Blob


class Interview(EngagementPart):
    held_on = models.DateField(_("held on"))
    people = models.CharField(_("who was asked"), max_length=300)
    questions = models.TextField(_("what was asked"))
    answers = models.TextField(_("what was answered"))
    blob = models.ForeignKey(Blob, models.PROTECT, null=True, related_name="+", verbose_name=_("file"))

    class Meta:
        verbose_name = _("interview")
        verbose_name_plural = _("interviews")

    def __str__(self) -> str:
        return f"{self.held_on} {self.people}"


class QuestionKind(models.TextChoices):
    TEXT = "text", _("Free text")
    CHOICE = "choice", _("One of several")
    SCALE = "scale", _("1 to 10")


class Questionnaire(EngagementPart):
    states = QUESTIONNAIRE

    title = models.CharField(_("questionnaire"), max_length=160)
    state = models.CharField(
        _("state"), max_length=8, choices=QuestionnaireState, default=QuestionnaireState.DRAFT
    )
    summary = models.TextField(_("summary"), blank=True)

    class Meta:
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")

    def __str__(self) -> str:
        return self.title


class Question(EngagementPart):
    questionnaire = models.ForeignKey(
        Questionnaire, models.CASCADE, related_name="questions", verbose_name=_("questionnaire")
    )
    position = models.PositiveSmallIntegerField(pgettext_lazy("order", "position"))
    text = models.CharField(_("question"), max_length=300)
    kind = models.CharField(_("kind"), max_length=8, choices=QuestionKind, default=QuestionKind.TEXT)
    choices = models.CharField(
        _("choices"), max_length=400, blank=True, help_text=_("For “one of several”: a semicolon between.")
    )

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def __str__(self) -> str:
        return self.text


class QuestionnaireLink(EngagementPart):
    """A link that answers once. Only the hash of its secret is kept."""

    questionnaire = models.ForeignKey(
        Questionnaire, models.CASCADE, related_name="links", verbose_name=_("questionnaire")
    )
    person = models.CharField(_("sent to"), max_length=120)
    token_sha256 = models.CharField(max_length=64, unique=True, editable=False)
    answered_at = models.DateTimeField(_("answered at"), null=True, editable=False)
    answers = models.JSONField(_("answers"), default=dict, editable=False)

    class Meta:
        verbose_name = _("questionnaire link")
        verbose_name_plural = _("questionnaire links")

    def __str__(self) -> str:
        return self.person


class MaterialAnalysis(EngagementPart):
    engagement = engagement_key("material_analyses")
    material = models.ForeignKey(
        Material, models.PROTECT, null=True, blank=True, related_name="analyses", verbose_name=_("material")
    )
    what = models.CharField(_("what was analysed"), max_length=200)
    result = models.TextField(_("result"))

    class Meta:
        verbose_name = _("material analysis")
        verbose_name_plural = _("material analyses")

    def __str__(self) -> str:
        return self.what


class Finding(EngagementPart):
    text = models.TextField(_("finding"))
    consequence = models.TextField(_("what follows for the plan"), blank=True)

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")

    def __str__(self) -> str:
        return self.text[:60]
