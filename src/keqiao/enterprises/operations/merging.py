"""Two records of the same enterprise become one; nothing that hangs on either is lost."""

from typing import Annotated, Any

from django.utils.translation import gettext_lazy as _

from keqiao.accounts.models import User
from keqiao.accounts.operations.credentials import expire_credentials
from keqiao.accounts.permissions import is_manager
from keqiao.enterprises.levels import follow_up
from keqiao.enterprises.models import Enterprise, YearlyFigure
from keqiao.enterprises.permissions import is_responsible
from keqiao.enterprises.relations import pointers
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Invalid
from keqiao.kernel.record import rows
from keqiao.kernel.steps.operation import operation
from keqiao.kernel.steps.params import Prompt


def others(rows: Any, enterprise: Enterprise) -> Any:
    return rows.exclude(pk=enterprise.pk)


@operation(
    clause="6.5",
    on=Enterprise,
    permission=is_manager & is_responsible,
    label=_("Merge into another"),
    danger=_(
        "Everything of this record moves to the other one; this record stays as a reference and disappears from lists."
    ),
    confirm=True,
)
def merge_enterprises(
    *,
    enterprise: Enterprise,
    actor: Actor,
    into: Annotated[Enterprise, Prompt(label=_("The record that stays"), narrow=others)],
    reason: Annotated[str, Prompt(label=_("How you know they are the same"))],
) -> Enterprise:
    """Move contacts, figures, files and engagements to `into`. Raises Invalid where both hold the same yearly figure
    with different amounts: a person must decide which is right first."""
    del actor, reason
    into = Enterprise.objects.select_for_update().get(pk=into.pk)
    if into.pk == enterprise.pk or into.merged_into_id or enterprise.merged_into_id:
        raise Invalid(_("Choose another record that still stands."), field="into")
    _settle_figures(enterprise, into)
    _end_sessions(enterprise)
    for model, name in pointers():
        value = into.pk if name.endswith("_id") else into
        moved = model._default_manager.filter(**{name: enterprise.pk})  # noqa: SLF001
        rows.update(moved, **{name: value})
    into.tags.add(*enterprise.tags.all())
    into.level = max(into.level, enterprise.level)  # what was kept closer must not open by moving
    into.version += 1
    into.save()
    follow_up(into)
    _leave(enterprise, into)
    return into


def _leave(enterprise: Enterprise, into: Enterprise) -> None:
    """What stays is a reference; records that were merged into it before now point at the end of the chain."""
    enterprise.tags.clear()
    rows.update(enterprise.merged.all(), merged_into=into)
    enterprise.merged_into = into
    enterprise.save()


def _end_sessions(enterprise: Enterprise) -> None:
    """What a client user may see changes here, so their sessions end as with any change of rights."""
    for user in User.objects.filter(enterprise_id=enterprise.pk):
        expire_credentials(user=user)


def _settle_figures(enterprise: Enterprise, into: Enterprise) -> None:
    there = {(figure.year, figure.kind): figure for figure in YearlyFigure.objects.filter(enterprise=into)}
    for figure in YearlyFigure.objects.filter(enterprise=enterprise):
        twin = there.get((figure.year, figure.kind))
        if twin is None:
            continue
        if twin.amount != figure.amount:
            raise Invalid(
                _("%(figure)s differs: %(ours)s here, %(theirs)s there.")
                % {"figure": figure, "ours": figure.amount, "theirs": twin.amount},
                field="into",
                remedy=_("Correct the wrong one first."),
            )
        figure.delete()
