"""The base of every row that operations write."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from keqiao.kernel.platform import clock

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


def by_step(label: "StrPromise") -> "models.ForeignKey[Any, Any]":
    """The person who took a step: the step names them, and no form."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=label,
    )


class Record(models.Model):
    """`version` grows with every operation, so that a second writer learns that someone else was first.

    What a row says is held by the record (`kernel/record/rows.py`): `held = False` leaves a model out of that, and
    `by_lists = True` says that lists write rows of it by the thousand, which are held once a step writes them.
    """

    held: ClassVar[bool] = True
    by_lists: ClassVar[bool] = False

    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    created_at = models.DateTimeField(_("created at"), default=clock.now, editable=False)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    class Meta:
        abstract = True
