"""What the libraries at the door tell us, written down as security events. They speak by signals only."""

import time
from typing import Any

from allauth.account.signals import authentication_step_completed, password_changed, password_reset
from allauth.mfa import signals as factor
from allauth.mfa.models import Authenticator
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest

from keqiao.accounts.models import Event, User
from keqiao.accounts.operations.events import record_event
from keqiao.accounts.queries import user_by_login
from keqiao.accounts.signin import devices, lockout
from keqiao.accounts.signin.timing import SIGNED_IN_AT
from keqiao.accounts.signin.warning import warn_of_many


def connect() -> None:
    user_logged_in.connect(on_signed_in)
    user_logged_out.connect(on_signed_out)
    user_login_failed.connect(on_failed)
    user_locked_out.connect(on_locked)
    password_changed.connect(on_password_changed)
    password_reset.connect(on_password_changed)
    authentication_step_completed.connect(on_step)
    factor.authenticator_added.connect(on_factor_added)
    factor.authenticator_removed.connect(on_factor_removed)
    factor.authenticator_reset.connect(on_codes_renewed)
    factor.authentication_failed.connect(on_code_failed)


def on_signed_in(request: HttpRequest, user: User, **_kwargs: Any) -> None:
    request.session[SIGNED_IN_AT] = time.time()
    devices.remember(request, user)
    record_event(event=Event.SIGNED_IN, user=user, request=request)


def on_signed_out(request: HttpRequest, user: User | None, **_kwargs: Any) -> None:
    if user:
        record_event(event=Event.SIGNED_OUT, user=user, request=request)


def on_failed(credentials: dict[str, Any], request: HttpRequest | None = None, **_kwargs: Any) -> None:
    if request is None:
        return  # no person stood at the door
    login = str(credentials.get("username") or credentials.get("email") or "").strip()
    record_event(event=Event.SIGN_IN_FAILED, user=user_by_login(login=login), request=request)
    warn_of_many(request)


def on_locked(request: HttpRequest, username: str, **_kwargs: Any) -> None:
    """axes says so at every try; the failures are counted only at the one that closes the lock."""
    if request.axes_failures_since_start is None:  # type: ignore[attr-defined]
        return
    account = username.partition(devices.AT)[0]
    record_event(event=Event.LOCKED, user=user_by_login(login=account), request=request)


def on_password_changed(request: HttpRequest, user: User, **_kwargs: Any) -> None:
    record_event(event=Event.PASSWORD_CHANGED, user=user, request=request)
    lockout.forgive(user=user)


def on_step(request: HttpRequest, user: User, **kwargs: Any) -> None:
    if kwargs.get("reauthenticated"):
        record_event(event=Event.CONFIRMED, user=user, request=request, detail=kwargs["method"])


def on_factor_added(request: HttpRequest, user: User, authenticator: Authenticator, **_kwargs: Any) -> None:
    if authenticator.type == Authenticator.Type.TOTP:
        record_event(event=Event.FACTOR_ENROLLED, user=user, request=request)


def on_factor_removed(request: HttpRequest, user: User, authenticator: Authenticator, **_kwargs: Any) -> None:
    if authenticator.type == Authenticator.Type.TOTP:
        record_event(event=Event.FACTOR_REMOVED, user=user, request=request)


def on_codes_renewed(request: HttpRequest, user: User, **_kwargs: Any) -> None:
    record_event(event=Event.CODES_RENEWED, user=user, request=request)


def on_code_failed(request: HttpRequest, user: User, **_kwargs: Any) -> None:
    record_event(event=Event.CODE_FAILED, user=user, request=request)
    lockout.count_failure(request, username=user.username)
