"""The log of the door, for security and audit administrators."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from keqiao.accounts.models import User
from keqiao.accounts.queries import EVENT_READERS, security_events
from keqiao.faces.access import signed_in

PER_PAGE = 50


@signed_in
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    if not EVENT_READERS & request.user.roles:
        raise Http404
    pages = Paginator(security_events(actor=request.user), PER_PAGE)
    return render(request, "account/events.html", {"page": pages.get_page(request.GET.get("page"))})
