"""The one way a security event is written."""

from django.http import HttpRequest

from keqiao.accounts import client
from keqiao.accounts.models import Event, SecurityEvent, User


def record_event(
    *,
    event: Event,
    user: User | None = None,
    actor: User | None = None,
    request: HttpRequest | None = None,
    detail: str = "",
) -> SecurityEvent:
    """`user` is whom it concerns, `actor` who did it, when that is someone else."""
    return SecurityEvent.objects.create(
        event=event,
        user=user,
        actor=actor,
        address=client.address(request) if request else None,
        browser=client.browser(request) if request else "",
        detail=detail[:200],
    )
