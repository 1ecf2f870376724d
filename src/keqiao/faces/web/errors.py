"""Pages for refusals and faults. A fault shows a request id and nothing else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from keqiao.faces.access import public
from keqiao.kernel.errors import Refusal


def refusal_page(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    context = {"refusal": refusal, "status": refusal.status, "request_id": getattr(request, "request_id", "")}
    return render(request, "faces/refusal.html", context, status=refusal.status)


def _page(request: HttpRequest, status: int, title: str) -> HttpResponse:
    context = {"status": status, "title": title, "request_id": getattr(request, "request_id", "")}
    return render(request, "faces/error.html", context, status=status)


@public
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    return _page(request, 400, _("This request could not be understood."))


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
    return _page(request, 500, _("Something went wrong on our side. Nothing you sent was half kept."))
