"""The start page of a client user and of an expert: the sections that modules declare for their kind of person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from keqiao.engagement.case.states import OPEN
from keqiao.engagement.models import Engagement
from keqiao.engagement.waits import waits
from keqiao.faces.access import actor_of
from keqiao.faces.portal import HomeSection, actions_of, sections_of
from keqiao.kernel.platform import policy
from keqiao.portal.asks import FOR_CLIENTS, asks

MOST = 50


def home(request: HttpRequest) -> HttpResponse:
    kind = actor_of(request).kind
    drawn = [html for one in sections_of(kind) if (html := section_html(request, one)) is not None]
    context = {"title": _("Home"), "sections": drawn, "actions": actions_of(kind)}
    return render(request, "portal/home.html", context)


def section_html(request: HttpRequest, section: HomeSection) -> SafeString | None:
    """None where there is nothing to show."""
    values = section.fill(request)
    return None if values is None else render_to_string(section.template, dict(values), request)


def asked_of_client(request: HttpRequest) -> dict[str, object]:
    """What the client is asked for now; in words too when it is nothing, so that nobody goes on looking."""
    rows = policy.visible(Engagement, actor_of(request)).filter(state__in=OPEN)
    running = list(rows.select_related("enterprise").order_by("-pk")[:MOST])
    found = asks(running, waits(engagements=running, only=FOR_CLIENTS))
    return {"asks": found, "says_nothing": bool(running)}
