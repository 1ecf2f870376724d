"""The start page of a client user and of an expert."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from keqiao.engagement.case.in_hand import at_work_on
from keqiao.engagement.case.phases import PHASES, phase_now
from keqiao.engagement.case.states import OPEN
from keqiao.engagement.models import Engagement
from keqiao.engagement.preparation.operations.group import UNDERTAKING
from keqiao.faces.access import actor_of
from keqiao.faces.dues import asks
from keqiao.kernel.platform import clock, policy
from keqiao.kernel.steps.deadlines.reading import waiting_for

MOST = 50
SIGN = "undertaking"


def client_home(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    shown = policy.visible(Engagement, actor).select_related("item", "consultant", "enterprise")
    rows = list(shown.order_by("-pk")[:MOST])
    running = [row for row in rows if row.state in OPEN]
    context = {
        "title": _("My engagements"),
        "asks": asks(waiting_for(actor), actor),
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
    """What is asked of the expert. Undertakings stand apart, with their text: what they open isn't seen before."""
    actor = actor_of(request)
    found = waiting_for(actor)
    rows = list(at_work_on(actor).select_related("item", "enterprise").order_by("stage_due_on")[:MOST])
    context = {
        "title": _("My engagements"),
        "todo": [(one.name, ask) for one in found if one.deadline.key == SIGN for ask in asks([one], actor)],
        "undertaking": UNDERTAKING,
        "asks": asks((one for one in found if one.deadline.key != SIGN), actor),
        "running": [progress(row) for row in rows],
    }
    return render(request, "portal/expert.html", context)
