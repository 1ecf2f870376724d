"""The other language, one click away."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from keqiao.faces.access import public
from keqiao.faces.web.middleware import LANGUAGE_COOKIE

YEAR = 365 * 24 * 3600


@public
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    wanted = request.POST.get("language", "")
    back = request.POST.get("next", "/")
    safe = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    response = redirect(back if safe else "/")
    if wanted in dict(settings.LANGUAGES):
        response.set_cookie(
            LANGUAGE_COOKIE, wanted, max_age=YEAR, secure=settings.HTTPS, httponly=True, samesite="Lax"
        )
    return response
