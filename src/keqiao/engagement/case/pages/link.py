"""What the pages behind a secret link have in common.

An answered, closed or invented link gives one and the same page. The address holds the secret, so nobody is
told it as the referrer; by `strict-origin` and not by `no-referrer`, under which browsers send forms with the
origin "null" and the check against forged requests refuses them.
"""

import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db.models import Model
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from keqiao.accounts.client import lock_address
from keqiao.faces.access import View, by_link
from keqiao.faces.forms import mark
from keqiao.kernel.platform import shared
from keqiao.kernel.platform.errors import NotAllowed, NotFound, Refusal
from keqiao.kernel.steps.operation import Operation

PER_MINUTE = (
    60  # requests from one address; a secret of 256 bits needs no more, this keeps a flood off the database
)
KEY = "idempotency_key"


def opened(view: Callable[[HttpRequest, str], HttpResponse]) -> View:
    """A page for whoever holds the secret; `view` raises NotFound when it opens nothing."""

    @by_link
    @never_cache
    @sensitive_post_parameters()
    @require_http_methods(["GET", "POST"])
    @wraps(view)
    def page(request: HttpRequest, secret: str) -> HttpResponse:
        answer = _answer(view, request, secret)
        answer["Referrer-Policy"] = "strict-origin"
        return answer

    return page


def _answer(
    view: Callable[[HttpRequest, str], HttpResponse], request: HttpRequest, secret: str
) -> HttpResponse:
    if not within_limit(request):
        return render(request, "429.html", status=429)
    try:
        return view(request, secret)
    except NotFound:
        return render(request, "engagement/link_closed.html", status=404)


def within_limit(request: HttpRequest) -> bool:
    return shared.allowed(f"link:{lock_address(request)}", most=PER_MINUTE, seconds=60)


def key_of(request: HttpRequest, digest: str) -> str:
    """One key a form and link: a double click is one answer, and nobody else's key can meet it."""
    return f"{digest[:40]}-{request.POST.get(KEY, '')[:32]}"


def ask(
    request: HttpRequest,
    *,
    op: Operation,
    subject: Model,
    form: Form,
    keep: Callable[[], None],
    context: dict[str, Any],
) -> HttpResponse:
    """Show the form, or keep what it says by `op`: thanks when kept, NotFound when `subject` can't be answered any more.
    What is refused comes back with all that was typed."""
    refusal = None
    if form.is_bound and form.is_valid():
        try:
            keep()
        except (NotFound, NotAllowed) as closed:
            raise NotFound from closed
        except Refusal as refused:
            refusal = refused
            mark(form, refused)
            subject.refresh_from_db()  # it may have been answered or closed since it was read
        else:
            return render(request, "engagement/link_thanks.html", context)
    if op.missing(subject):
        raise NotFound from refusal
    page = {
        **context,
        "form": form,
        "refusal": refusal,
        "key": request.POST.get(KEY) or secrets.token_hex(16),
    }
    status = refusal.status if refusal else 422 if form.is_bound else 200
    return render(request, "engagement/link_answer.html", page, status=status)
