"""Reads of accounts."""

from typing import Any

from django.db.models import Q, QuerySet

from keqiao.accounts.models import (
    ApiToken,
    ReminderChoice,
    ReminderDigest,
    Role,
    RoleGrant,
    SecurityEvent,
    User,
)
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.search import Found, searchable

EVENT_READERS = frozenset({Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})


def user_by_login(*, login: str) -> User | None:
    """The account a typed user name or e-mail address belongs to; names hold no @, addresses always do."""
    if not login:
        return None
    match = Q(email__iexact=login) if "@" in login else Q(username__iexact=login)
    return User.objects.filter(match).first()


def security_events(*, actor: Actor) -> QuerySet[SecurityEvent]:
    """All of them for security and audit administrators; nobody else reads the log of the door."""
    rows = SecurityEvent.objects.select_related("user", "actor")
    return rows if EVENT_READERS & actor.roles else rows.none()


def found_user(user: User) -> Found:
    """People are found by their name only: user names and addresses are for who keeps accounts."""
    return Found(title=user.name, names=(user.name,))


searchable(User, found_user)


def tokens_of(*, user: User) -> QuerySet[ApiToken]:
    return user.tokens.all()


def active_holders(*, role: str) -> QuerySet[RoleGrant]:
    return RoleGrant.objects.filter(role=role, user__is_active=True)


def has_second_factor(*, user: User) -> bool:
    from allauth.mfa.models import Authenticator

    return bool(Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists())


def data_about(*, user: User) -> dict[str, Any]:
    """Everything the accounts hold about a person, for the person (access and copy, PIPL articles 44 and 45).
    Secrets of the door (hashes, keys) are not data about a person and stay where they are.
    """
    return {
        "account": {
            "username": user.username,
            "name": user.name,
            "email": user.email,
            "phone": user.phone,
            "kind": user.kind,
            "enterprise_id": user.enterprise_id,
            "clearance": user.clearance,
            "is_active": user.is_active,
            "created_at": user.created_at,
            "last_login": user.last_login,
        },
        "roles": sorted(user.roles),
        "second_factor": has_second_factor(user=user),
        "api_tokens": list(
            user.tokens.values(
                "name", "prefix", "scope", "created_at", "expires_at", "last_used_at", "revoked_at"
            )
        ),
        "reminders": _reminders(user),
        "sessions": _sessions(user),
        "security_events": list(user.security_events.values("at", "event", "address", "browser", "detail")),
    }


def _reminders(user: User) -> dict[str, Any]:
    chosen = ReminderChoice.objects.filter(user=user).values("active", "before", "late", "hour").first()
    digests = ReminderDigest.objects.filter(user=user).order_by("day")
    return {"chosen": chosen, "digests": list(digests.values("day", "lines", "made_at"))}


def _sessions(user: User) -> list[dict[str, Any]]:
    from allauth.usersessions.models import UserSession

    return list(
        UserSession.objects.filter(user=user).values("created_at", "last_seen_at", "ip", "user_agent")
    )
