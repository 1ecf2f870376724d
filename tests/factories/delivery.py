"""6.3.4 and 6.4: staged results, deliverables accepted, the survey sent and answered."""

from typing import Any

from tests.factories import files

from keqiao.engagement.delivery.operations import delivery, delivery_changes, implementation, survey
from keqiao.engagement.delivery.surveys import satisfaction
from keqiao.engagement.models import Deliverable, Engagement, Milestone
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.actors import SYSTEM, VISITOR


def planned(one: Engagement, cast: Any, *, name: str = "申报书") -> Deliverable:
    row = delivery.DeliverableRow(name=name, due_on=clock.today(), form="Word")
    delivery.plan_deliverable(engagement=again(one), actor=cast.consultant, deliverables=[row])
    return one.deliverables.order_by("-pk").first()


def hand_over(made: Deliverable, cast: Any, *, file: Any = None) -> None:
    delivery.hand_over_deliverable(
        deliverable=again(made), actor=cast.consultant, file=file or files.pdf("申报书.pdf", mark=f"result {made.pk} {cast.mark}"),
        quality_check="逐条核对，符合约定",
    )  # fmt: skip


def accept(made: Deliverable, cast: Any) -> None:
    delivery.accept_deliverable(deliverable=again(made), actor=cast.client)


def send_back(made: Deliverable, cast: Any) -> None:
    delivery.return_deliverable(deliverable=again(made), actor=cast.client, reason="缺少附件")


def drop(made: Deliverable, cast: Any) -> None:
    delivery_changes.drop_deliverable(deliverable=again(made), actor=cast.consultant, reason="录入有误")


def stage(milestone: Milestone, cast: Any, *, file: Any = None) -> None:
    implementation.deliver_milestone(
        milestone=milestone,
        actor=cast.consultant,
        note="已核对",
        file=file or files.pdf("初稿.pdf", mark=f"stage {milestone.pk} {cast.mark}"),
    )


def stage_all(one: Engagement, cast: Any) -> None:
    for milestone in Milestone.objects.filter(engagement=one, delivered_on=None):
        stage(milestone, cast)


def deliver(one: Engagement, cast: Any) -> None:
    """The acceptance of the last deliverable delivers the engagement; what the outbox would do next is done here."""
    stage_all(one, cast)
    made = planned(one, cast)
    hand_over(made, cast)
    accept(made, cast)
    sent = survey.send_survey(engagement=again(one), actor=SYSTEM)
    survey.answer_survey(survey=sent, actor=VISITOR, scores=scores(), comment="示例意见")


def scores(points: int = 9) -> list[Any]:
    return [survey.Score(item=item.code, points=points) for item in satisfaction.load().items]


def again(row: Any) -> Any:
    return type(row).objects.get(pk=row.pk)
