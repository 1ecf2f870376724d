"""Rules every request of a signed-in person is held to. Password, role and state are compared by Django
itself: User.get_session_auth_hash carries the version of credentials.
"""

import time
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

from keqiao.accounts.models import Kind, User
from keqiao.accounts.queries import has_second_factor
from keqiao.accounts.signin import devices
from keqiao.accounts.signin.second_factor import required_of
from keqiao.accounts.signin.timing import is_over, note_use
from keqiao.kernel.platform.channel import Channel, entered

Handler = Callable[[HttpRequest], HttpResponse]
# What someone on the staff reaches before the second factor is enrolled: enrolling it, and leaving.
BEFORE_ENROLMENT = frozenset({"mfa_activate_totp", "account_reauthenticate", "account_logout"})
API = "/api/"
ENROLLED = "second_factor_enrolled"


def session_rules(get_response: Handler) -> Handler:
    """End sessions that were left alone too long or are too old."""

    def middleware(request: HttpRequest) -> HttpResponse:
        now = time.time()
        if request.user.is_authenticated and is_over(request.session, now=now):
            logout(request)
            messages.info(request, _("You were signed out because the session was too old or long unused."))
        return devices.tell(request, get_response(request))

    def process_view(request: HttpRequest, view: Any, _args: Any, _kwargs: Any) -> None:
        if request.user.is_authenticated and not getattr(view, "unattended", False):
            note_use(request.session, now=time.time())

    middleware.process_view = process_view  # type: ignore[attr-defined]
    return middleware


def channel(get_response: Handler) -> Handler:
    """By which way the steps of this request come in: the API, the portal of the people outside, or the pages."""

    def middleware(request: HttpRequest) -> HttpResponse:
        inside = not request.user.is_authenticated or getattr(request.user, "kind", "") == Kind.STAFF
        way = Channel.API if request.path.startswith(API) else Channel.WEB if inside else Channel.PORTAL
        with entered(way):
            return get_response(request)

    return middleware


def second_factor(get_response: Handler) -> Handler:
    """Lead staff without a second factor to enrolling one; nothing else opens before."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not _must_enrol(request) or _route(request) in BEFORE_ENROLMENT:
            return get_response(request)
        if request.method != "GET":
            raise PermissionDenied
        return redirect("mfa_activate_totp")

    return middleware


def _must_enrol(request: HttpRequest) -> bool:
    user = request.user
    if not isinstance(user, User) or not required_of(user) or request.session.get(ENROLLED):
        return False
    # Remembered in the session: a factor that an administrator removes ends the session with it.
    if has_second_factor(user=user):
        request.session[ENROLLED] = True
        return False
    return True


def _route(request: HttpRequest) -> str | None:
    try:
        return resolve(request.path_info).url_name
    except Resolver404:
        return None
