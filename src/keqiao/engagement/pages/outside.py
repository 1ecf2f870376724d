"""What people outside see of engagements on their start page."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from keqiao.engagement.case.in_hand import at_work_on
from keqiao.engagement.case.phases import PHASES, Phase, phase_now
from keqiao.engagement.case.states import OPEN
from keqiao.engagement.models import Engagement, Task
from keqiao.engagement.preparation.operations.group import UNDERTAKING
from keqiao.faces.access import actor_of
from keqiao.faces.dues import asks
from keqiao.faces.portal import waiting
from keqiao.kernel.platform import clock, policy

MOST = 50
SIGN = "undertaking"  # the deadline that has a section of its own


def of_client(request: HttpRequest) -> dict[str, Any]:
    rows = policy.visible(Engagement, actor_of(request)).select_related("item", "consultant", "enterprise")
    known = list(rows.order_by("-pk")[:MOST])
    return {
        "running": [progress(row) for row in known if row.state in OPEN],
        "ended": [row for row in known if row.state not in OPEN],
    }


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far an engagement has come, as a number of phases: the rail on one line. `late` in days."""

    item: Engagement
    step: Phase
    number: int
    of: int
    late: int


def progress(row: Engagement) -> Progress:
    at = PHASES.index(phase_now(row))
    return Progress(item=row, step=PHASES[at], number=at + 1, of=len(PHASES), late=row.late_by(clock.today()))


def undertakings(request: HttpRequest) -> dict[str, Any] | None:
    """What an expert signs before anything else opens, with its text; nothing once all is signed."""
    actor = actor_of(request)
    waits = [one for one in waiting(request) if one.deadline.key == SIGN]
    todo = [(one.name, ask) for one in waits for ask in asks([one], actor)]
    return {"todo": todo, "undertaking": UNDERTAKING} if todo else None


def of_expert(request: HttpRequest) -> dict[str, Any] | None:
    """The engagements that the expert works on. Before the first undertaking is signed there is nothing to say."""
    rows = at_work_on(actor_of(request)).select_related("item", "enterprise").order_by("stage_due_on")
    running = [progress(row) for row in rows[:MOST]]
    signs_first = any(one.deadline.key == SIGN for one in waiting(request))
    return None if signs_first and not running else {"running": running}


def done_by_expert(request: HttpRequest) -> dict[str, Any] | None:
    """The tasks that this person has finished, the last first."""
    actor = actor_of(request)
    rows = policy.visible(Task, actor).filter(member__user_id=actor.pk, done_on__isnull=False)
    done = list(rows.select_related("engagement").order_by("-done_on", "-pk")[:MOST])
    return {"done": done} if done else None
