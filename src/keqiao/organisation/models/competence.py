from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from keqiao.kernel.models.base import Record
from keqiao.kernel.platform.validity import Term


class Competence(Record):
    """Something a service item wants of the people who deliver it (4.2.3)."""

    term = Term(ended="retired_on")

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("competence"), max_length=120)
    retired_on = models.DateField(_("retired on"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("competence")
        verbose_name_plural = _("competences")

    def __str__(self) -> str:
        return self.name


class StaffCompetence(Record):
    """That a person has a competence, from when to when, on what evidence, assessed by whom."""

    term = Term(begins="valid_from", last="valid_until")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="competences", verbose_name=_("person")
    )
    competence = models.ForeignKey(
        Competence, models.PROTECT, related_name="holders", verbose_name=_("competence")
    )
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    evidence = models.CharField(_("evidence"), max_length=300)
    assessed_by = models.CharField(_("assessed by"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("staff competence")
        verbose_name_plural = _("staff competences")
        constraints = [
            models.CheckConstraint(
                name="competence_ends_after_it_begins",
                condition=models.Q(valid_until__isnull=True)
                | models.Q(valid_until__gte=models.F("valid_from")),
                violation_error_message=_("“Valid until” lies before “valid from”."),
            ),
            models.UniqueConstraint(
                fields=["user", "competence", "valid_from"],
                name="competence_recorded_once",
                violation_error_message=_(
                    "This competence is already recorded for this person from this day."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.competence}"

    def valid_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


class Undertaking(Record):
    """A confidentiality undertaking 保密承诺书 that a person signed, once for the institution (4.1.5)."""

    term = Term(begins="signed_on", last="valid_until")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="undertakings", verbose_name=_("person")
    )
    signed_on = models.DateField(_("signed on"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    text_version = models.CharField(_("version of the text"), max_length=40)

    class Meta:
        verbose_name = _("confidentiality undertaking")
        verbose_name_plural = _("confidentiality undertakings")

    def __str__(self) -> str:
        return f"{self.user} · {self.signed_on}"

    def clean(self) -> None:
        if self.valid_until and self.valid_until < self.signed_on:
            raise ValidationError({"valid_until": _("“Valid until” lies before the day it was signed.")})
