"""Browsers an account has signed in from, told by a signed cookie. It opens nothing: who has it is counted by themselves when
sign-ins fail, so that a stranger who guesses at the same address locks nobody out.
"""

import secrets
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from keqiao.accounts.models import User

COOKIE = "keqiao_device"
SALT = "keqiao.accounts.devices"
AGE = timedelta(days=180)
AT = "#"  # stands in no user name


def key(request: HttpRequest, user: User) -> str:
    """What the failures of this account are counted under here. A change of password or rights ends what was known."""
    try:
        said = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=AGE)
    except signing.BadSignature:
        return user.username
    known = said.get("user") == user.pk and said.get("version") == user.credentials_version
    return f"{user.username}{AT}{said.get('device')}" if known else user.username


def remember(request: HttpRequest, user: User) -> None:
    """Told at sign-in; the answer to this request carries the cookie."""
    request.signed_in_here = user  # type: ignore[attr-defined]


def tell(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    user = getattr(request, "signed_in_here", None)
    if user is not None:
        said = {"user": user.pk, "version": user.credentials_version, "device": secrets.token_hex(8)}
        response.set_cookie(
            COOKIE,
            signing.dumps(said, salt=SALT),
            max_age=AGE,
            httponly=True,
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Lax",
        )
    return response
