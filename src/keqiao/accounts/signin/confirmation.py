"""Sensitive steps want proof that the person who signed in is still the one at the keyboard."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from allauth.account.authentication import get_authentication_records
from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse, QueryDict

View = Callable[..., HttpResponse]
APP = "keqiao.accounts"


def recently_confirmed(request: HttpRequest, *, now: float | None = None) -> bool:
    """Whether a password or second factor was given in this session within the last few minutes. A token may speak
    for someone else than the session beside it, and that session proves nothing of them."""
    if not request.user.is_authenticated or request.session.get(SESSION_KEY) != str(request.user.pk):
        return False
    records = get_authentication_records(request, request.user)
    moment = time.time() if now is None else now
    return bool(records) and moment - records[-1]["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def confirmation_required(view: View) -> View:
    """Send the person to confirm and back; a form that was posted is taken up again afterwards."""
    return _kept(reauthentication_required(view, app=APP))


def confirmation_required_to_change(view: View) -> View:
    """The same for posting only; looking is free."""
    return _kept(reauthentication_required(view, app=APP, allow_get=True))


def _kept(view: Callable[..., Any]) -> View:
    """A posted form is taken up again only at an address without a query, and what it needs of it stands in its fields."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and not recently_confirmed(request):
            request.GET, request.META["QUERY_STRING"] = QueryDict(), ""
        return cast(HttpResponse, view(request, *args, **kwargs))

    return asked
