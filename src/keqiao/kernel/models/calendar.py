"""Days on which the State Council's yearly notice departs from Monday to Friday; editable."""

import secrets
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    BigIntegerField = models.BigIntegerField[int, int]
else:
    BigIntegerField = models.BigIntegerField


def _revision() -> int:
    return secrets.randbits(40)


class RevisionField(BigIntegerField):
    """A new random number at every write: their sum tells any process that the table has changed."""

    def pre_save(self, model_instance: models.Model, add: bool) -> int:  # noqa: ARG002 - Django's signature
        revision = _revision()
        setattr(model_instance, self.attname, revision)
        return revision


class RevisedQuerySet(models.QuerySet[models.Model]):
    def update(self, **values: Any) -> int:
        return super().update(revision=_revision(), **values)


class Holiday(models.Model):
    """A day off, or a weekend day that is worked to make up for one."""

    day = models.DateField(_("day"), unique=True)
    is_working = models.BooleanField(_("working day"))
    name = models.CharField(_("occasion"), max_length=60)
    source = models.CharField(_("source"), max_length=200, help_text=_("The notice this day was taken from."))
    revision = RevisionField(default=0, editable=False)

    objects = RevisedQuerySet.as_manager()

    class Meta:
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class HolidayYear(models.Model):
    """A year whose table is complete. Any other year is reckoned Monday to Friday, and answers say so."""

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    source = models.CharField(_("source"), max_length=200)
    revision = RevisionField(default=0, editable=False)

    objects = RevisedQuerySet.as_manager()

    class Meta:
        verbose_name = _("year with a complete holiday table")
        verbose_name_plural = _("years with a complete holiday table")
        ordering = ["year"]

    def __str__(self) -> str:
        return str(self.year)
