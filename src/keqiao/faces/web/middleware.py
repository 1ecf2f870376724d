"""Headers of every answer, the language of the person, and refusals as pages."""

import secrets
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from keqiao.faces.web.errors import refusal_page
from keqiao.kernel.platform.errors import Refusal
from keqiao.kernel.platform.request_ids import current

Next = Callable[[HttpRequest], HttpResponse]
LANGUAGE_COOKIE = "keqiao_language"
CONTENT_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'; script-src 'self'; style-src 'self'"
)


def headers(get_response: Next) -> Next:
    """A request id, a strict content policy, and no stored copies of private pages."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.request_id = secrets.token_hex(8)  # type: ignore[attr-defined]
        before = current.set(request.request_id)  # type: ignore[attr-defined]
        try:
            response = get_response(request)
        finally:
            current.reset(before)
        response.headers.setdefault("Content-Security-Policy", CONTENT_POLICY)
        response.headers["X-Request-Id"] = request.request_id  # type: ignore[attr-defined]
        response.headers.setdefault("Permissions-Policy", "geolocation=(), microphone=(), camera=(self)")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware


def language(get_response: Next) -> Next:
    """Chinese unless the person chose otherwise: the browser's own wish is not asked, the standard is Chinese."""

    def middleware(request: HttpRequest) -> HttpResponse:
        wanted = request.COOKIES.get(LANGUAGE_COOKIE, "")
        known = dict(settings.LANGUAGES)
        with translation.override(wanted if wanted in known else settings.LANGUAGE_CODE):
            request.LANGUAGE_CODE = translation.get_language()
            response = get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "")
            return response

    return middleware


def refusals(get_response: Next) -> Next:
    """A refusal that a view didn't show itself becomes a page (or JSON for the API) that says why and what to do."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "%00" in request.META.get("QUERY_STRING", ""):  # which no database takes in a text
            raise BadRequest
        return get_response(request)

    def process_exception(request: HttpRequest, error: Exception) -> HttpResponse | None:
        return refusal_page(request, error) if isinstance(error, Refusal) else None

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware
