"""Every route says who may reach it. A route that doesn't fails the tests."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase

from keqiao.kernel.platform.actors import VISITOR, Actor
from keqiao.kernel.platform.errors import NotFound

View = Callable[..., HttpResponseBase]
SIGNED_IN, PUBLIC, LINK = "signed in", "public", "link"


def actor_of(request: HttpRequest) -> Actor:
    """Who is asking: the account signed in, or a visitor."""
    user = request.user
    return user if user.is_authenticated else VISITOR


def signed_in(view: View) -> View:
    """Only people with a session; what they see is for the policy to say."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            if request.method == "GET" and "HX-Request" in request.headers:  # a part of a page: load it whole
                return HttpResponse(headers={"HX-Refresh": "true"})
            wanted = urlencode({"next": request.get_full_path()})
            return HttpResponseRedirect(f"{settings.LOGIN_URL}?{wanted}")
        return view(request, *args, **kwargs)

    guarded.access = SIGNED_IN  # type: ignore[attr-defined]
    return guarded


def staff_only(view: View) -> View:
    """Only staff; to others the page doesn't exist."""

    @signed_in
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if actor_of(request).kind != "staff":
            raise NotFound
        return view(request, *args, **kwargs)

    return guarded


def public(view: View) -> View:
    """Anyone, on purpose."""
    view.access = PUBLIC  # type: ignore[attr-defined]
    return view


def unattended(view: View) -> View:
    """A page asks for this by itself: it keeps no session alive that nobody uses."""
    view.unattended = True  # type: ignore[attr-defined]
    return view


def by_link(view: View) -> View:
    """Whoever holds the secret in the address; the view checks it."""
    view.access = LINK  # type: ignore[attr-defined]
    return view
