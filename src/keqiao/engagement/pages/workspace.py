"""The workspace of one engagement: how far it is, what can be done, what is missing, and its records."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from keqiao.engagement.case.phases import Phase, phase_now, phase_of_clause, rail
from keqiao.engagement.case.states import OPEN
from keqiao.engagement.models import Engagement
from keqiao.engagement.pages.client_words import words
from keqiao.engagement.pages.phase_panels import ASKED_OFTEN, PHASE_PANELS, files, panel, panels_of, read
from keqiao.faces.access import actor_of
from keqiao.faces.history import LONG, Line, latest, subjects
from keqiao.faces.history import lines as lines_of
from keqiao.faces.leads import address
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


def engagement_page(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    """The page at the step asked for, or at the one the engagement is in."""
    now = phase_now(engagement)
    asked = request.GET.get("step", now.clause)
    chosen = asked if asked in PHASE_PANELS else now.clause
    read(engagement, (*panels_of(chosen, engagement), *ASKED_OFTEN.get(chosen, ())), actor_of(request))
    context = frame(request, engagement, now) | records(request, engagement, chosen)
    context |= (
        at_work(request, engagement, now) if chosen == now.clause else elsewhere(request, engagement, chosen)
    )
    context["guard"] = guard_items(context.get("ahead"), context["lines"], now, engagement.stage_since)
    return render(request, "engagement/workspace.html", context)


def frame(request: HttpRequest, engagement: Engagement, now: Phase) -> dict[str, Any]:
    """What is there at every step."""
    actor, resource, today = actor_of(request), engagements(), clock.today()
    entries = latest(engagement, actor=actor, limit=LONG)
    names = resource.readable(actor, FACTS)
    ways = ways_from(resource, engagement, actor, names=names, also=subjects(engagement, entries))
    lines = lines_of(engagement, entries, actor=actor, ways=ways)
    return {
        "resource": resource,
        "item": engagement,
        "crumbs": crumbs(resource, engagement, actor, ways),
        "back": request.get_full_path(),
        "lines": lines,
        "rail": rail(
            engagement, clauses=[line.clause for line in lines], today=today, url=resource.url(engagement)
        ),
        "now": now,
        "late": engagement.late_by(today) if engagement.state in OPEN else 0,
        "awaited": awaited(engagement, actor),
        "words": words(engagement, entries),
        "facts": [field_row(resource, engagement, name, ways) for name in names],
        "people": people(engagement),
        "timeline": lines[:RECORD],
    }


def records(request: HttpRequest, engagement: Engagement, chosen: str) -> dict[str, Any]:
    shown = panels_of(chosen, engagement)
    return {
        "step": phase_of_clause(chosen.partition("-")[0]),
        "tabs": tabs(chosen),
        "service_panel": service_panel(request, engagement),
        "panels": [panel(engagement, part, actor_of(request), request.get_full_path()) for part in shown],
        "files": [one for part in shown for one in files(getattr(engagement, part.relation).all(), part)],
    }


def service_panel(request: HttpRequest, engagement: Engagement) -> str:
    """What the module of this service family shows here, whatever the phase; empty where none has declared a panel."""
    declared = workspace_panel_of(engagement.item.family.code) if any_workspace_panel() else None
    if declared is None:
        return ""
    values = {"title": declared.title, "item": engagement, **declared.fill(engagement, actor_of(request))}
    return render_to_string(declared.template, values, request)


def at_work(request: HttpRequest, engagement: Engagement, now: Phase) -> dict[str, Any]:
    """The current step: everything that can be done, and what the step that carries on still lacks."""
    found = ranked(offers(engagements(), actor_of(request), engagement), now)
    ahead = next((one for one in found if carries_on(one) and (one.allowed or one.missing)), None)
    here = [one for one in found if one.allowed and (now.covers(one.clause) or carries_on(one))]
    return {
        "current": True,
        "here": here,
        "others": [one for one in found if one.allowed and one not in here],
        "nearly": [one for one in found if one.missing and one is not ahead],
        "refused": [one for one in found if not one.allowed and not one.missing],
        "ahead": ahead,
    }


def elsewhere(request: HttpRequest, engagement: Engagement, chosen: str) -> dict[str, Any]:
    """Another step: what of it can still be done. What a step lacks is said on its own page."""
    step, actor = phase_of_clause(chosen.partition("-")[0]), actor_of(request)
    assert step is not None
    fitting = [
        op for op in engagements().operations if op.exposed and not op.creates and step.covers(op.clause)
    ]
    open_ones = [op for op in fitting if op.fits_state(engagement) and op.permission(actor, engagement)]
    return {
        "here": [Offer(op, operation_url(engagements(), op, engagement), allowed=True) for op in open_ones]
    }


def engagements() -> Resource:
    found = resource_of(Engagement)
    assert found is not None
    return found


def ranked(found: list[Offer], now: Phase) -> list[Offer]:
    """The step that carries the engagement on first, those of this clause next, those that end it last."""
    return sorted(
        found,
        key=lambda one: (
            not one.allowed,
            one.danger,
            not carries_on(one),
            not now.covers(one.clause),
            not one.primary,
        ),
    )


def carries_on(one: Offer) -> bool:
    return bool(one.op.then) and one.primary


def guard_items(ahead: Offer | None, lines: list[Line], now: Phase, since: date) -> dict[str, Any]:
    """What the step that carries on still lacks, and what was done since the engagement came here."""
    if ahead is None:
        return {}
    done = {
        line.label: line
        for line in reversed(lines)
        if now.covers(line.clause) and localdate(line.at) >= since
    }
    lacking = [
        {"text": one.text, "clause": one.clause, "remedy": one.remedy, "url": _where(one.clause)}
        for one in ahead.missing
    ]
    items = [
        *lacking,
        *({"label": line.label, "clause": line.clause, "done": True} for line in done.values()),
    ]
    return {"title": _("What “%(step)s” needs") % {"step": ahead.label}, "items": items}


def _where(clause: str) -> str:
    step = phase_of_clause(clause)
    return f"?step={step.clause}#records" if step else ""


def awaited(engagement: Engagement, actor: Actor) -> list[dict[str, Any]]:
    """Who is asked next, and for what."""
    if engagement.state not in OPEN:
        return []
    place = Place(charge=engagement.consultant_id, level=engagement.level)
    found = (replace(one, place=place) for one in reading.of(Engagement, [engagement.pk], actor))
    return [
        {
            "label": one.label,
            "client": one.deadline.waits_for.who is Who.CLIENT,
            "mine": one.asked,
            "on": one.day,
            "clause": one.deadline.clause,
            "url": address(one, actor),
        }
        for one in found
    ]


def tabs(chosen: str) -> list[dict[str, Any]]:
    """The parts of a step that is shown on two pages."""
    if not chosen.startswith("6.3.4"):
        return []
    names = {"6.3.4": _("Milestones and adjustments"), "6.3.4-log": _("Guidance, progress, data, partners")}
    return [
        {"label": label, "url": f"?step={key}#records", "active": key == chosen}
        for key, label in names.items()
    ]


def people(engagement: Engagement) -> list[dict[str, str]]:
    """Who has to do with it. The group is named when its step is shown."""
    found = [{"name": str(engagement.consultant or "—"), "role": _("Consultant")}]
    found.append(
        {
            "name": f"{engagement.contact_name} {engagement.contact_phone}".strip(),
            "role": _("Contact of the client"),
        }
    )
    group = engagement.__dict__.get("_prefetched_objects_cache", {}).get("members", ())
    return found + [
        {"name": str(one.user), "role": one.get_role_display()} for one in group if one.left_on is None
    ]
