"""Plans, progress and adjustments into papers."""

from datetime import date, datetime

from django.utils import timezone

from keqiao.documents import data
from keqiao.engagement import papers
from keqiao.engagement.case.states import PlanState
from keqiao.engagement.models import Adjustment, Engagement, Milestone, Plan, ProgressReport
from keqiao.kernel.platform import clock


def contract_number(engagement: Engagement) -> str:
    return engagement.contracts.values_list("number", flat=True).first() or ""


def plan(plan: Plan) -> data.PlanData:
    """One version as the client is asked to confirm it; what is decided later is not part of its hash."""
    return data.PlanData(
        head=papers.head(plan.number, version=plan.edition, on=plan.begins_on),
        client=papers.client(plan.engagement),
        institution=papers.ours(),
        engagement=papers.titled(plan.engagement),
        contract_number=contract_number(plan.engagement),
        goals=plan.objectives,
        sections=(data.Section(title="内容与方法", text=plan.content),),
        milestones=tuple(
            data.Milestone(name=one.name, result=one.result, due_on=one.due_on)
            for one in plan.milestones.order_by("due_on", "pk")
        ),
    )


def progress(report: ProgressReport) -> data.ProgressData:
    engagement, today = report.engagement, timezone.localdate(report.sent_at)
    earlier = engagement.progressreports.filter(pk__lt=report.pk).order_by("-pk")
    return data.ProgressData(
        head=papers.head(f"{engagement.number}-JZ{earlier.count() + 1}", on=today),
        client=papers.client(engagement),
        institution=papers.ours(),
        engagement=papers.titled(engagement),
        contract_number=contract_number(engagement),
        period_from=period_from(engagement, earlier.values_list("sent_at", flat=True).first(), today),
        period_to=today,
        done=report.done,
        milestones=milestones(engagement, today),
        problems=report.problems,
        next_steps=report.next_steps,
    )


def period_from(engagement: Engagement, last: datetime | None, today: date) -> date:
    """Since the last report; the first one since the contract began."""
    begun = engagement.contracts.values_list("begins_on", flat=True).first() or engagement.stage_since
    return timezone.localdate(last) if last else min(begun, today)


def milestones(engagement: Engagement, today: date) -> tuple[data.Milestone, ...]:
    current = engagement.plans.filter(state=PlanState.CONFIRMED).order_by("-edition").first()
    if current is None:
        return ()
    return tuple(milestone(one, today) for one in current.milestones.order_by("due_on", "pk"))


def milestone(one: Milestone, today: date) -> data.Milestone:
    state = "late" if one.due_on < today else "under_way"
    return data.Milestone(
        name=one.name,
        result=one.result,
        due_on=one.due_on,
        delivered_on=one.delivered_on,
        state="done" if one.delivered_on else state,  # type: ignore[arg-type]
    )


def adjustment(row: Adjustment, *, plan: Plan) -> data.AdjustmentData:
    engagement = row.engagement
    number = engagement.adjustments.filter(pk__lte=row.pk).count()
    return data.AdjustmentData(
        head=papers.head(f"{engagement.number}-TZ{number}", on=clock.today()),
        client=papers.client(engagement),
        institution=papers.ours(),
        engagement=papers.titled(engagement),
        plan_number=plan.number,
        plan_version=plan.edition,
        cause=f"{row.reason}\n{row.basis}",
        options=tuple(
            data.Option(
                name=one.name, text=one.text, effect_on_time=f"至 {one.ends_on}" if one.ends_on else ""
            )
            for one in row.options.order_by("pk")
        ),
        choice=choice(row),
    )


def choice(row: Adjustment) -> data.Choice | None:
    if row.chosen is None or row.chosen_by is None or row.chosen_at is None:
        return None
    return data.Choice(option=row.chosen.name, by=row.chosen_by.name, at=timezone.localtime(row.chosen_at))
