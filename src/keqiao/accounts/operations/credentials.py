"""Ending what was given out: sessions and tokens carry the version of credentials they were made with."""

from django.db import transaction
from django.db.models import F

from keqiao.accounts.models import User


def expire_credentials(*, user: User) -> None:
    """End every session and token of `user` at the next request."""
    User.objects.filter(pk=user.pk).update(credentials_version=F("credentials_version") + 1)
    user.refresh_from_db(fields=["credentials_version"])
    # What was read about the person before this no longer holds.
    user.__dict__.pop("roles", None)


@transaction.atomic
def set_password(*, user: User, password: str) -> None:
    """Set a password that was validated. The caller writes the event: it knows which way this came."""
    user.set_password(password)
    user.save(update_fields=["password"])
    expire_credentials(user=user)
