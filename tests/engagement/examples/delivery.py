"""6.3.4 and 6.4: guidance to adjustments, deliverables, survey, complaints."""

from tests.engagement import delivered_rows
from tests.every_operation.example import AT_WORK, CLIENT, IN_CHARGE, NOBODY, VISITOR, example
from tests.factories import delivery, files

from keqiao.engagement.case.states import Stage
from keqiao.engagement.delivery.operations.delivery import DeliverableRow
from keqiao.engagement.models import Channel, ComplaintChannel, ComplaintKind, Engagement
from keqiao.kernel.platform import clock


def unasked(world, state):
    """A delivery whose survey has not gone out; in the archived case nobody ever sent one."""
    one = world.of(Engagement, "unasked")
    if state != one.state:
        Engagement.objects.filter(pk=one.pk).update(state=state)
    return one


def staged(world, _state):
    """Everything is accepted, and the staged result came last."""
    one = world.of(Engagement, Stage.IMPLEMENTING)
    made = delivery.planned(one, world.cast)
    delivery.hand_over(made, world.cast)
    delivery.accept(made, world.cast)
    delivery.stage_all(one, world.cast)
    return one


def guidance(world, _subject):
    return {
        "given_on": clock.today(),
        "channel": Channel.PHONE,
        "question": "如何归集？",
        "advice": "按项目归集",
    }


def complaint(world, _subject):
    return {"kind": ComplaintKind.SUGGESTION, "text": "希望早些通知", "channel": ComplaintChannel.PHONE}


def offer(world, _subject):
    return {"reason": "政策调整", "basis": "示例通知", "options": delivered_rows.OPTIONS}


def milestone(world, _subject):
    return {"note": "已核对", "file": files.pdf("初稿.pdf", mark="stage")}


def promised(world, _subject):
    return {"deliverables": [DeliverableRow(name="测评报告", due_on=clock.today(), form="PDF")]}


def other_promise(world, _subject):
    return {"deliverables": [DeliverableRow(name="另一份报告", due_on=clock.today(), form="PDF")]}


def handed(world, _subject):
    return {"file": files.pdf("申报书.pdf", mark="result"), "quality_check": "逐条核对，符合约定"}


example("log_guidance", by="consultant", allowed=AT_WORK, asked_in=Stage.IMPLEMENTING, values=guidance)
example(
    "add_working_data", by="consultant", allowed=AT_WORK, asked_in=Stage.IMPLEMENTING,
    values=lambda w, s: {"name": "示例台账", "analysis": "已整理"},
)  # fmt: skip
example(
    "send_progress_report", by="consultant", allowed=AT_WORK, asked_in=Stage.IMPLEMENTING,
    values=lambda w, s: {"done": "完成初稿", "next_steps": "内审"},
)  # fmt: skip
example(
    "engage_partner", by="consultant", allowed=AT_WORK, asked_in=Stage.IMPLEMENTING,
    values=lambda w, s: {"name": "示例检测机构", "service": "检测"},
)  # fmt: skip
example("deliver_milestone", by="member", allowed=AT_WORK, values=milestone)
example("offer_adjustment", by="consultant", allowed=IN_CHARGE, values=offer)
example(
    "choose_adjustment", by="client", allowed=CLIENT, nested=("send_plan", "confirm_plan"),
    values=lambda w, s: {"option": s.options.order_by("pk").first()},
    others=lambda w, s: {"option": s.options.order_by("pk").last()},
)  # fmt: skip
example("withdraw_adjustment", by="consultant", allowed=IN_CHARGE, values=lambda w, s: {"reason": "不再需要"})
example("plan_deliverable", by="consultant", allowed=IN_CHARGE, values=promised, others=other_promise)
example(
    "change_deliverable", by="consultant", allowed=IN_CHARGE,
    values=lambda w, s: {"name": "测评报告（定稿）", "due_on": clock.today(), "form": "Word"},
)  # fmt: skip
example("drop_deliverable", by="consultant", allowed=IN_CHARGE, values=lambda w, s: {"reason": "录入有误"})
example("hand_over_deliverable", by="member", allowed=AT_WORK, values=handed)
example("accept_deliverable", by="client", allowed=CLIENT)
example("return_deliverable", by="client", allowed=CLIENT, values=lambda w, s: {"reason": "缺少附件"})
example("finish_delivery", by="consultant", allowed=IN_CHARGE, subject=staged)
example(
    "file_complaint",
    by="client",
    allowed=AT_WORK | CLIENT,
    subject=lambda w, _s: w.of(Engagement, Stage.IMPLEMENTING),
    values=complaint,
)
example("answer_complaint", by="consultant", allowed=IN_CHARGE, values=lambda w, s: {"answer": "已增派人手"})
example(
    "send_survey", by="system", allowed=NOBODY, subject=unasked,
    not_exposed="goes out by itself on delivery, from the outbox",
)  # fmt: skip
example(
    "resend_survey", by="consultant", allowed=IN_CHARGE, values=lambda w, s: {"email": "client@example.com"}
)
example(
    "answer_survey", by="visitor", allowed=VISITOR | CLIENT, values=lambda w, s: {"scores": delivery.scores(), "comment": "示例意见"},
    not_exposed="the page behind the secret link takes it, for someone without an account",
)  # fmt: skip
