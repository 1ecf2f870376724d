"""Subscribing to the calendar: the page that makes the address, and the address itself."""

from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

import icalendar
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from keqiao.accounts.models import Kind, User
from keqiao.accounts.operations.calendar_link import holder_of, remove_calendar_link, renew_calendar_link
from keqiao.accounts.signin.confirmation import confirmation_required_to_change
from keqiao.faces.access import by_link, staff_only
from keqiao.faces.dues import Due, own
from keqiao.faces.page import render_page
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.reckoned import is_provisional
from keqiao.kernel.steps.deadlines.pending import Span

BACK, AHEAD = timedelta(days=92), timedelta(days=366)
MOST = 1000


@dataclass(frozen=True)
class LinkPage:
    """`address` is shown this once, when it was made; `has_one` while any is valid."""

    address: str
    has_one: bool


@staff_only
@never_cache
@confirmation_required_to_change
@require_http_methods(["GET", "POST"])
def link(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    address = ""
    if "remove" in request.POST:
        remove_calendar_link(actor=request.user)
        return redirect("calendar-link")
    if request.method == "POST":
        secret = renew_calendar_link(actor=request.user)
        address = settings.SITE_ORIGIN + reverse("calendar-feed", args=[secret])
    page = LinkPage(address, has_one=bool(address) or request.user.has_calendar_link)
    return render_page(request, "account/calendar.html", page)


@by_link
@require_safe
def feed(_request: HttpRequest, secret: str) -> HttpResponse:
    """What the holder of the secret has to do, with no client's name in it, in the words that may leave the house."""
    user = holder_of(secret=secret)
    if user is None or user.kind != Kind.STAFF:
        raise Http404
    today = clock.today()
    dues = own(user, Span(first=today - BACK, last=today + AHEAD, limit=MOST))
    return HttpResponse(as_ical(dues), content_type="text/calendar; charset=utf-8")


def as_ical(dues: list[Due]) -> bytes:
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Keqiao//Calendar//")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Keqiao: what is due"))
    for due in dues:
        if due.on is not None:
            calendar.add_component(_event(due, due.on))
    return bytes(calendar.to_ical())


def _key(due: Due) -> str:
    """Neither the day nor the step, which change while a reader keeps a reminder of their own on the entry; nor anything that
    tells a stranger what it is about."""
    page = due.url.partition("?")[0].strip("/").split("/")[:2]
    return sha256((due.key or "/".join(page)).encode()).hexdigest()[:32]


def _event(due: Due, day: date) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", f"{_key(due)}@keqiao")
    event.add("dtstamp", clock.now())
    event.add("last-modified", clock.now())
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    summary = f"{due.number} {due.outside}".strip()
    event.add("summary", f"{summary} · {_('provisional')}" if is_provisional(day) else summary)
    event.add("url", settings.SITE_ORIGIN + due.url)
    event.add("transp", "TRANSPARENT")
    return event
