"""Locking out whoever guesses, and nobody else. An account is locked only towards the address that guesses, so that nobody
can lock its owner out from elsewhere. An address is never locked: a whole office may share it, or everybody, behind a proxy
that the site isn't told of. Where many failures come from one, each account has a single wrong try there instead of five.
A browser that the account has signed in from before is counted by itself, whatever others do at its address.
"""

import math
from datetime import timedelta
from hashlib import sha256
from typing import Any

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Max, Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from keqiao.accounts import client
from keqiao.accounts.models import User
from keqiao.accounts.queries import user_by_login
from keqiao.accounts.signin import devices
from keqiao.kernel.platform import clock

MANY = 20  # failures of one address within the cool-off, from which on it is slowed down


class Lockout(AxesDatabaseHandler):  # type: ignore[misc]
    """Settings give axes two groups to count: account with address, then address alone."""

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        pair, whole = (_failures(rows) for rows in self.get_user_attempts(request, credentials))
        slow = whole >= MANY and devices.AT not in account_key(request, credentials)
        return int(pair * settings.AXES_FAILURE_LIMIT if slow else pair)

    def reset_user_attempts(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """A success forgives this account here, not what was tried on others from this address."""
        pair, _whole = self.filter_user_attempts(request, credentials)
        count, _ = pair.delete()
        return int(count)


def _failures(rows: Any) -> int:
    return rows.aggregate(total=Sum("failures_since_start"))["total"] or 0


def account_key(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """One key an account, however its name is written, and one for each browser known to it. What belongs to no account
    is kept as a hash only."""
    fields = credentials or {}
    typed = str(fields.get("username") or fields.get("email") or "").strip()
    user = user_by_login(login=typed)
    return devices.key(request, user) if user else f"?{sha256(typed.lower().encode()).hexdigest()[:32]}"


def lets_try(request: HttpRequest, *, username: str) -> bool:
    """Whether this address may still try itself at this account."""
    return bool(AxesProxyHandler.is_allowed(request, {"username": username}))


def is_locked(request: HttpRequest, *, username: str) -> bool:
    """Whether this address is locked out of this account; if so the answer becomes the page that says so."""
    if lets_try(request, username=username):
        return False
    request.axes_locked_out = True  # type: ignore[attr-defined]
    request.axes_credentials = {"username": username}  # type: ignore[attr-defined]
    return True


def forgive(*, user: User) -> None:
    """A new password, set by a letter or with the old one, is the way back: what was tried before counts no more."""
    tried = Q(username=user.username) | Q(username__startswith=f"{user.username}{devices.AT}")
    AccessAttempt.objects.filter(tried).delete()


def accounts_tried(request: HttpRequest) -> int:
    """At how many accounts sign-ins failed from where this request comes from, within the cool-off."""
    rows = AccessAttempt.objects.filter(
        ip_address=client.lock_address(request), attempt_time__gte=get_cool_off_threshold(request)
    )
    return int(rows.values("username").distinct().count())


def count_failure(request: HttpRequest, *, username: str) -> None:
    AxesProxyHandler.user_login_failed(Lockout, {"username": username}, request)


def respond(
    request: HttpRequest, _response: HttpResponse, credentials: dict[str, Any] | None
) -> HttpResponse:
    """Says how long and which way leads back, the same of accounts that exist and of others."""
    wait = _remaining(request, credentials)
    response = render(
        request, "account/locked.html", {"minutes": math.ceil(wait.total_seconds() / 60)}, status=429
    )
    response["Retry-After"] = str(math.ceil(wait.total_seconds()))
    return response


def _remaining(request: HttpRequest, credentials: dict[str, Any] | None) -> timedelta:
    tried = AccessAttempt.objects.filter(
        username=account_key(request, credentials),
        ip_address=lock_address_of(request),
        attempt_time__gte=get_cool_off_threshold(request),
    ).aggregate(last=Max("attempt_time"))["last"]
    cool_off: timedelta = get_cool_off(request)
    return max(tried + cool_off - clock.now(), timedelta(minutes=1)) if tried else cool_off


def lock_address_of(request: HttpRequest) -> str | None:
    return getattr(request, "axes_ip_address", None)
