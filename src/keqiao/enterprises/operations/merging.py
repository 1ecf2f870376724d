"""Two records of the same enterprise become one; nothing that hangs on either is lost."""

from typing import Annotated, Any

from django.db.models import ForeignKey, Model
from django.utils.translation import gettext_lazy as _

from keqiao.accounts.models import User
from keqiao.accounts.permissions import is_manager
from keqiao.enterprises.models import Enterprise, ImportedRow, YearlyFigure
from keqiao.kernel import search
from keqiao.kernel.actors import Actor
from keqiao.kernel.errors import Invalid
from keqiao.kernel.operation import operation
from keqiao.kernel.params import Ask

KEPT = {ImportedRow}  # what an import did stays with the record it did it to


def others(rows: Any, enterprise: Enterprise) -> Any:
    return rows.exclude(pk=enterprise.pk)


@operation(
    clause="6.5",
    on=Enterprise,
    may=is_manager,
    label=_("Merge into another"),
    danger=_("Everything of this record moves to the other one; this record stays as a reference and disappears from lists."),
    confirm=True,
)
def merge_enterprises(
    *,
    enterprise: Enterprise,
    actor: Actor,
    into: Annotated[Enterprise, Ask(label=_("The record that stays"), narrow=others)],
    reason: Annotated[str, Ask(label=_("How you know they are the same"))],
) -> Enterprise:
    """Move contacts, figures, files and engagements to `into`. Raises Invalid where both hold the same yearly figure
    with different amounts: a person must decide which is right first."""
    del actor, reason
    if into.pk == enterprise.pk or into.merged_into_id:
        raise Invalid(_("Choose another record that still stands."), field="into")
    _settle_figures(enterprise, into)
    for relation in Enterprise._meta.related_objects:
        field = relation.field
        model: type[Model] = relation.related_model
        if isinstance(field, ForeignKey) and model not in KEPT and model is not Enterprise:
            model._default_manager.filter(**{field.name: enterprise}).update(**{field.name: into})  # noqa: SLF001
    User.objects.filter(enterprise_id=enterprise.pk).update(enterprise_id=into.pk)
    into.tags.add(*enterprise.tags.all())
    enterprise.tags.clear()
    enterprise.merged_into = into
    enterprise.save()
    search.forget(enterprise)
    return into


def _settle_figures(enterprise: Enterprise, into: Enterprise) -> None:
    there = {(one.year, one.kind): one for one in YearlyFigure.objects.filter(enterprise=into)}
    for one in YearlyFigure.objects.filter(enterprise=enterprise):
        twin = there.get((one.year, one.kind))
        if twin is None:
            continue
        if twin.amount != one.amount:
            raise Invalid(
                _("%(figure)s differs: %(ours)s here, %(theirs)s there.") % {"figure": one, "ours": one.amount, "theirs": twin.amount},
                field="into",
                remedy=_("Correct the wrong one first."),
            )
        one.delete()
