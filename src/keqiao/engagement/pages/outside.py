"""What people outside see of engagements on their start page."""

from typing import Any

from django.http import HttpRequest

from keqiao.engagement.case.phases import PHASES, phase_now
from keqiao.engagement.case.states import OPEN
from keqiao.engagement.dues import mine, place_of
from keqiao.engagement.models import Engagement, Member, Task
from keqiao.engagement.preparation.operations.group import UNDERTAKING, sign_undertaking
from keqiao.engagement.waits import PERSON, waits
from keqiao.faces.access import actor_of
from keqiao.faces.resource import resource_of
from keqiao.faces.web.offers import operation_url
from keqiao.kernel.platform import clock, policy
from keqiao.kernel.platform.actors import Actor

MOST = 50


def of_client(request: HttpRequest) -> dict[str, Any]:
    rows = policy.visible(Engagement, actor_of(request)).select_related("item", "consultant", "enterprise")
    known = list(rows.order_by("-pk")[:MOST])
    return {
        "running": [progress(row) for row in known if row.state in OPEN],
        "ended": [row for row in known if row.state not in OPEN],
    }


def progress(row: Engagement) -> dict[str, object]:
    """How far it has come, as a number of phases: the rail on one line."""
    at = PHASES.index(phase_now(row))
    return {
        "item": row,
        "step": PHASES[at],
        "number": at + 1,
        "of": len(PHASES),
        "late": row.late_by(clock.today()),
    }


def undertakings(request: HttpRequest) -> dict[str, Any] | None:
    """What an expert signs before anything else opens; nothing once all is signed."""
    actor, resource = actor_of(request), resource_of(Member)
    todo = [
        {
            "duty": one.duty,
            "role": one.get_role_display(),
            "url": operation_url(resource, sign_undertaking, one) if resource else "",
        }
        for one in _own_memberships(actor).filter(undertaking_at=None)
    ]
    return {"todo": todo, "undertaking": UNDERTAKING} if todo else None


def of_expert(request: HttpRequest) -> dict[str, Any] | None:
    """What the expert works on: the own open tasks first, then the engagements they belong to. Before the first undertaking
    is signed there is nothing to say."""
    actor = actor_of(request)
    rows = list(mine(actor).select_related("item", "enterprise").order_by("stage_due_on")[:MOST])
    if not rows and _own_memberships(actor).filter(undertaking_at=None).exists():
        return None
    tasks = [
        one
        for one in waits(engagements=rows, only=("task",))
        if one.how.who == PERSON and one.person == actor.pk
    ]
    return {
        "tasks": [(one, place_of(one, do=True)) for one in tasks],
        "running": [progress(row) for row in rows],
    }


def done_by_expert(request: HttpRequest) -> dict[str, Any] | None:
    """The tasks that this person has finished, the last first."""
    actor = actor_of(request)
    rows = policy.visible(Task, actor).filter(member__user_id=actor.pk, done_on__isnull=False)
    done = list(rows.select_related("engagement").order_by("-done_on", "-pk")[:MOST])
    return {"done": done} if done else None


def _own_memberships(actor: Actor) -> Any:
    return policy.visible(Member, actor).filter(user_id=actor.pk or 0, left_on=None)
