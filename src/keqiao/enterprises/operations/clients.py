"""Accounts of an enterprise's own people. Here, because accounts know of enterprises only a number."""

from typing import Annotated

from django.utils.translation import gettext_lazy as _

from keqiao.accounts.models import Kind, User
from keqiao.accounts.operations import invitations
from keqiao.accounts.operations.administration import Email, Name, Phone, Username
from keqiao.accounts.permissions import may_invite
from keqiao.enterprises.models import Enterprise
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.steps.operation import operation
from keqiao.kernel.steps.params import Prompt


@operation(clause="4.1.5", on=User, permission=may_invite, label=_("Invite client user"), confirm=True)
def invite_client_user(
    *,
    actor: Actor,
    enterprise: Annotated[Enterprise, Prompt(label=_("Enterprise"))],
    username: Username,
    name: Name,
    email: Email,
    phone: Phone = "",
) -> User:
    """Someone of the client, who sees this one enterprise and its engagements."""
    assert isinstance(actor, User)
    invitation = invitations.invite_user(
        actor=actor,
        username=username,
        name=name,
        email=email,
        kind=Kind.CLIENT,
        phone=phone,
        enterprise_id=enterprise.pk,
    )
    return invitation.user
