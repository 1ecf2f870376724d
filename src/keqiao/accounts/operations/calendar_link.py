"""The secret address at which one's calendar program reads what is due."""

import secrets
from hashlib import sha256

from django.db import transaction
from django.db.models import F

from keqiao.accounts.models import Event, User
from keqiao.accounts.operations.events import record_event


@transaction.atomic
def renew_calendar_link(*, actor: User) -> str:
    """A new secret; the address made before stops working. Only its hash is kept."""
    secret = secrets.token_urlsafe(32)
    fields = {"calendar_sha256": _hash(secret), "calendar_version": F("credentials_version")}
    User.objects.filter(pk=actor.pk).update(**fields)
    record_event(event=Event.CALENDAR_LINK_MADE, user=actor)
    return secret


@transaction.atomic
def remove_calendar_link(*, actor: User) -> None:
    """The address stops working, and none takes its place."""
    there = User.objects.filter(pk=actor.pk).exclude(calendar_sha256="")
    if there.update(calendar_sha256="", calendar_version=None):
        record_event(event=Event.CALENDAR_LINK_REMOVED, user=actor)


def holder_of(*, secret: str) -> User | None:
    """Whose address this is; one made before the password, a role or the clearance changed opens nothing."""
    made_since = {"calendar_version": F("credentials_version")}
    return User.objects.filter(calendar_sha256=_hash(secret), is_active=True, **made_since).first()


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
