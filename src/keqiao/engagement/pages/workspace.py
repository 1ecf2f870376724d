"""The workspace of one engagement: how far it is, what can be done, what is missing, and its records."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from keqiao.engagement.case.phases import Phase, RailStep, phase_now, phase_of_clause, rail
from keqiao.engagement.case.states import OPEN, Stage
from keqiao.engagement.models import Engagement
from keqiao.engagement.pages.client_words import Words, words
from keqiao.engagement.pages.phase_panels import (
    ASKED_OFTEN,
    PHASE_PANELS,
    FileRow,
    Panel,
    files,
    panel,
    panels_of,
    read,
)
from keqiao.faces.access import actor_of
from keqiao.faces.history import LONG, Line, latest, subjects
from keqiao.faces.history import lines as lines_of
from keqiao.faces.leads import address
from keqiao.faces.page import Page, Row, Tab, render_page
from keqiao.faces.panels import any_workspace_panel, workspace_panel_of
from keqiao.faces.resource import Resource, resource_of
from keqiao.faces.web.detail import crumbs, field_row, ways_from
from keqiao.faces.web.offers import Offer, offers, operation_url
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.steps.deadlines import reading
from keqiao.kernel.steps.deadlines.people import Who
from keqiao.kernel.steps.deadlines.places import Place

FACTS = (
    "number",
    "enterprise",
    "item",
    "need",
    "wanted_by",
    "contact_name",
    "contact_phone",
    "level",
    "truthful_at",
)
RECORD = 8


@dataclass(frozen=True, kw_only=True)
class GuardItem:
    """What a step needs: done already, or missing with the way to mend it."""

    clause: str
    label: str = ""
    text: Any = ""
    remedy: Any = ""
    url: str = ""
    done: bool = False


@dataclass(frozen=True, kw_only=True)
class Guard:
    title: str
    items: list[GuardItem]


@dataclass(frozen=True, kw_only=True)
class Awaited:
    """What is asked next, of the client, of the reader, or of a colleague; `on` is its day."""

    label: str
    client: bool
    mine: bool
    on: date | None
    clause: str
    url: str


@dataclass(frozen=True)
class Person:
    name: str
    role: str


@dataclass(frozen=True, kw_only=True)
class Work:
    """What can be done at a step; the rest is empty where the step shown isn't the current one."""

    current: bool = False
    here: list[Offer]
    others: list[Offer] = field(default_factory=list)
    nearly: list[Offer] = field(default_factory=list)
    refused: list[Offer] = field(default_factory=list)
    ahead: Offer | None = None


@dataclass(frozen=True, kw_only=True)
class Workspace(Page):
    """`now` is the phase the engagement is in, `step` the one that is shown with its `panels` and `files`."""

    resource: Resource
    item: Engagement
    back: str
    rail: list[RailStep]
    now: Phase
    late: int
    awaited: list[Awaited]
    words: list[Words]
    facts: list[Row]
    people: list[Person]
    timeline: list[Line]
    step: Phase | None
    tabs: list[Tab]
    service_panel: str
    panels: list[Panel]
    files: list[FileRow]
    work: Work
    guard: Guard | None


def engagement_page(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    """The page at the step asked for, or at the one the engagement is in."""
    now = phase_now(engagement)
    asked = request.GET.get("step", now.clause)
    chosen = asked if asked in PHASE_PANELS else now.clause
    parts = panels_of(chosen, engagement)
    actor, resource, today = actor_of(request), engagements(), clock.today()
    read(engagement, (*parts, *ASKED_OFTEN.get(chosen, ())), actor)
    entries = latest(engagement, actor=actor, limit=LONG)
    names = resource.readable(actor, FACTS)
    ways = ways_from(resource, engagement, actor, names=names, also=subjects(engagement, entries))
    lines = lines_of(engagement, entries, actor=actor, ways=ways)
    work = (
        at_work(request, engagement, now) if chosen == now.clause else elsewhere(request, engagement, chosen)
    )
    page = Workspace(
        title=str(engagement),
        crumbs=crumbs(resource, engagement, actor, ways),
        resource=resource,
        item=engagement,
        back=request.get_full_path(),
        rail=rail(
            engagement, clauses=[line.clause for line in lines], today=today, url=resource.url(engagement)
        ),
        now=now,
        late=engagement.late_by(today) if engagement.state in OPEN else 0,
        awaited=awaited(engagement, actor),
        words=words(engagement, entries),
        facts=[field_row(resource, engagement, name, ways) for name in names],
        people=people(engagement),
        timeline=lines[:RECORD],
        step=phase_of_clause(chosen.partition("-")[0]),
        tabs=tabs(chosen),
        service_panel=service_panel(request, engagement),
        panels=[panel(engagement, part, actor, request.get_full_path()) for part in parts],
        files=[row for part in parts for row in files(getattr(engagement, part.relation).all(), part, actor)],
        work=work,
        guard=guard_of(work.ahead, lines, now, engagement.stage_since),
    )
    return render_page(request, "engagement/workspace.html", page)


def service_panel(request: HttpRequest, engagement: Engagement) -> str:
    """What the module of this service family shows here until the engagement ends; empty where none has declared a panel."""
    if engagement.state not in OPEN or engagement.state == Stage.ENDED_EARLY:
        return ""
    declared = workspace_panel_of(engagement.item.family.code) if any_workspace_panel() else None
    if declared is None:
        return ""
    values = {"title": declared.title, "item": engagement, **declared.fill(engagement, actor_of(request))}
    return render_to_string(declared.template, values, request)


def at_work(request: HttpRequest, engagement: Engagement, now: Phase) -> Work:
    """The current step: everything that can be done, and what the step that carries on still lacks."""
    offered = ranked(offers(engagements(), actor_of(request), engagement), now)
    ahead = next((offer for offer in offered if carries_on(offer) and (offer.allowed or offer.missing)), None)
    here = [offer for offer in offered if offer.allowed and (now.covers(offer.clause) or carries_on(offer))]
    return Work(
        current=True,
        here=here,
        others=[offer for offer in offered if offer.allowed and offer not in here],
        nearly=[offer for offer in offered if offer.missing and offer is not ahead],
        refused=[offer for offer in offered if not offer.allowed and not offer.missing],
        ahead=ahead,
    )


def elsewhere(request: HttpRequest, engagement: Engagement, chosen: str) -> Work:
    """Another step: what of it can still be done. What a step lacks is said on its own page."""
    step, actor = phase_of_clause(chosen.partition("-")[0]), actor_of(request)
    assert step is not None
    fitting = [
        op for op in engagements().operations if op.exposed and not op.creates and step.covers(op.clause)
    ]
    open_ones = [op for op in fitting if op.fits_state(engagement) and op.permission(actor, engagement)]
    return Work(
        here=[Offer(op, operation_url(engagements(), op, engagement), allowed=True) for op in open_ones]
    )


def engagements() -> Resource:
    resource = resource_of(Engagement)
    assert resource is not None
    return resource


def ranked(offered: list[Offer], now: Phase) -> list[Offer]:
    """The step that carries the engagement on first, those of this clause next, those that end it last."""
    return sorted(
        offered,
        key=lambda offer: (
            not offer.allowed,
            offer.danger,
            not carries_on(offer),
            not now.covers(offer.clause),
            not offer.primary,
        ),
    )


def carries_on(offer: Offer) -> bool:
    return bool(offer.op.then) and offer.primary


def guard_of(ahead: Offer | None, lines: list[Line], now: Phase, since: date) -> Guard | None:
    """What the step that carries on still lacks, and what was done since the engagement came here."""
    if ahead is None:
        return None
    done = {
        line.label: line
        for line in reversed(lines)
        if now.covers(line.clause) and clock.day_of(line.at) >= since
    }
    lacking = [
        GuardItem(clause=need.clause, text=need.text, remedy=need.remedy, url=_where(need.clause))
        for need in ahead.missing
    ]
    items = [
        *lacking,
        *(GuardItem(clause=line.clause, label=line.label, done=True) for line in done.values()),
    ]
    return Guard(title=_("What “%(step)s” needs") % {"step": ahead.label}, items=items)


def _where(clause: str) -> str:
    step = phase_of_clause(clause)
    return f"?step={step.clause}#records" if step else ""


def awaited(engagement: Engagement, actor: Actor) -> list[Awaited]:
    """Who is asked next, and for what."""
    if engagement.state not in OPEN:
        return []
    place = Place(charge=engagement.consultant_id, level=engagement.level)
    parts = (replace(part, place=place) for part in reading.of(Engagement, [engagement.pk], actor))
    return [
        Awaited(
            label=part.label,
            client=part.deadline.waits_for.who is Who.CLIENT,
            mine=part.asked,
            on=part.day,
            clause=part.deadline.clause,
            url=address(part, actor),
        )
        for part in parts
    ]


def tabs(chosen: str) -> list[Tab]:
    """The parts of a step that is shown on two pages."""
    if not chosen.startswith("6.3.4"):
        return []
    names = {"6.3.4": _("Milestones and adjustments"), "6.3.4-log": _("Guidance, progress, data, partners")}
    return [Tab(label, f"?step={key}#records", key == chosen) for key, label in names.items()]


def people(engagement: Engagement) -> list[Person]:
    """Who has to do with it. The group is named when its step is shown."""
    contact = f"{engagement.contact_name} {engagement.contact_phone}".strip()
    group = engagement.__dict__.get("_prefetched_objects_cache", {}).get("members", ())
    return [
        Person(str(engagement.consultant or "—"), _("Consultant")),
        Person(contact, _("Contact of the client")),
        *(Person(str(member.user), member.get_role_display()) for member in group if member.left_on is None),
    ]
