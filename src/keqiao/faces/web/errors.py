"""Pages for refusals and faults. A fault shows a request id and nothing else."""

import sys
from contextlib import suppress

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from keqiao.faces.access import public
from keqiao.kernel.files.vault_disk import FULL
from keqiao.kernel.platform.errors import Refusal
from keqiao.kernel.platform.whole_numbers import whole_number

BLOCK = 2**16


def refusal_page(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    context = {"refusal": refusal, "status": refusal.status, "request_id": getattr(request, "request_id", "")}
    return render(request, "faces/refusal.html", context, status=refusal.status)


def _page(request: HttpRequest, status: int, title: str) -> HttpResponse:
    context = {"status": status, "title": title, "request_id": getattr(request, "request_id", "")}
    return render(request, "faces/error.html", context, status=status)


@public
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    status, title = 400, _("This request could not be understood.")
    if isinstance(exception, RequestDataTooBig):
        status, title = 413, _("This is more than can be sent at once. Nothing of it was kept.")
    _let_the_rest_through(request)
    return _problem(request, status, title) if _from_program(request) else _page(request, status, title)


def _let_the_rest_through(request: HttpRequest) -> None:
    """Read what is still being sent, and keep nothing: whoever is cut off while sending never sees the answer."""
    if (whole_number(request.META.get("CONTENT_LENGTH", "")) or 0) > settings.MAX_BODY_BYTES:
        return
    with suppress(UnreadablePostError):
        while request.read(BLOCK):
            pass


@public
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    return _page(request, 403, _("This is not open to you."))


@public
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    del reason  # it helps an attacker more than a person
    return _page(request, 403, _("This form is too old. Go back, load the page again and send it once more."))


@public
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    return _page(request, 404, _("There is nothing here, or it is not open to you."))


@public
def server_error(request: HttpRequest) -> HttpResponse:
    """Drawn without asking the database, which may be what failed. Programs get the same as a problem document."""
    fault = sys.exc_info()[1]
    status, title = 500, _("Something went wrong on our side. Nothing you sent was half kept.")
    if isinstance(fault, OperationalError | InterfaceError):
        status, title = 503, _("The database can't take this just now. Nothing you sent was kept.")
    elif isinstance(fault, OSError) and fault.errno in FULL:
        status, title = 503, _("There is no room left on the disk. Nothing you sent was kept.")
    answer = _drawn(request, status, title)
    if status == 503:  # noqa: PLR2004 - the status's name
        answer["Retry-After"] = "60"
    return answer


def _drawn(request: HttpRequest, status: int, title: str) -> HttpResponse:
    if _from_program(request):
        return _problem(request, status, title)
    context = {"status": status, "title": title, "request_id": getattr(request, "request_id", "")}
    return HttpResponse(render_to_string("faces/error.html", context), status=status)


def _from_program(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


def _problem(request: HttpRequest, status: int, title: str) -> JsonResponse:
    body = {"title": title, "status": status, "request_id": getattr(request, "request_id", "")}
    return JsonResponse(body, status=status, content_type="application/problem+json")
