"""Tokens with which programs act for a person."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from keqiao.accounts.models import ApiToken, Event, Scope, User
from keqiao.accounts.models.api_token import MOST_DAYS
from keqiao.accounts.operations.events import record_event
from keqiao.accounts.permissions import is_own_token, require
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.errors import Invalid, WrongState

MARK = "kq_"
PREFIX_LENGTH = len(MARK) + 8
# Writing at every call would make each read a write; a person needs to know the hour, not the second.
COARSE = timedelta(hours=1)


@transaction.atomic
def create_token(*, actor: User, name: str, scope: Scope, days: int, now: datetime | None = None) -> ApiToken:
    """Make a token of the actor's own. Only the object that comes back ever holds the secret."""
    if not 1 <= days <= MOST_DAYS:
        raise Invalid(_("A token lives from 1 to 365 days."), field="days")
    moment, secret = now or clock.now(), MARK + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        user=actor,
        name=name,
        prefix=secret[:PREFIX_LENGTH],
        secret_hash=_hash(secret),
        scope=scope,
        credentials_version=actor.credentials_version,
        created_at=moment,
        expires_at=moment + timedelta(days=days),
    )
    token.secret = secret
    record_event(event=Event.TOKEN_MADE, user=actor, detail=str(token))
    return token


@transaction.atomic
def revoke_token(*, token: ApiToken, actor: User, now: datetime | None = None) -> ApiToken:
    require(is_own_token, actor, token)
    moment = now or clock.now()
    if not ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=moment):
        raise WrongState(_("This token is revoked already."))
    token.revoked_at = moment
    record_event(event=Event.TOKEN_REVOKED, user=actor, detail=str(token))
    return token


def authenticate_token(*, raw: str, now: datetime) -> ApiToken | None:
    """The valid token that `raw` is, with its user; whoever asks checks the scope."""
    token = ApiToken.objects.select_related("user").filter(secret_hash=_hash(raw)).first()
    if token is None or not token.is_valid(now=now):
        return None
    if token.last_used_at is None or now - token.last_used_at >= COARSE:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
    return token


def _hash(raw: str) -> str:
    return sha256(raw.encode()).hexdigest()
