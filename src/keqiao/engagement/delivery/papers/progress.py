"""6.3.4 c: progress report."""

from dataclasses import dataclass
from datetime import date, datetime

from keqiao.documents.parts import Head, Party
from keqiao.documents.registry import paper
from keqiao.engagement.case.models import Engagement
from keqiao.engagement.case.papers import common
from keqiao.engagement.delivery.models.implementation import ProgressReport
from keqiao.engagement.preparation.models.plan import Milestone
from keqiao.engagement.preparation.papers.plan import MilestoneLine
from keqiao.engagement.preparation.states import PlanState
from keqiao.kernel.platform import clock


@paper("progress")
@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressData:
    head: Head
    client: Party
    institution: Party
    engagement: str
    contract_number: str
    period_from: date
    period_to: date
    done: str
    milestones: tuple[MilestoneLine, ...] = ()
    findings: str = ""
    problems: str = ""
    next_steps: str = ""
    wanted_from_client: str = ""


def progress(report: ProgressReport) -> ProgressData:
    engagement, today = report.engagement, clock.day_of(report.sent_at)
    earlier = engagement.progressreports.filter(pk__lt=report.pk).order_by("-pk")
    return ProgressData(
        head=common.head(f"{engagement.number}-JZ{earlier.count() + 1}", on=today),
        client=common.client(engagement),
        institution=common.ours(),
        engagement=common.titled(engagement),
        contract_number=common.contract_number(engagement),
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
    return clock.day_of(last) if last else min(begun, today)


def milestones(engagement: Engagement, today: date) -> tuple[MilestoneLine, ...]:
    current = engagement.plans.filter(state=PlanState.CONFIRMED).order_by("-edition").first()
    if current is None:
        return ()
    return tuple(milestone(row, today) for row in current.milestones.order_by("due_on", "pk"))


def milestone(row: Milestone, today: date) -> MilestoneLine:
    state = "late" if row.due_on < today else "under_way"
    return MilestoneLine(
        name=row.name,
        result=row.result,
        due_on=row.due_on,
        delivered_on=row.delivered_on,
        state="done" if row.delivered_on else state,  # type: ignore[arg-type]
    )
