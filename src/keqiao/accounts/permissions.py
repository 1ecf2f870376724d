"""Who may do what to accounts, and which accounts they see.

The three administrations are kept apart: system administrators keep accounts and business roles; security
administrators say who administers security and audit, and set clearances; audit administrators only read.
"""

from collections.abc import Callable

from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from keqiao.accounts.models import (
    ADMINISTRATIONS,
    ApiToken,
    Invitation,
    Kind,
    Role,
    RoleGrant,
    SecurityEvent,
    User,
)
from keqiao.accounts.queries import EVENT_READERS
from keqiao.kernel.platform import policy
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import NotAllowed
from keqiao.kernel.platform.policy import EVERYTHING, NOTHING, Rule, rule

KEPT_BY_SECURITY = frozenset({Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})


@rule(_("Only service staff may do this."))
def is_service_staff(actor: Actor, _subject: Model | None) -> bool:
    return actor.kind == Kind.STAFF and bool({Role.CONSULTANT, Role.MANAGER} & actor.roles)


@rule(_("Only a manager may do this."))
def is_manager(actor: Actor, _subject: Model | None) -> bool:
    return actor.kind == Kind.STAFF and Role.MANAGER in actor.roles


@rule(_("Only a client user may do this."))
def is_client(actor: Actor, _subject: Model | None) -> bool:
    return actor.kind == Kind.CLIENT


@rule(_("Only an auditor may do this."))
def is_auditor(actor: Actor, _subject: Model | None) -> bool:
    return actor.kind == Kind.STAFF and Role.AUDITOR in actor.roles


@rule(_("Only a system administrator keeps accounts."))
def is_system_admin(actor: Actor, _subject: Model | None) -> bool:
    return Role.SYSTEM_ADMIN in actor.roles


@rule(_("Only a security administrator sets clearances and keeps the security and audit administrators."))
def is_security_admin(actor: Actor, _subject: Model | None) -> bool:
    return Role.SECURITY_ADMIN in actor.roles


@rule(_("Nobody changes the rights or the state of their own account; ask another administrator."))
def is_someone_else(actor: Actor, subject: Model | None) -> bool:
    return subject is None or actor.pk != subject.pk


@rule(_("A security administrator keeps the security and audit administrators, a system one all others."))
def is_keeper(actor: Actor, subject: Model | None) -> bool:
    assert isinstance(subject, User)
    keeper = Role.SECURITY_ADMIN if KEPT_BY_SECURITY & subject.roles else Role.SYSTEM_ADMIN
    return keeper in actor.roles


@rule(_("This token is someone else's."))
def is_own_token(actor: Actor, subject: Model | None) -> bool:
    return isinstance(subject, ApiToken) and subject.user_id == actor.pk


may_invite = is_system_admin
may_keep_account = is_keeper & is_someone_else
may_set_clearance = is_security_admin & is_someone_else


def may_change_role(role: str) -> Rule:
    return (is_security_admin if role in KEPT_BY_SECURITY else is_system_admin) & is_someone_else


def require(rule: Rule, actor: Actor, subject: Model | None = None) -> None:
    if not rule(actor, subject):
        raise NotAllowed(rule.reason_for(actor, subject))


_works_with: list[Callable[[Actor], Q]] = []  # declared by modules above: fn(actor) -> Q over accounts


def extend_user_scope(works_with: Callable[[Actor], Q]) -> None:
    """Open further accounts to staff: those of the clients they work with."""
    _works_with.append(works_with)


def users_open_to(actor: Actor, _verb: str) -> Q:
    """Administrators see every account, staff whom they work with, others themselves and colleagues."""
    if ADMINISTRATIONS & actor.roles:
        return EVERYTHING
    if actor.kind == Kind.STAFF:
        condition = Q(kind__in=[Kind.STAFF, Kind.EXPERT])
        for works_with in _works_with:
            condition |= works_with(actor)
        return condition
    if actor.kind == Kind.CLIENT:
        return Q(enterprise_id__in=[actor.enterprise_id])
    return Q(pk__in=[actor.pk])


def open_to_staff(actor: Actor, _verb: str) -> Q:
    """For registers that all staff read."""
    return EVERYTHING if actor.kind == Kind.STAFF else NOTHING


def grants_open_to(actor: Actor, _verb: str) -> Q:
    return EVERYTHING if ADMINISTRATIONS & actor.roles else Q(user__in=[actor.pk])


def invitations_open_to(actor: Actor, _verb: str) -> Q:
    return EVERYTHING if Role.SYSTEM_ADMIN in actor.roles else NOTHING


def tokens_open_to(actor: Actor, _verb: str) -> Q:
    return Q(user__in=[actor.pk])


def events_open_to(actor: Actor, _verb: str) -> Q:
    return EVERYTHING if EVENT_READERS & actor.roles else NOTHING


# Colleagues see who someone is and how to reach them; the rest is for who keeps accounts, and for oneself on "my account".
KEPT_FIELDS = (
    "username",
    "clearance",
    "is_active",
    "last_login",
    "created_at",
    "password",
    "credentials_version",
)


def is_administrator(actor: Actor) -> bool:
    return bool(ADMINISTRATIONS & actor.roles)


policy.register(User, scope=users_open_to, fields=dict.fromkeys(KEPT_FIELDS, is_administrator))
policy.register(RoleGrant, scope=grants_open_to)
policy.register(Invitation, scope=invitations_open_to)
policy.register(ApiToken, scope=tokens_open_to)
policy.register(SecurityEvent, scope=events_open_to)
