"""6.3.3: a version of the plan is rewritten before it is sent, or withdrawn before the client answers."""

from datetime import date
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from keqiao.engagement.case.operations.letters import tell_client
from keqiao.engagement.case.permissions import is_at_work, is_in_charge
from keqiao.engagement.preparation.models.plan import Plan
from keqiao.engagement.preparation.operations.plan import (
    UNDER_WAY,
    MilestoneRow,
    check_days,
    steps_of,
    write_milestones,
)
from keqiao.engagement.preparation.states import PlanState
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.steps.operation import operation
from keqiao.kernel.steps.params import Prompt


@operation(
    clause="6.3.3",
    on=Plan,
    when=PlanState.DRAFT,
    permission=is_at_work,
    label=_("Rewrite plan"),
    guard=UNDER_WAY,
)
def rewrite_plan(
    *,
    plan: Plan,
    actor: Actor,
    objectives: Annotated[str, Prompt(label=_("Objectives"), text_lines=4, initial=lambda p: p.objectives)],
    content: Annotated[
        str, Prompt(label=_("Content and methods"), text_lines=8, initial=lambda p: p.content)
    ],
    begins_on: Annotated[date, Prompt(label=_("Begins on"), initial=lambda p: p.begins_on)],
    milestones: Annotated[list[MilestoneRow], Prompt(label=_("Milestones"), min_rows=1, initial=steps_of)],
) -> Plan:
    """The same version, written anew: nobody outside has read it, and it has no hash yet."""
    del actor
    check_days(begins_on, milestones)
    plan.objectives, plan.content, plan.begins_on = objectives, content, begins_on
    plan.save()
    write_milestones(plan, milestones)
    return plan


@operation(
    clause="6.3.3",
    on=Plan,
    when=PlanState.SENT,
    then=PlanState.WITHDRAWN,
    permission=is_in_charge,
    label=_("Withdraw plan"),
    guard=UNDER_WAY,
    danger=_(
        "The client can no longer confirm this version, is told and reads the reason. "
        "The next version starts from its text."
    ),
)
def recall_plan(
    *, plan: Plan, actor: Actor, reason: Annotated[str, Prompt(label=_("Reason"), text_lines=3)]
) -> Plan:
    """Before the client has answered. It doesn't go back to writing: what was read under this hash stays what it was, and
    what is written next is the next version."""
    plan.decided_by_id, plan.decided_at, plan.reason = actor.pk, clock.now(), reason
    plan.save()
    tell_client(
        plan.engagement,
        subject=_("Plan withdrawn"),
        text=_("The plan you were asked to confirm was withdrawn. Sign in to read why."),
        key=f"plan-withdrawn-{plan.pk}",
    )
    return plan
