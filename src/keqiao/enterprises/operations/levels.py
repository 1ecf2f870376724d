"""The classification of an enterprise and of what hangs on it: raised by one person at once, lowered by two (4.1.5)."""

from typing import Annotated, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from keqiao.enterprises.levels import follow_down, follow_up
from keqiao.enterprises.models import Enterprise, Lowering
from keqiao.enterprises.models.lowering import Classified
from keqiao.enterprises.permissions import confirms_lowering, declines_lowering, is_responsible
from keqiao.enterprises.queries import classified_rows
from keqiao.enterprises.states import LoweringState
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Conflict, Invalid, Text
from keqiao.kernel.platform.levels import Level
from keqiao.kernel.steps.operation import operation
from keqiao.kernel.steps.params import Prompt


@operation(
    clause="4.1.5",
    on=Enterprise,
    permission=is_responsible,
    label=_("Raise the classification"),
    danger=_(
        "The enterprise, its engagements and all that belongs to them close at once to everyone whose clearance doesn't reach it."
    ),
)
def raise_level(
    *,
    enterprise: Enterprise,
    actor: Actor,
    level: Annotated[Level, Prompt(label=_("New classification"))],
    reason: Annotated[str, Prompt(label=_("Reason"), text_lines=2)],
) -> Enterprise:
    """Raises Invalid for a level that isn't higher, or that the actor isn't cleared for."""
    del reason
    if level <= enterprise.level:
        raise Invalid(
            _("Choose a higher classification than “%(now)s”.") % {"now": enterprise.get_level_display()},
            field="level",
            remedy=_("Lowering takes two people: propose it, and a manager confirms it."),
        )
    if level > actor.clearance:
        raise Invalid(
            _("Your clearance doesn't reach this classification."),
            field="level",
            remedy=_("Ask a manager whose clearance does."),
        )
    enterprise.level = level
    enterprise.save()
    follow_up(enterprise)
    return enterprise


def lowered(enterprise: Enterprise, actor: Actor) -> list[tuple[str, Text]]:
    """What could be lowered: the enterprise, and each row of it with a classification of its own."""
    return [(key_of(row), told(row)) for row in classified_rows(enterprise, actor)]


def key_of(row: Classified) -> str:
    return f"{row._meta.label_lower}:{row.pk}"


def told(row: Classified) -> str:
    return f"{row._meta.verbose_name} · {row} · {Level(row.level).label}"


@operation(
    clause="4.1.5",
    on=Enterprise,
    permission=is_responsible,
    label=_("Propose to lower a classification"),
    about_result=True,
)
def propose_lower_level(
    *,
    enterprise: Enterprise,
    actor: Actor,
    record: Annotated[str, Prompt(label=_("Of what"), options=lowered)],
    level: Annotated[Level, Prompt(label=_("New classification"))],
    reason: Annotated[str, Prompt(label=_("Reason"), text_lines=2)],
) -> Lowering:
    """It stays as it is until a second person confirms. Raises Invalid for a level that isn't lower."""
    row = {key_of(row): row for row in classified_rows(enterprise, actor)}.get(record)
    if row is None:
        raise Invalid(_("Choose what is to be lowered."), field="record")
    if level >= row.level:
        raise Invalid(
            _("Choose a lower classification than “%(now)s”.") % {"now": row.get_level_display()},
            field="level",
        )
    return Lowering.objects.create(
        enterprise=enterprise,
        level=row.level,
        record_kind=row._meta.label_lower,
        record_id=row.pk,
        lower_to=level,
        reason=reason,
        proposed_by_id=actor.pk,
    )


@operation(
    clause="4.1.5",
    on=Lowering,
    when=LoweringState.PROPOSED,
    then=LoweringState.CONFIRMED,
    permission=confirms_lowering,
    label=_("Lower the classification"),
    danger=_("It opens to everyone whose clearance reaches the lower classification and who needs to know."),
    confirm=True,
    primary=True,
)
def confirm_lower_level(*, lowering: Lowering, actor: Actor) -> Lowering:
    """Raises Conflict where the classification is no longer what was proposed to be lowered."""
    row: Any = lowering.about
    if row is None or row.level != lowering.level:
        raise Conflict(
            _("The classification was changed after this was proposed."),
            remedy=_("Decline it; then propose again what is right now."),
        )
    row.level = lowering.lower_to
    row.save()
    if isinstance(row, Enterprise):
        follow_down(row, before=lowering.level)
    return decided(lowering, actor)


@operation(
    clause="4.1.5",
    on=Lowering,
    when=LoweringState.PROPOSED,
    then=LoweringState.DECLINED,
    permission=declines_lowering,
    label=pgettext_lazy("lowering", "Decline"),
)
def decline_lower_level(
    *, lowering: Lowering, actor: Actor, why: Annotated[str, Prompt(label=_("Reason"), text_lines=2)]
) -> Lowering:
    del why
    return decided(lowering, actor)


def decided(lowering: Lowering, actor: Actor) -> Lowering:
    lowering.decided_by_id, lowering.decided_at = actor.pk, clock.now()
    lowering.save()
    return lowering
