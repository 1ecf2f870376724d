"""The start page of a client user and of an expert."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from keqiao.engagement.case.phases import PHASES, phase_now
from keqiao.engagement.case.states import OPEN
from keqiao.engagement.dues import mine, place_of
from keqiao.engagement.models import Engagement, Member
from keqiao.engagement.preparation.operations.group import UNDERTAKING, sign_undertaking
from keqiao.engagement.waits import PERSON, waits
from keqiao.faces.access import actor_of
from keqiao.faces.resource import resource_of
from keqiao.faces.web.offers import operation_url
from keqiao.kernel.platform import clock, policy
from keqiao.portal.asks import FOR_CLIENTS, asks

MOST = 50


def client_home(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    shown = policy.visible(Engagement, actor).select_related("item", "consultant", "enterprise")
    rows = list(shown.order_by("-pk")[:MOST])
    running = [row for row in rows if row.state in OPEN]
    context = {
        "title": _("My engagements"),
        "asks": asks(running, waits(engagements=running, only=FOR_CLIENTS)),
        "running": [progress(row) for row in running],
        "ended": [row for row in rows if row.state not in OPEN],
    }
    return render(request, "portal/home.html", context)


def progress(row: Engagement) -> dict[str, object]:
    """How far it has come, as a number of steps: the rail on one line."""
    at = PHASES.index(phase_now(row))
    return {
        "item": row,
        "step": PHASES[at],
        "number": at + 1,
        "of": len(PHASES),
        "late": row.late_by(clock.today()),
    }


def expert_home(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    own = policy.visible(Member, actor).filter(user_id=actor.pk or 0, left_on=None)
    resource = resource_of(Member)
    todo = [
        {
            "duty": one.duty,
            "role": one.get_role_display(),
            "url": operation_url(resource, sign_undertaking, one) if resource else "",
        }
        for one in own.filter(undertaking_at=None)
    ]
    rows = list(mine(actor).select_related("item", "enterprise").order_by("stage_due_on")[:MOST])
    tasks = [
        one
        for one in waits(engagements=rows, only=("task",))
        if one.how.who == PERSON and one.person == actor.pk
    ]
    context = {
        "title": _("My engagements"),
        "todo": todo,
        "undertaking": UNDERTAKING,
        "tasks": [(one, place_of(one, do=True)) for one in tasks],
        "running": [progress(row) for row in rows],
    }
    return render(request, "portal/expert.html", context)
