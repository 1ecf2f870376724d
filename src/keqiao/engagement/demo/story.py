"""One engagement played step by step through the operations, until the state it is to be shown in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from keqiao.accounts.models import User
from keqiao.catalogue.models import ServiceItem
from keqiao.engagement.case.states import Stage
from keqiao.engagement.contracting.contract_parts import parts
from keqiao.engagement.contracting.operations.contract_fees import FeeRow
from keqiao.engagement.delivery.operations.delivery import usual_deliverables
from keqiao.engagement.delivery.operations.survey import Score
from keqiao.engagement.delivery.surveys import satisfaction
from keqiao.engagement.models import Engagement, MemberRole
from keqiao.engagement.preparation.operations.plan import template_steps
from keqiao.enterprises.models import Enterprise
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.actors import VISITOR
from keqiao.kernel.steps.demo import LABEL, Demo
from keqiao.kernel.steps.operation import get

S = Stage


@dataclass
class Story:
    """`until` is the state to stop in; `begins` the day of the commission."""

    demo: Demo
    enterprise: Enterprise
    item: ServiceItem
    consultant: User
    manager: User
    expert: User
    client: User
    begins: date
    until: Stage
    fee: int = 60_000
    besides: Mapping[str, Callable[["Story"], None]] = field(default_factory=dict)  # what follows a step
    engagement: Engagement = field(init=False)
    day: date = field(init=False)

    def play(self) -> Engagement:
        self.day = self.begins
        for step in STEPS:
            with clock.at(moment(self.day)):
                step(self)
                if step.__name__ in self.besides:
                    self.besides[step.__name__](self)
            self.day += timedelta(days=PACE[step.__name__])
            if self.engagement.state == self.until and (self.until, step) != (S.IMPLEMENTING, plan):
                break
        return self.engagement

    def do(self, name: str, actor: Any = None, /, **values: Any) -> Any:
        """One operation, by the consultant unless someone else is named."""
        result = get(name)(actor=actor or self.consultant, **values)
        self.engagement = (
            Engagement.objects.get(pk=self.engagement.pk) if "engagement" in self.__dict__ else result
        )
        return result

    def on(self, name: str, actor: Any = None, /, **values: Any) -> Any:
        return self.do(name, actor, engagement=self.engagement, **values)


def moment(day: date) -> datetime:
    """When on a day a step is taken."""
    return timezone.make_aware(datetime.combine(day, time(10, 15)))


def commission(s: Story) -> None:
    s.do(
        "create_commission", s.client, enterprise=s.enterprise, item=s.item, title=f"{s.item.name}{LABEL}",
        need=f"希望贵中心提供“{s.item.name}”服务，材料已按清单准备。{LABEL}", contact_name="总经办" + LABEL,
        contact_phone="000-00000000", wanted_by=s.begins + timedelta(days=s.item.usual_days + 60),
    )  # fmt: skip


def submit(s: Story) -> None:
    for material in s.engagement.materials.filter(required=True):
        s.do(
            "provide_material",
            s.client,
            material=material,
            file=s.demo.paper(material.name, f"{material.name}{LABEL}：{material.proves}"),
        )
    s.on("declare_truthful", s.client)
    s.on("submit_commission", s.client)


def correct(s: Story) -> None:
    if s.until != S.CORRECTING:
        return
    material = s.engagement.materials.filter(required=True).first()
    s.do(
        "review_material",
        material=material,
        verdict="to_correct",
        reason="复印件不清晰，请重新上传彩色扫描件。",
    )
    s.on("request_correction", note="请按说明补正后重新提交。")


def review(s: Story) -> None:
    for material in s.engagement.materials.filter(state="provided"):
        s.do("review_material", material=material, verdict="accepted")
    s.on(
        "record_site_visit", visited_on=s.day, place="企业研发中心" + LABEL, people="总经办、研发负责人" + LABEL,
        findings="研发场地与设备与申报材料一致。", file=s.demo.picture("现场照片"),
    )  # fmt: skip
    s.on("finish_review", site_visit_needed=True)


def decide(s: Story) -> None:
    declined = s.until == S.DECLINED
    grounds = (
        "近三年研发费用比例不足，现阶段不具备申报条件。"
        if declined
        else "条件基本具备，材料齐全，可在时限内完成。"
    )
    s.on("decide_feasibility", feasible=not declined, grounds=grounds, risks="政策窗口可能提前关闭。")
    if declined:
        s.on("decline_commission", reasons=grounds, advice="建议先完善研发费用归集，下一年度再申请。")
        return
    s.on(
        "accept_commission", content=s.item.summary, time_limit=s.day + timedelta(days=s.item.usual_days + 30),
        client_rights="了解服务进展\n对服务提出意见和投诉", client_duties="提供合法、真实、有效的资料\n按约支付服务费用",
        our_rights="要求补充必要资料\n按约收取服务费用", our_duties="按时按质提供服务\n保守技术秘密和经营秘密",
    )  # fmt: skip


def contract(s: Story) -> None:
    if s.until == S.CANCELLED:
        s.on("cancel_engagement", reason="企业调整年度计划，撤回委托。")
        return
    agreement = s.on(
        "draft_contract", begins_on=s.day, ends_on=s.day + timedelta(days=s.item.usual_days + 60), place="企业所在地及本中心", secrecy_years=3,
        technical_kind=s.item.contract_kind,
    )  # fmt: skip
    for letter, _title, _en, _guidance in _elements():
        if not agreement.elements.filter(letter=letter).exclude(text="").exists():
            s.do("write_contract_element", contract=agreement, letter=letter, text=f"按双方约定执行。{LABEL}")
    half = Decimal(s.fee) / 2
    fees = [
        FeeRow("签约款", half, s.day + timedelta(days=10)),
        FeeRow("交付款", half, s.day + timedelta(days=s.item.usual_days)),
    ]
    s.do("set_fee_schedule", contract=agreement, fees=fees)


def _elements() -> list[tuple[str, str, str, str]]:
    return [
        (element.letter, element.title, element.title_en, element.guidance) for element in parts.elements()
    ]


def approve(s: Story) -> None:
    agreement = s.engagement.contracts.get()
    s.do("submit_contract", contract=agreement)
    s.do("approve_contract", s.manager, contract=agreement)
    s.do("send_contract", contract=agreement)


def sign(s: Story) -> None:
    agreement = s.engagement.contracts.get()
    signed = s.demo.paper(f"签署合同-{agreement.number}", "双方签字盖章的合同扫描件" + LABEL)
    s.do("store_signed_contract", contract=agreement, signed_copy=signed, signed_on=s.day)
    first = agreement.fees.earliest("due_on")
    s.do("record_payment", fee=first, amount=first.amount, paid_on=s.day)


def group(s: Story) -> None:
    lead = s.on("add_member", user=s.consultant, role=MemberRole.LEADER, duty="统筹项目，编制方案")
    expert = s.on("add_member", user=s.expert, role=MemberRole.EXPERT, duty="技术把关")
    s.on("add_member", user=s.client, role=MemberRole.CLIENT, duty="提供资料，协调企业内部人员")
    s.do("sign_undertaking", s.consultant, member=lead)
    s.do("sign_undertaking", s.expert, member=expert)
    s.on("assign_task", title="梳理知识产权清单", member=lead, due_on=s.day + timedelta(days=14))
    s.on("form_group")


def investigate(s: Story) -> None:
    s.on(
        "analyse_material",
        what="近三年财务与研发资料",
        result="研发费用归集口径一致，个别项目辅助账缺少签字。",
    )
    s.on(
        "record_interview",
        held_on=s.day,
        people="研发负责人、财务经理" + LABEL,
        questions="研发项目如何立项与归集？",
        answers="按项目立项，财务按月归集。",
    )
    s.on(
        "record_finding",
        text="知识产权与主要产品的对应关系需要补充说明。",
        consequence="方案中增加知识产权论证环节。",
    )
    s.do("finish_task", task=s.engagement.tasks.get(), note="清单已核对，共十二项。")
    s.on("finish_investigation")


def plan(s: Story) -> None:
    with_rows = template_steps(s.engagement)
    draft = s.on(
        "draft_plan", objectives=s.item.objectives or "按期完成服务。", content="分阶段整理资料、编制文本、内部评审并提交。",
        begins_on=s.day, milestones=with_rows,
    )  # fmt: skip
    s.do("send_plan", plan=draft)
    if s.until != S.PLANNING:
        draft.refresh_from_db()
        s.do("confirm_plan", s.client, plan=draft, sha256=draft.sha256)


def implement(s: Story) -> None:
    s.on(
        "log_guidance",
        given_on=s.day,
        channel="phone",
        question="研发费用辅助账如何设置？",
        advice="按项目设置，区分八类费用，逐笔签字。",
    )
    s.on(
        "add_working_data",
        name="知识产权对应表",
        analysis="整理后共十二项，与主要产品对应。",
        file=s.demo.paper("知识产权对应表", "演示数据"),
    )
    s.on("send_progress_report", done="完成资料整理与文本初稿。", next_steps="内部评审，修改后提交。")
    s.on("plan_deliverable", deliverables=usual_deliverables(s.engagement))
    _course(s)


def _course(s: Story) -> None:
    if s.until == S.SUSPENDED:
        s.on("suspend_engagement", reason="等待主管部门公布新一批通知。")
    elif s.until == S.ENDED_EARLY:
        s.on(
            "end_engagement_early",
            reason="企业被并购，双方协商终止。",
            work_done="完成资料整理与文本初稿。",
            fee_settled=Decimal(s.fee) / 2,
            data_returned="原件已当面归还，电子资料已删除。",
        )


def stages(s: Story) -> None:
    confirmed = s.engagement.plans.get(state="confirmed")
    for milestone in confirmed.milestones.order_by("due_on"):
        s.do(
            "deliver_milestone",
            milestone=milestone,
            note="按计划完成。",
            file=s.demo.paper(milestone.result or milestone.name, "阶段成果" + LABEL),
        )


def deliver(s: Story) -> None:
    for deliverable in s.engagement.deliverables.order_by("pk"):
        s.do(
            "hand_over_deliverable",
            deliverable=deliverable,
            file=s.demo.paper(deliverable.name, "成果" + LABEL),
            quality_check="对照合同第 h 项逐条核对，符合约定。",
        )
    for deliverable in s.engagement.deliverables.order_by("pk"):
        s.do("accept_deliverable", s.client, deliverable=deliverable)
    s.demo.work()
    s.engagement = Engagement.objects.get(pk=s.engagement.pk)


def hear(s: Story) -> None:
    survey = s.engagement.surveys.get()
    scores = [
        Score(item=item.code, points=9 if place % 3 else 8)
        for place, item in enumerate(satisfaction.load().items)
    ]
    s.do("answer_survey", VISITOR, survey=survey, scores=scores, comment="服务专业，沟通及时。" + LABEL)


def archive(s: Story) -> None:
    from keqiao.engagement.archive.archive_words import suggested

    s.on("write_archive_summary", **suggested(s.engagement))
    s.on("archive_engagement")


STEPS: tuple[Callable[[Story], None], ...] = (
    commission, submit, correct, review, decide, contract, approve, sign, group, investigate, plan, implement, stages, deliver, hear, archive,
)  # fmt: skip
PACE = {
    "commission": 2, "submit": 2, "correct": 1, "review": 2, "decide": 3, "contract": 2, "approve": 3, "sign": 3, "group": 5,
    "investigate": 4, "plan": 10, "implement": 15, "stages": 3, "deliver": 4, "hear": 3, "archive": 1,
}  # fmt: skip
