"""Giving and taking roles. The three administrations exclude each other and every business role."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from keqiao.accounts.models import ADMINISTRATIONS, Event, Kind, Role, RoleGrant, User
from keqiao.accounts.operations.credentials import expire_credentials
from keqiao.accounts.operations.events import record_event
from keqiao.accounts.operations.guards import keep_one_administrator, locked
from keqiao.accounts.permissions import may_change_role, require
from keqiao.kernel.platform.errors import Refusal


@transaction.atomic
def grant_role(*, user: User, actor: User, role: Role) -> RoleGrant:
    user = locked(user)
    require(may_change_role(role), actor, user)
    return _give(user, role, actor)


@transaction.atomic
def revoke_role(*, user: User, actor: User, role: Role) -> User:
    user = locked(user)
    require(may_change_role(role), actor, user)
    if role not in user.roles:
        raise Refusal(_("This person does not have this role."))
    keep_one_administrator(roles=ADMINISTRATIONS & {role}, without=user)
    user.grants.filter(role=role).delete()
    expire_credentials(user=user)
    record_event(event=Event.ROLE_REVOKED, user=user, actor=actor, detail=role)
    return user


@transaction.atomic
def appoint_first_administrator(*, user: User, role: Role) -> RoleGrant:
    """Begin an administration that nobody holds yet: set-up of a site, from its command line only."""
    if role not in ADMINISTRATIONS or RoleGrant.objects.filter(role=role).exists():
        raise Refusal(
            _("This role is held already, or is not an administration."),
            remedy=_("An administrator grants it on the page of the account."),
        )
    return _give(locked(user), role, None)


def _give(user: User, role: Role, actor: User | None) -> RoleGrant:
    _refuse_mixture(user, role)
    grant = RoleGrant.objects.create(user=user, role=role)
    expire_credentials(user=user)
    record_event(event=Event.ROLE_GRANTED, user=user, actor=actor, detail=role)
    return grant


def _refuse_mixture(user: User, role: Role) -> None:
    if user.kind != Kind.STAFF:
        raise Refusal(_("Only service staff hold roles; clients and experts have theirs by what they are."))
    if role in user.roles:
        raise Refusal(_("This person already has this role."))
    if user.roles and (role in ADMINISTRATIONS or ADMINISTRATIONS & user.roles):
        raise Refusal(
            _("Who holds one of the three administrations holds no other role."),
            clause="4.4.1 b",
            remedy=_("Revoke the other role first, or give this role to someone else."),
        )
