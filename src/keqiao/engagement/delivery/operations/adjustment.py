"""6.3.4 f: adjusted plans for the client to choose. The choice makes the next version of the plan.

The option's text is added to the confirmed version, and staged results delivered so far go along with their
days. Where the option names a new end, all milestones still to deliver move by the same number of days: the
last falls on it, and so do the deliverables that were due on an earlier end. The new version is sent and
confirmed by the same act: the client has read the option and chosen it, so the record has the confirmation of
that version and its hash, under the client's name.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any

from django.utils.translation import gettext_lazy as _

from keqiao.engagement.case.models import Engagement
from keqiao.engagement.case.operations.letters import tell_client
from keqiao.engagement.case.operations.steps import keep_pdf, while_engagement
from keqiao.engagement.case.permissions import is_in_charge, is_its_client
from keqiao.engagement.case.states import Stage
from keqiao.engagement.delivery.operations.delivery_changes import follow_adjusted_end
from keqiao.engagement.delivery.papers import adjustment as adjustment_paper
from keqiao.engagement.delivery.states import AdjustmentState
from keqiao.engagement.preparation.models.plan import Adjustment, AdjustmentOption, Milestone, Plan
from keqiao.engagement.preparation.operations.plan import confirm_plan, new_edition, send_plan
from keqiao.engagement.preparation.states import PlanState
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.actors import SYSTEM, Actor
from keqiao.kernel.platform.errors import Invalid, Missing
from keqiao.kernel.record import rows
from keqiao.kernel.steps.operation import operation
from keqiao.kernel.steps.params import Prompt

CARRIED = ("name", "due_on", "result", "delivered_on", "note", "blob_id")  # what a milestone takes along


@dataclass(frozen=True)
class OptionRow:
    name: Annotated[str, Prompt(label=_("Option"), max_length=120)]
    text: Annotated[str, Prompt(label=_("What it means"), text_lines=3)]
    ends_on: Annotated[date | None, Prompt(label=_("Would end on"))] = None


def confirmed_plan(engagement: Engagement) -> Plan | None:
    plans = [plan for plan in engagement.plans.all() if plan.state == PlanState.CONFIRMED]
    return max(plans, key=lambda plan: plan.edition, default=None)


def may_be_adjusted(engagement: Engagement) -> list[Missing]:
    if confirmed_plan(engagement) is None:
        said = _("There is no confirmed plan to adjust.")
        return [Missing(said, "6.3.3", _("The client confirms a version first."))]
    if any(adjustment.state == AdjustmentState.OFFERED for adjustment in engagement.adjustments.all()):
        said = _("An adjustment still waits for the client's choice.")
        return [Missing(said, "6.3.4.f", _("Wait for the choice, or withdraw it."))]
    return []


@operation(
    clause="6.3.4.f",
    on=Engagement,
    when=Stage.IMPLEMENTING,
    permission=is_in_charge,
    label=_("Offer adjusted plans"),
    guard=may_be_adjusted,
)
def offer_adjustment(
    *,
    engagement: Engagement,
    actor: Actor,
    reason: Annotated[str, Prompt(label=_("Why the plan must change"), text_lines=3)],
    basis: Annotated[str, Prompt(label=_("Policy or data it rests on"), text_lines=3)],
    options: Annotated[list[OptionRow], Prompt(label=_("Options"), min_rows=2)],
) -> Adjustment:
    """Two options or more, so that the client really chooses."""
    check_options(options)
    adjustment = Adjustment.objects.create(engagement=engagement, reason=reason, basis=basis)
    for row in options:
        AdjustmentOption.objects.create(
            engagement=engagement, adjustment=adjustment, name=row.name, text=row.text, ends_on=row.ends_on
        )
    keep_paper(adjustment, actor)
    tell_client(
        engagement,
        subject=_("Choose how to go on"),
        text=_(
            "The plan has to change, and we offer you options. Sign in, open “Choose how to go on” on the page of the"
            " engagement, read what each option means, and choose one."
        ),
        key=f"adjustment-{adjustment.pk}",
    )
    return adjustment


def check_options(options: list[OptionRow]) -> None:
    if len(options) < 2:  # noqa: PLR2004 - fewer would be no choice
        raise Invalid(_("Offer at least two options."), field="options")
    if len({row.name.strip() for row in options}) < len(options):
        raise Invalid(_("Two options have the same name."), field="options")
    for row in options:
        if row.ends_on and row.ends_on < clock.today():
            raise Invalid(_("The end of “%(name)s” lies in the past.") % {"name": row.name}, field="options")


def keep_paper(adjustment: Adjustment, actor: Actor, plan: Plan | None = None) -> None:
    plan = plan or confirmed_plan(adjustment.engagement)
    assert plan is not None
    paper = adjustment_paper.adjustment(adjustment, plan=plan)
    name = f"调整方案-{paper.head.number}.pdf"
    adjustment.pdf = keep_pdf(adjustment.engagement, paper, name, actor)
    adjustment.save()


def options_of(rows: Any, adjustment: Adjustment) -> Any:
    return rows.filter(adjustment=adjustment).order_by("pk")


IMPLEMENTED = while_engagement(Stage.IMPLEMENTING, clause="6.3.4.f")


@operation(
    clause="6.3.4.f",
    on=Adjustment,
    when=AdjustmentState.OFFERED,
    then=AdjustmentState.CHOSEN,
    permission=is_its_client,
    label=_("Choose an option"),
    guard=IMPLEMENTED,
    danger=_(
        "Your choice makes the next version of the plan and confirms it; your name and the time are recorded."
    ),
    primary=True,
)
def choose_adjustment(
    *,
    adjustment: Adjustment,
    actor: Actor,
    option: Annotated[AdjustmentOption, Prompt(label=_("Option"), narrow=options_of)],
) -> Adjustment:
    check_choice(adjustment, option)
    before = confirmed_plan(adjustment.engagement)
    assert before is not None, (
        "an adjustment is offered on a confirmed plan, which only the next version supersedes"
    )
    adjustment.chosen, adjustment.chosen_by_id, adjustment.chosen_at = option, actor.pk, clock.now()
    keep_paper(adjustment, actor, before)
    plan = adjusted_plan(before, option)
    send_plan(plan=plan, actor=SYSTEM)
    confirm_plan(plan=plan, actor=actor, sha256=plan.sha256)
    if option.ends_on:
        follow_adjusted_end(before.engagement, ends=ends_of(before), after=option.ends_on)
    adjustment.next_plan = plan
    adjustment.save()
    return adjustment


def check_choice(adjustment: Adjustment, option: AdjustmentOption) -> None:
    if option.adjustment_id != adjustment.pk:
        raise Invalid(_("This option belongs to another adjustment."), field="option")
    if option.ends_on and option.ends_on < clock.today():
        said = _("The end this option names has passed.")
        raise Invalid(
            said, field="option", remedy=_("Choose another, or ask the institution for a new offer.")
        )


def adjusted_plan(before: Plan, option: AdjustmentOption) -> Plan:
    plan = new_edition(
        before.engagement,
        objectives=before.objectives,
        content=f"{before.content}\n\n{option.name}\n{option.text}",
        begins_on=before.begins_on,
        milestones=[],
    )
    shift = days_to_move(before, option.ends_on)
    milestones = Milestone.objects.bulk_create(
        carried(milestone, plan, shift) for milestone in before.milestones.order_by("due_on", "pk")
    )
    rows.note(*milestones)
    return plan


def ends_of(plan: Plan) -> set[date]:
    """The last day of the plan, and that of the contract."""
    last = plan.milestones.order_by("-due_on").values_list("due_on", flat=True)[:1]
    return {*last, *plan.engagement.contracts.values_list("ends_on", flat=True)}


def days_to_move(plan: Plan, ends_on: date | None) -> timedelta:
    """How far the milestones still to deliver move: the last of them to the new end."""
    last = plan.milestones.filter(delivered_on__isnull=True).order_by("-due_on").first()
    return ends_on - last.due_on if ends_on and last else timedelta()


def carried(milestone: Milestone, plan: Plan, shift: timedelta) -> Milestone:
    values = {name: getattr(milestone, name) for name in CARRIED}
    if shift and milestone.delivered_on is None:
        values["due_on"] = max(milestone.due_on + shift, clock.today())
    return Milestone(
        engagement_id=milestone.engagement_id,
        enterprise_id=milestone.enterprise_id,
        level=milestone.level,
        plan=plan,
        **values,
    )


@operation(
    clause="6.3.4.f",
    on=Adjustment,
    when=AdjustmentState.OFFERED,
    then=AdjustmentState.DROPPED,
    permission=is_in_charge,
    label=_("Withdraw the offer"),
    danger=_("The client can no longer choose; a new offer can be made."),
)
def withdraw_adjustment(
    *,
    adjustment: Adjustment,
    actor: Actor,
    reason: Annotated[str, Prompt(label=_("Reason"), text_lines=2, visible_to_client=True)],
) -> Adjustment:
    del actor, reason  # the record holds it
    return adjustment
