"""Rows of 6.3.4 and 6.4 in every state, each engagement still in implementation unless a state says otherwise."""

from typing import Any

from tests.factories import delivery
from tests.factories.engagements import Cast, engagement, fresh

from keqiao.engagement.case.states import Stage
from keqiao.engagement.delivery.operations import adjustment, complaint, implementation, survey
from keqiao.engagement.delivery.states import AdjustmentState, ComplaintState, DeliverableState
from keqiao.engagement.models import Channel, ComplaintKind, ContractText, Engagement
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.actors import SYSTEM


def fill(world: Any) -> None:
    cast = world.cast
    one = engagement(cast, state=Stage.IMPLEMENTING, title="示例实施中的委托")
    deliverables(world, one, cast)
    complaints(world, one, cast)
    records(world, one, cast)
    adjustments(world, cast)
    ended(world, cast)


def fill_lean(world: Any) -> None:
    cast = world.cast
    one = world.of(Engagement, Stage.IMPLEMENTING)
    world.put(delivery.planned(one, cast), DeliverableState.PLANNED)
    complaints(world, one, cast)
    records(world, one, cast)
    made = offered(one, cast)
    world.put(made, AdjustmentState.OFFERED)
    world.put(made.options.order_by("pk").first())
    world.put(world.of(Engagement, Stage.ARCHIVED).surveys.get())


def deliverables(world: Any, one: Engagement, cast: Cast) -> None:
    for state, steps in {
        DeliverableState.PLANNED: (),
        DeliverableState.HANDED_OVER: (delivery.hand_over,),
        DeliverableState.RETURNED: (delivery.hand_over, delivery.send_back),
        DeliverableState.ACCEPTED: (delivery.hand_over, delivery.accept),
        DeliverableState.DROPPED: (delivery.drop,),
    }.items():
        made = delivery.planned(one, cast, name=f"示例成果 {state}")
        for step in steps:
            step(made, cast)
        world.put(made, state)


def complaints(world: Any, one: Engagement, cast: Cast) -> None:
    for state in ComplaintState.values:
        made = complaint.file_complaint(
            engagement=one, actor=cast.client, kind=ComplaintKind.COMPLAINT, text="进度慢"
        )
        if state == ComplaintState.ANSWERED:
            complaint.answer_complaint(complaint=fresh(made), actor=cast.consultant, answer="已增派人手")
        world.put(made, state)


def records(world: Any, one: Engagement, cast: Cast) -> None:
    by = {"engagement": one, "actor": cast.consultant}
    world.put(
        implementation.log_guidance(
            **by, given_on=clock.today(), channel=Channel.PHONE, question="如何归集？", advice="按项目归集"
        )
    )
    world.put(implementation.add_working_data(**by, name="示例台账", analysis="已整理"))
    world.put(implementation.send_progress_report(**by, done="完成初稿", next_steps="内审"))
    world.put(implementation.engage_partner(**by, name="示例检测机构", service="检测", undertaking=True))


OPTIONS = [
    adjustment.OptionRow(name="延期", text="延后一个月"),
    adjustment.OptionRow(name="减项", text="不做附件三"),
]


def offered(one: Engagement, cast: Cast) -> Any:
    return adjustment.offer_adjustment(
        engagement=one, actor=cast.consultant, reason="政策调整", basis="示例通知", options=OPTIONS
    )


def adjustments(world: Any, cast: Cast) -> None:
    for state in AdjustmentState.values:
        made = offered(engagement(cast, state=Stage.IMPLEMENTING), cast)
        if state == AdjustmentState.CHOSEN:
            adjustment.choose_adjustment(
                adjustment=fresh(made), actor=cast.client, option=made.options.order_by("pk").first()
            )
        if state == AdjustmentState.DROPPED:
            adjustment.withdraw_adjustment(adjustment=fresh(made), actor=cast.consultant, reason="不再需要")
        world.put(made, state)
    world.put(made.options.order_by("pk").first())


def ended(world: Any, cast: Cast) -> None:
    """A delivery whose survey is not answered yet, and one that has not gone out."""
    for state in ("unasked", "unanswered"):
        one = engagement(cast, state=Stage.IMPLEMENTING)
        delivery.stage_all(one, cast)
        made = delivery.planned(one, cast)
        delivery.hand_over(made, cast)
        delivery.accept(made, cast)
        world.put(fresh(one), state)
    world.put(survey.send_survey(engagement=fresh(one), actor=SYSTEM))


def reference(world: Any) -> None:
    world.put(limit())
    world.put(ContractText.objects.create(item=world.cast.item, letter="h", text="示例验收条款"))


def limit() -> Any:
    from keqiao.engagement.models import StageLimit

    return StageLimit.objects.get(state=Stage.DRAFT)
