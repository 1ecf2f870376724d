"""The secret address at which one's calendar program reads what is due."""

import secrets
from hashlib import sha256

from django.db import transaction

from keqiao.accounts.models import Event, User
from keqiao.accounts.operations.events import record_event


@transaction.atomic
def renew_calendar_link(*, actor: User) -> str:
    """A new secret; the address made before stops working. Only its hash is kept."""
    secret = secrets.token_urlsafe(32)
    User.objects.filter(pk=actor.pk).update(calendar_sha256=_hash(secret))
    record_event(event=Event.CALENDAR_LINK_MADE, user=actor)
    return secret


def holder_of(*, secret: str) -> User | None:
    return User.objects.filter(calendar_sha256=_hash(secret), is_active=True).first()


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
