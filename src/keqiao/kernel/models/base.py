"""The base of every row that operations write."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from keqiao.kernel import clock


class Record(models.Model):
    """`version` grows with every operation, so that a second writer learns that someone else was first."""

    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    created_at = models.DateTimeField(_("created at"), default=clock.now, editable=False)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    class Meta:
        abstract = True
