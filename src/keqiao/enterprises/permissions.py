"""Who may change an enterprise and what hangs on it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from keqiao.accounts.permissions import is_manager, is_service_staff
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.policy import rule


@rule(_("Only the responsible consultant or a manager may do this."))
def is_responsible(actor: Actor, subject: Any) -> bool:
    if subject is None:
        return is_service_staff(actor)
    enterprise = getattr(subject, "enterprise", subject)
    if actor.clearance < enterprise.level:
        return False
    return is_manager(actor) or (is_service_staff(actor) and enterprise.owner_id == actor.pk)


@rule(
    _(
        "A second person confirms it: a manager whose clearance reaches the present classification, and not who proposed it."
    ),
    second_person=True,
)
def confirms_lowering(actor: Actor, subject: Any) -> bool:
    reaches = actor.clearance >= max(subject.level, subject.enterprise.level)
    return is_manager(actor) and reaches and subject.proposed_by_id != actor.pk


@rule(
    _(
        "Only who proposed it, or a manager whose clearance reaches the classification, takes the proposal back."
    )
)
def declines_lowering(actor: Actor, subject: Any) -> bool:
    reaches = actor.clearance >= max(subject.level, subject.enterprise.level)
    return reaches and (is_manager(actor) or subject.proposed_by_id == actor.pk)
