"""What administrators do to accounts, as steps: with form, button, API and an entry in the record (4.1.5, 4.4.1 b).

Each wraps the plain function of its name, which checks again under lock and writes the security event. No secret enters
the record: the link of an invitation and the version of credentials are no values of a step.
"""

from typing import Annotated

from django.utils.translation import gettext_lazy as _

from keqiao.accounts.models import Clearance, Kind, Role, User
from keqiao.accounts.operations import invitations, roles, users
from keqiao.accounts.permissions import (
    is_security_admin,
    is_someone_else,
    is_system_admin,
    may_invite,
    may_keep_account,
    may_set_clearance,
)
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Missing
from keqiao.kernel.steps.operation import operation
from keqiao.kernel.steps.params import Prompt

ACCOUNTS, RIGHTS = "4.1.5", "4.4.1"
may_change_roles = (is_system_admin | is_security_admin) & is_someone_else
Name = Annotated[str, Prompt(label=_("Full name"), max_length=80)]
Username = Annotated[
    str, Prompt(label=_("User name"), max_length=80, help=_("For signing in; without @ and blanks."))
]
Email = Annotated[
    str, Prompt(label=_("E-mail"), max_length=254, help=_("The link to set a password goes there."))
]
Phone = Annotated[str, Prompt(label=_("Telephone"), max_length=40)]


def _actor(actor: Actor) -> User:
    """Accounts are kept by people, never by the system or a visitor."""
    assert isinstance(actor, User)
    return actor


@operation(clause=ACCOUNTS, on=User, permission=may_invite, label=_("Invite"), confirm=True)
def invite_user(
    *,
    actor: Actor,
    username: Username,
    name: Name,
    email: Email,
    kind: Annotated[
        Kind, Prompt(label=_("Kind"), help=_("Client users are invited with “Invite client user”."))
    ],
    phone: Phone = "",
) -> User:
    """Staff or expert. The link goes to the e-mail address and nowhere else."""
    invitation = invitations.invite_user(
        actor=_actor(actor), username=username, name=name, email=email, kind=Kind(kind), phone=phone
    )
    return invitation.user


def not_yet_in(user: User) -> list[Missing]:
    if not user.has_usable_password():
        return []
    return [
        Missing(
            _("This person has a password already."), ACCOUNTS, _("They can reset it on the sign-in page.")
        )
    ]


@operation(
    clause=ACCOUNTS, on=User, permission=may_invite, label=_("Send a new invitation"), guard=not_yet_in
)
def renew_invitation(*, user: User, actor: Actor) -> User:
    return invitations.renew_invitation(user=user, actor=_actor(actor)).user


def is_in_use(user: User) -> list[Missing]:
    return [] if user.is_active else [Missing(_("This account is disabled already."), ACCOUNTS)]


@operation(
    clause=ACCOUNTS,
    on=User,
    permission=may_keep_account,
    label=_("Disable"),
    guard=is_in_use,
    danger=_("All sessions and tokens of this person end at once."),
    confirm=True,
)
def disable_user(*, user: User, actor: Actor, reason: Annotated[str, Prompt(label=_("Reason"))]) -> User:
    return users.disable_user(user=user, actor=_actor(actor), reason=reason)


def is_disabled(user: User) -> list[Missing]:
    return [Missing(_("This account is active already."), ACCOUNTS)] if user.is_active else []


@operation(
    clause=ACCOUNTS, on=User, permission=may_keep_account, label=_("Enable"), guard=is_disabled, confirm=True
)
def enable_user(*, user: User, actor: Actor) -> User:
    return users.enable_user(user=user, actor=_actor(actor))


@operation(clause=RIGHTS, on=User, permission=may_change_roles, label=_("Grant role"), confirm=True)
def grant_role(*, user: User, actor: Actor, role: Annotated[Role, Prompt(label=_("Role"))]) -> User:
    return roles.grant_role(user=user, actor=_actor(actor), role=Role(role)).user


@operation(
    clause=RIGHTS,
    on=User,
    permission=may_change_roles,
    label=_("Revoke role"),
    danger=_("All sessions and tokens of this person end at once."),
    confirm=True,
)
def revoke_role(*, user: User, actor: Actor, role: Annotated[Role, Prompt(label=_("Role"))]) -> User:
    return roles.revoke_role(user=user, actor=_actor(actor), role=Role(role))


@operation(clause=RIGHTS, on=User, permission=may_set_clearance, label=_("Set clearance"), confirm=True)
def set_clearance(
    *,
    user: User,
    actor: Actor,
    clearance: Annotated[Clearance, Prompt(label=_("Clearance"), initial=lambda user: user.clearance)],
) -> User:
    return users.set_clearance(user=user, actor=_actor(actor), clearance=Clearance(clearance))


@operation(
    clause=ACCOUNTS,
    on=User,
    permission=may_keep_account,
    label=_("Remove second factor"),
    danger=_("For someone who lost phone and recovery codes. They enrol again at the next sign-in."),
    confirm=True,
)
def reset_second_factor(*, user: User, actor: Actor) -> User:
    return users.reset_second_factor(user=user, actor=_actor(actor))
