"""Lowering a classification takes two people."""

from typing import cast

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _

from keqiao.enterprises.models.enterprise import Enterprise
from keqiao.enterprises.models.parts import EnterprisePart
from keqiao.enterprises.models.record import EnterpriseRecord
from keqiao.enterprises.states import LOWERING, LoweringState
from keqiao.kernel.models.base import by_step
from keqiao.kernel.platform.levels import Level

Classified = Enterprise | EnterprisePart | EnterpriseRecord


class Lowering(EnterprisePart):
    """A proposal to lower the classification of an enterprise, or of a row of it that has one of its own. `level` is that
    which it would be lowered from."""

    states = LOWERING

    record_kind = models.CharField(_("kind of record"), max_length=80, editable=False)
    record_id = models.BigIntegerField(_("number of the record"), editable=False)
    lower_to = models.PositiveSmallIntegerField(_("lower to"), choices=Level)
    reason = models.TextField(_("reason"))
    state = models.CharField(
        _("state"), max_length=10, choices=LoweringState, default=LoweringState.PROPOSED, db_index=True
    )
    proposed_by = by_step(_("proposed by"))
    decided_by = by_step(_("decided by"))
    decided_at = models.DateTimeField(_("decided at"), null=True, editable=False)

    class Meta:
        verbose_name = _("proposal to lower a classification")
        verbose_name_plural = _("proposals to lower a classification")

    def __str__(self) -> str:
        return f"{self.get_level_display()} → {self.get_lower_to_display()}"

    @property
    def about(self) -> Classified | None:
        """What would be lowered, as it is now; None where it is gone."""
        kind = cast("type[Classified]", apps.get_model(self.record_kind))
        return kind._default_manager.filter(pk=self.record_id).first()  # noqa: SLF001
