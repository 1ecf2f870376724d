"""6.3.3: the service plan in versions, confirmed by the client for one version and its hash."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from keqiao.documents.payload import digest_of
from keqiao.engagement.case.models import Engagement
from keqiao.engagement.case.operations.letters import tell_client
from keqiao.engagement.case.operations.steps import keep_pdf, move_on, while_engagement
from keqiao.engagement.case.permissions import is_at_work, is_in_charge, is_its_client
from keqiao.engagement.case.states import Stage
from keqiao.engagement.preparation.models.plan import Milestone, Plan
from keqiao.engagement.preparation.papers import plan as plan_paper
from keqiao.engagement.preparation.states import PlanState
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Invalid, Missing
from keqiao.kernel.record import rows as rows_of_record
from keqiao.kernel.steps.numbering import next_number
from keqiao.kernel.steps.operation import operation
from keqiao.kernel.steps.params import Prompt
from keqiao.kernel.steps.transitions import transition


@dataclass(frozen=True)
class MilestoneRow:
    name: Annotated[str, Prompt(label=_("Milestone"), max_length=120)]
    due_on: Annotated[date, Prompt(label=_("Due on"))]
    result: Annotated[str, Prompt(label=_("Staged result"), max_length=160)] = ""


UNDER_WAY = while_engagement(Stage.PLANNING, Stage.IMPLEMENTING, clause="6.3.3")


def last_edition(engagement: Engagement) -> Plan | None:
    return engagement.plans.order_by("-edition").first()


def first_objectives(engagement: Engagement) -> str:
    last = last_edition(engagement)
    return last.objectives if last else engagement.item.objectives


def first_content(engagement: Engagement) -> str:
    last = last_edition(engagement)
    return last.content if last else ""


def template_steps(engagement: Engagement) -> list[MilestoneRow]:
    """The milestones to start from: of the version sent back, or of the item's template."""
    last = last_edition(engagement)
    if last:
        return steps_of(last)
    begin = clock.today()
    return [
        MilestoneRow(name=step.name, due_on=begin + timedelta(days=step.day), result=step.result)
        for step in engagement.item.plan_template
    ]


def steps_of(plan: Plan) -> list[MilestoneRow]:
    rows = plan.milestones.order_by("due_on", "pk")
    return [
        MilestoneRow(name=milestone.name, due_on=milestone.due_on, result=milestone.result)
        for milestone in rows
    ]


def no_plan_open(engagement: Engagement) -> list[Missing]:
    waiting = next(
        (plan for plan in engagement.plans.all() if plan.state in {PlanState.DRAFT, PlanState.SENT}), None
    )
    if waiting is None:
        return []
    return [
        Missing(
            _("Version %(n)s is still open.") % {"n": waiting.edition},
            "6.3.3",
            _("Rewrite or send it; one that was sent waits for the client's answer, or is withdrawn."),
        )
    ]


@operation(
    clause="6.3.3",
    on=Engagement,
    when=Stage.PLANNING,
    permission=is_at_work,
    label=_("Write plan"),
    guard=no_plan_open,
    primary=True,
)
def draft_plan(
    *,
    engagement: Engagement,
    actor: Actor,
    objectives: Annotated[str, Prompt(label=_("Objectives"), text_lines=4, initial=first_objectives)],
    content: Annotated[str, Prompt(label=_("Content and methods"), text_lines=8, initial=first_content)],
    begins_on: Annotated[date, Prompt(label=_("Begins on"), default_factory=clock.today)],
    milestones: Annotated[
        list[MilestoneRow], Prompt(label=_("Milestones"), min_rows=1, initial=template_steps)
    ],
) -> Plan:
    """Write the next version; the item's template is the start."""
    del actor
    return new_edition(
        engagement, objectives=objectives, content=content, begins_on=begins_on, milestones=milestones
    )


def new_edition(
    engagement: Engagement, *, objectives: str, content: str, begins_on: date, milestones: list[MilestoneRow]
) -> Plan:
    check_days(begins_on, milestones)
    last = last_edition(engagement)
    plan = Plan.objects.create(
        engagement=engagement,
        number=last.number if last else next_number(kind="plan", on=clock.today()),
        edition=last.edition + 1 if last else 1,
        objectives=objectives,
        content=content,
        begins_on=begins_on,
    )
    write_milestones(plan, milestones)
    return plan


def check_days(begins_on: date, milestones: list[MilestoneRow]) -> None:
    early = [row.name for row in milestones if row.due_on < begins_on]
    if early:
        raise Invalid(_("“%(name)s” is due before the plan begins.") % {"name": early[0]}, field="milestones")


def write_milestones(plan: Plan, rows: list[MilestoneRow]) -> None:
    """These take the place of those a draft had."""
    plan.milestones.all().delete()
    milestones = Milestone.objects.bulk_create(
        Milestone(
            engagement_id=plan.engagement_id, enterprise_id=plan.enterprise_id, level=plan.level,
            plan=plan, name=row.name, due_on=row.due_on, result=row.result,
        )
        for row in rows
    )  # fmt: skip
    rows_of_record.note(*milestones)


@operation(
    clause="6.3.3",
    on=Plan,
    when=PlanState.DRAFT,
    then=PlanState.SENT,
    permission=is_in_charge,
    label=_("Send to the client"),
    guard=UNDER_WAY,
    primary=True,
)
def send_plan(*, plan: Plan, actor: Actor) -> Plan:
    """Fix this version: from now on it is known by its hash, and the client confirms just that."""
    paper = plan_paper.plan(plan)
    plan.sha256 = digest_of(document=paper)
    plan.pdf = keep_pdf(plan.engagement, paper, f"服务方案-{plan.number}-v{plan.edition}.pdf", actor)
    plan.sent_at = clock.now()
    plan.save()
    if actor.kind != "system":  # the version that the client's own choice makes is confirmed by that choice
        tell_client(
            plan.engagement,
            subject=_("Service plan to confirm"),
            text=_(
                "A service plan waits for your confirmation. Sign in, open “Service plan” on the page of the engagement and"
                " read it; then confirm it, or send it back and say what should be different."
            ),
            key=f"plan-{plan.pk}",
        )
    return plan


@operation(
    clause="6.3.3",
    on=Plan,
    when=PlanState.SENT,
    then=PlanState.CONFIRMED,
    side_transitions={Plan: PlanState.SUPERSEDED, Engagement: Stage.IMPLEMENTING},
    permission=is_its_client,
    label=_("Confirm plan"),
    guard=UNDER_WAY,
    danger=_("You confirm this version of the plan; your name, the time and its hash are recorded."),
    primary=True,
)
def confirm_plan(
    *,
    plan: Plan,
    actor: Actor,
    sha256: Annotated[str, Prompt(label=_("Hash of the version"), max_length=64, initial=lambda p: p.sha256)],
) -> Plan:
    """The client's confirmation: who, when, which version, its hash. A hash of another version is refused."""
    if sha256 != plan.sha256:
        raise Invalid(_("This is not the version you were sent. Open the plan again."), field="sha256")
    plan.decided_by_id, plan.decided_at = actor.pk, clock.now()
    plan.save()
    supersede_earlier(plan)
    if plan.engagement.state == Stage.PLANNING:
        move_on(plan.engagement, Stage.IMPLEMENTING)
    return plan


def supersede_earlier(plan: Plan) -> None:
    for earlier in plan.engagement.plans.filter(
        edition__lt=plan.edition, state__in=[PlanState.CONFIRMED, PlanState.REJECTED]
    ):
        transition(earlier, PlanState.SUPERSEDED)


@operation(
    clause="6.3.3",
    on=Plan,
    when=PlanState.SENT,
    then=PlanState.REJECTED,
    permission=is_its_client,
    label=_("Send plan back"),
    guard=UNDER_WAY,
)
def reject_plan(
    *,
    plan: Plan,
    actor: Actor,
    reason: Annotated[str, Prompt(label=_("What should be different"), text_lines=4)],
) -> Plan:
    plan.decided_by_id, plan.decided_at, plan.reason = actor.pk, clock.now(), reason
    plan.save()
    return plan
