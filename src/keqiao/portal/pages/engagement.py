"""One engagement as its client sees it: what is asked, how far it is, what was given."""

from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from keqiao.engagement.case.phases import RailStep, rail
from keqiao.engagement.case.states import BEFORE_CONTRACT, RUNNING, Stage
from keqiao.engagement.models import Deliverable, Engagement, Milestone, Notice, ProgressReport
from keqiao.engagement.pages.client_words import Words, words
from keqiao.engagement.pages.phase_panels import FileRow, Panel, PhasePanel, files, panel, read
from keqiao.engagement.preparation.states import PlanState
from keqiao.faces.access import actor_of
from keqiao.faces.dues import Prompt, asks
from keqiao.faces.history import LONG, Line, latest, subjects
from keqiao.faces.history import lines as lines_of
from keqiao.faces.page import Page, Row, render_page
from keqiao.faces.readable_links import ReadableLinks
from keqiao.faces.resource import resource_of
from keqiao.faces.web.detail import field_row, ways_from
from keqiao.faces.web.offers import Offer, offers
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.actors import Actor
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


@dataclass(frozen=True, kw_only=True)
class EngagementPage(Page):
    item: Engagement
    words: list[Words]
    asks: list[Prompt]
    rail: list[RailStep]
    facts: list[Row]
    panels: list[Panel]
    files: list[FileRow]
    operations: list[Offer]
    has_plan: bool
    gives_material: bool
    timeline: list[Line]


def client_engagement(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    actor, resource = actor_of(request), resource_of(Engagement)
    assert resource is not None
    shown = AT_FIRST if engagement.state in BEFORE_CONTRACT else LATER
    read(engagement, shown, actor)
    entries = latest(engagement, actor=actor, limit=LONG)
    seen = ReadableLinks((), actor, also=subjects(engagement, entries))
    lines = lines_of(engagement, entries, actor=actor, ways=seen)
    asked = asks((part for part in reading.of(Engagement, [engagement.pk], actor) if part.asked), actor)
    ways = ways_from(resource, engagement, actor, names=FACTS)
    page = EngagementPage(
        title=engagement.title,
        crumbs=[(_("My engagements"), "/")],
        item=engagement,
        words=words(engagement, entries),
        asks=asked,
        rail=rail(engagement, clauses=[line.clause for line in lines], today=clock.today()),
        facts=[field_row(resource, engagement, name, ways) for name in FACTS],
        panels=panels(engagement, shown, actor, request.path),
        files=[row for part in shown for row in files(getattr(engagement, part.relation).all(), part, actor)],
        operations=[
            offer
            for offer in offers(resource, actor, engagement)
            if offer.allowed and offer.url.split("?")[0] not in _urls(asked)
        ],
        has_plan=engagement.state in {*RUNNING, *AFTER},
        gives_material=engagement.state in {Stage.DRAFT, Stage.SUBMITTED, Stage.CORRECTING},
        timeline=lines[:RECORD],
    )
    return render_page(request, "portal/engagement.html", page)


def _urls(asked: list[Prompt]) -> set[str]:
    return {ask.url.split("?")[0] for ask in asked}


def panels(engagement: Engagement, shown: tuple[PhasePanel, ...], actor: Actor, back: str) -> list[Panel]:
    return [drawn for part in shown if (drawn := panel(engagement, part, actor, back)).rows]
