"""6.3.4 and 6.4: guidance to adjustments, deliverables, survey, complaints."""

from tests.engagement import delivered_rows
from tests.engagement.lacking import NO_INSTITUTION, still_to_come, while_in
from tests.every_operation.example import AT_WORK, CLIENT, IN_CHARGE, NOBODY, VISITOR, example
from tests.every_operation.lacking import lacks
from tests.factories import delivery, files
from tests.factories import engagements as e

from keqiao.engagement.case.states import Stage
from keqiao.engagement.contracting.states import ContractState
from keqiao.engagement.delivery.operations.adjustment import OptionRow
from keqiao.engagement.delivery.operations.delivery import DeliverableRow, check_to_fill
from keqiao.engagement.delivery.operations.survey import Score
from keqiao.engagement.models import (
    Adjustment,
    AdjustmentOption,
    Channel,
    ComplaintChannel,
    ComplaintKind,
    Engagement,
    Milestone,
    Plan,
    Survey,
)
from keqiao.engagement.preparation.states import PlanState
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.levels import Level


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


STOPPED = while_in(Stage.SUSPENDED, "6.4.1")
HEARD = lacks(
    "This survey has been answered.",
    "6.4.2",
    settled=True,
    rows=lambda w, s: Survey.objects.filter(pk=s.pk).update(answered_at=clock.now()),
)
POINTS = "Give each question a number from 1 to 10."
EITHER = "Give either a file or a record of the client."
CHECKED = "Say what was checked against element h, and what was found."


LATER = "The contract ends on 2026-06-01; it promises this no later."  # 91 days after 2 March
AGREE = "Agree on a later end by an amendment (6.2 i)."


def option(name, ends=None):
    return OptionRow(name=name, text="示例", ends_on=e.days(ends) if ends is not None else None)


def offered(says, *options):
    return lacks(says, field="options", values=lambda w, s: {"options": [option(*one) for one in options]})


def offer_another(world, engagement):
    Adjustment.objects.create(engagement=engagement, reason="示例", basis="示例")


def option_of_another(world, adjustment):
    other = Adjustment.objects.exclude(pk=adjustment.pk).first()
    return {"option": other.options.first()}


def outlived(world, adjustment):
    AdjustmentOption.objects.filter(adjustment=adjustment).update(ends_on=e.days(-1))


def plan_of(milestone, state):
    Plan.objects.filter(pk=milestone.plan_id).update(state=state)


def scored(says, scores, field=""):
    return lacks(says, field=field, values={"scores": scores})


example(
    "log_guidance",
    by="consultant",
    allowed=AT_WORK,
    asked_in=Stage.IMPLEMENTING,
    values=guidance,
    lacking=(still_to_come("given_on", "Guidance that is still to come can't be logged."),),
)
example(
    "add_working_data", by="consultant", allowed=AT_WORK, asked_in=Stage.IMPLEMENTING,
    values=lambda w, s: {"name": "示例台账", "analysis": "已整理"},
)  # fmt: skip
example(
    "send_progress_report", by="consultant", allowed=AT_WORK, asked_in=Stage.IMPLEMENTING,
    values=lambda w, s: {"done": "完成初稿", "next_steps": "内审"},
    lacking=(NO_INSTITUTION,),
)  # fmt: skip
example(
    "engage_partner", by="consultant", allowed=AT_WORK, asked_in=Stage.IMPLEMENTING,
    values=lambda w, s: {"name": "示例检测机构", "service": "检测", "undertaking": False},
    lacking=(
        lacks(
            "This engagement is confidential: agree confidentiality with the partner body first (4.1.5).",
            field="undertaking",
            rows=lambda w, s: Engagement.objects.filter(pk=s.pk).update(level=Level.TRADE_SECRET),
        ),
    ),
)  # fmt: skip
example(
    "deliver_milestone",
    by="member",
    allowed=AT_WORK,
    values=milestone,
    lacking=(
        while_in(Stage.SUSPENDED, "6.3.4.d"),
        lacks(
            "This staged result is delivered already.",
            "6.3.4.d",
            settled=True,
            rows=lambda w, s: Milestone.objects.filter(pk=s.pk).update(delivered_on=clock.today()),
        ),
        lacks(
            "This milestone belongs to a version of the plan that is not the confirmed one.",
            "6.3.4.d",
            "Open the milestone of the confirmed version.",
            rows=lambda w, s: plan_of(s, PlanState.SUPERSEDED),
        ),
        lacks("The plan promises “初稿” here; add the file.", field="file", values={"file": None}),
    ),
)
example(
    "offer_adjustment",
    by="consultant",
    allowed=IN_CHARGE,
    values=offer,
    lacking=(
        lacks(
            "There is no confirmed plan to adjust.",
            "6.3.3",
            "The client confirms a version first.",
            rows=lambda w, s: s.plans.update(state=PlanState.SENT),
        ),
        lacks(
            "An adjustment still waits for the client's choice.",
            "6.3.4.f",
            "Wait for the choice, or withdraw it.",
            rows=offer_another,
        ),
        offered("Offer at least two options.", ("延期",)),
        offered("Two options have the same name.", ("延期",), ("延期 ",)),
        offered("The end of “减项” lies in the past.", ("延期", 30), ("减项", -1)),
        NO_INSTITUTION,
    ),
)
example(
    "choose_adjustment", by="client", allowed=CLIENT, nested=("send_plan", "confirm_plan"),
    values=lambda w, s: {"option": s.options.order_by("pk").first()},
    others=lambda w, s: {"option": s.options.order_by("pk").last()},
    lacking=(
        while_in(Stage.SUSPENDED, "6.3.4.f"),
        lacks("This option belongs to another adjustment.", field="option", values=option_of_another),
        lacks(
            "The end this option names has passed.", "", "Choose another, or ask the institution for a new offer.",
            field="option", rows=outlived,
        ),
        NO_INSTITUTION,
    ),
)  # fmt: skip
example("withdraw_adjustment", by="consultant", allowed=IN_CHARGE, values=lambda w, s: {"reason": "不再需要"})
example("plan_deliverable", by="consultant", allowed=IN_CHARGE, values=promised, others=other_promise)
example(
    "change_deliverable", by="consultant", allowed=IN_CHARGE,
    values=lambda w, s: {"name": "测评报告（定稿）", "due_on": clock.today(), "form": "Word"},
    lacking=(
        STOPPED,
        lacks(LATER, "", AGREE, field="due_on", values=lambda w, s: {"due_on": e.days(92)}),
    ),
)  # fmt: skip
example(
    "drop_deliverable",
    by="consultant",
    allowed=IN_CHARGE,
    values=lambda w, s: {"reason": "录入有误"},
    lacking=(STOPPED,),
)
example(
    "hand_over_deliverable",
    by="member",
    allowed=AT_WORK,
    values=handed,
    lacking=(
        STOPPED,
        lacks(
            "The contract is not signed.",
            "6.2",
            "Store the signed copy first.",
            rows=lambda w, s: s.engagement.contracts.update(state=ContractState.SENT),
        ),
        lacks(CHECKED, field="quality_check", values=lambda w, s: {"quality_check": check_to_fill(s)}),
        lacks(EITHER, field="file", values={"file": None}),
        lacks(EITHER, field="file", values={"record": "enterprises.patent:1"}),
        lacks(
            "Choose a record of this client.",
            field="record",
            values={"file": None, "record": "enterprises.patent:1"},
        ),
        NO_INSTITUTION,
    ),
)
example("accept_deliverable", by="client", allowed=CLIENT, lacking=(STOPPED, NO_INSTITUTION))
example(
    "return_deliverable",
    by="client",
    allowed=CLIENT,
    values=lambda w, s: {"reason": "缺少附件"},
    lacking=(STOPPED, NO_INSTITUTION),
)
example(
    "finish_delivery",
    by="consultant",
    allowed=IN_CHARGE,
    subject=staged,
    lacking=(
        lacks(
            "“申报书” is not accepted: Awaiting acceptance.",
            "6.4.1",
            "The client accepts it once it is handed over.",
            rows=lambda w, s: s.deliverables.update(state="handed_over"),
        ),
        lacks(
            "No deliverable is planned.",
            "6.4.1",
            "Plan what the contract promises.",
            rows=lambda w, s: s.deliverables.update(state="dropped"),
        ),
        lacks(
            "The staged result “材料初稿” is not delivered.",
            "6.3.4.d",
            "Deliver it.",
            rows=lambda w, s: s.milestones.update(delivered_on=None),
        ),
    ),
)
example(
    "file_complaint",
    by="client",
    allowed=AT_WORK | CLIENT,
    subject=lambda w, _s: w.of(Engagement, Stage.IMPLEMENTING),
    values=complaint,
    lacking=(
        lacks(
            "Say by which channel the client told you.",
            field="channel",
            by="consultant",
            values={"channel": ComplaintChannel.PORTAL},
        ),
        lacks(
            "Say by which channel the client told you.",
            field="channel",
            by="expert",
            values={"channel": ComplaintChannel.SURVEY},
        ),
    ),
)
example("answer_complaint", by="consultant", allowed=IN_CHARGE, values=lambda w, s: {"answer": "已增派人手"})
example(
    "send_survey", by="system", allowed=NOBODY, subject=unasked,
    not_exposed="goes out by itself on delivery, from the outbox",
    lacking=(
        lacks(
            "The survey was sent already.", "6.4.2", settled=True,
            rows=lambda w, s: Survey.objects.create(engagement=s, token_sha256="0" * 64),
        ),
    ),
)  # fmt: skip
example(
    "resend_survey",
    by="consultant",
    allowed=IN_CHARGE,
    values=lambda w, s: {"email": "client@example.com"},
    lacking=(
        HEARD,
        lacks("This is no e-mail address.", field="email", values={"email": "client@"}),
    ),
)
example(
    "answer_survey", by="visitor", allowed=VISITOR | CLIENT, values=lambda w, s: {"scores": delivery.scores(), "comment": "示例意见"},
    not_exposed="the page behind the secret link takes it, for someone without an account",
    lacking=(
        HEARD,
        lacks(
            "Write down what happened or what you suggest.", field="comment",
            values={"concern": ComplaintKind.COMPLAINT, "comment": " "},
        ),
        scored(POINTS, [Score(item="image_trust", points=11)], field="image_trust"),
        scored(POINTS, [Score(item="unknown", points=9)], field="unknown"),
        scored("Please answer at least one question.", []),
    ),
)  # fmt: skip
