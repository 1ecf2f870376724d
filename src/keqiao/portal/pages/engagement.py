"""One engagement as its client sees it: what is asked, how far it is, what was given."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from keqiao.engagement.case.phases import rail
from keqiao.engagement.case.states import BEFORE_CONTRACT, RUNNING, Stage
from keqiao.engagement.models import Deliverable, Engagement, Milestone, Notice, ProgressReport
from keqiao.engagement.pages.client_words import words
from keqiao.engagement.pages.phase_panels import PhasePanel, files, panel, read
from keqiao.engagement.preparation.states import PlanState
from keqiao.faces.access import actor_of
from keqiao.faces.dues import asks
from keqiao.faces.history import LONG, latest, subjects
from keqiao.faces.history import lines as lines_of
from keqiao.faces.readable_links import ReadableLinks
from keqiao.faces.resource import resource_of
from keqiao.faces.web.detail import field_row, ways_from
from keqiao.faces.web.offers import offers
from keqiao.kernel.platform import clock
from keqiao.kernel.steps.deadlines import reading

FACTS = ("number", "item", "need", "wanted_by", "contact_name", "consultant")
AT_FIRST = (PhasePanel(Notice, ("number", "kind"), ("blob",)),)
# Else the days of several versions stood side by side.
IN_FORCE = Q(plan__state__in=(PlanState.SENT, PlanState.CONFIRMED))
LATER = (
    PhasePanel(Milestone, ("name", "due_on", "delivered_on"), ("blob",), only=IN_FORCE),
    PhasePanel(ProgressReport, ("sent_at", "done", "next_steps"), ("pdf",)),
    PhasePanel(Deliverable, ("name", "due_on", "state"), ("blob",)),
    *AT_FIRST,
)
RECORD = 12
AFTER = (Stage.DELIVERED, Stage.ARCHIVED)


def client_engagement(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    actor, resource = actor_of(request), resource_of(Engagement)
    assert resource is not None
    shown = AT_FIRST if engagement.state in BEFORE_CONTRACT else LATER
    read(engagement, shown, actor)
    entries = latest(engagement, actor=actor, limit=LONG)
    seen = ReadableLinks((), actor, also=subjects(engagement, entries))
    lines = lines_of(engagement, entries, actor=actor, ways=seen)
    asked = asks((one for one in reading.of(Engagement, [engagement.pk], actor) if one.asked), actor)
    ways = ways_from(resource, engagement, actor, names=FACTS)
    context = {
        "item": engagement,
        "crumbs": [(_("My engagements"), "/")],
        "words": words(engagement, entries),
        "asks": asked,
        "rail": rail(engagement, clauses=[line.clause for line in lines], today=clock.today()),
        "facts": [field_row(resource, engagement, name, ways) for name in FACTS],
        "panels": panels(engagement, shown, actor, request.path),
        "files": [one for part in shown for one in files(getattr(engagement, part.relation).all(), part)],
        "operations": [
            one
            for one in offers(resource, actor, engagement)
            if one.allowed and one.url.split("?")[0] not in _urls(asked)
        ],
        "has_plan": engagement.state in {*RUNNING, *AFTER},
        "gives_material": engagement.state in {Stage.DRAFT, Stage.SUBMITTED, Stage.CORRECTING},
        "timeline": lines[:RECORD],
    }
    return render(request, "portal/engagement.html", context)


def _urls(asked: list[Any]) -> set[str]:
    return {one.url.split("?")[0] for one in asked}


def panels(
    engagement: Engagement, shown: tuple[PhasePanel, ...], actor: Any, back: str
) -> list[dict[str, Any]]:
    return [made for part in shown if (made := panel(engagement, part, actor, back))["rows"]]
