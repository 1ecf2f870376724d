"""The log of the door, for security and audit administrators, and what is written into it for the faces."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from keqiao.accounts.models import Event, SecurityEvent, User
from keqiao.accounts.operations.events import record_event
from keqiao.accounts.queries import EVENT_READERS, security_events
from keqiao.faces.access import signed_in
from keqiao.faces.egress_log import EgressKind
from keqiao.kernel.platform.actors import Actor

PER_PAGE = 50


@signed_in
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    if not EVENT_READERS & request.user.roles:
        raise Http404
    pages = Paginator(security_events(actor=request.user), PER_PAGE)
    return render(request, "account/events.html", {"page": pages.get_page(request.GET.get("page"))})


def write_egress(actor: Actor, request: HttpRequest | None, what: EgressKind, detail: str) -> SecurityEvent:
    """A file or a list is about to leave, for the person who asks."""
    assert isinstance(actor, User)
    event = {EgressKind.FILE: Event.FILE_FETCHED, EgressKind.LIST: Event.LIST_EXPORTED}[what]
    return record_event(event=event, user=actor, request=request, detail=detail)
