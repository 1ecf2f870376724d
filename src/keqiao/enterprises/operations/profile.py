"""Who is responsible for an enterprise, and its tags: the steps that are also taken for many rows at once."""

from typing import Annotated, Any

from django.utils.translation import gettext_lazy as _

from keqiao.accounts.models import Kind, Role, User
from keqiao.enterprises.models import Enterprise, Tag
from keqiao.enterprises.permissions import is_responsible
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Invalid
from keqiao.kernel.steps.operation import operation
from keqiao.kernel.steps.params import Prompt

CARES = (Role.CONSULTANT, Role.MANAGER)


def consultants(rows: Any, _subject: Any) -> Any:
    return rows.filter(kind=Kind.STAFF, is_active=True, grants__role__in=CARES).distinct()


@operation(
    clause="4.2.1", on=Enterprise, permission=is_responsible, label=_("Transfer to another consultant")
)
def assign_enterprise_owner(
    *,
    enterprise: Enterprise,
    actor: Actor,
    owner: Annotated[User, Prompt(label=_("New responsible consultant"), narrow=consultants)],
    reason: Annotated[str, Prompt(label=_("Reason"))] = "",
) -> Enterprise:
    """From now on `owner` is responsible. Raises Invalid for someone who could not even see this enterprise."""
    del actor, reason
    if owner.clearance < enterprise.level or not set(CARES) & owner.roles:
        raise Invalid(
            _("“%(name)s” may not see this enterprise: role or clearance is lacking.") % {"name": owner.name},
            field="owner",
        )
    enterprise.owner = owner
    enterprise.save()
    return enterprise


@operation(clause="6.5", on=Enterprise, permission=is_responsible, label=_("Add tag"))
def tag_enterprise(
    *, enterprise: Enterprise, actor: Actor, tag: Annotated[Tag, Prompt(label=_("Tag"))]
) -> Enterprise:
    del actor
    enterprise.tags.add(tag)
    return enterprise


@operation(clause="6.5", on=Enterprise, permission=is_responsible, label=_("Remove tag"))
def untag_enterprise(
    *, enterprise: Enterprise, actor: Actor, tag: Annotated[Tag, Prompt(label=_("Tag"))]
) -> Enterprise:
    del actor
    enterprise.tags.remove(tag)
    return enterprise
