"""What happens in some engagements of the demo besides the usual course: each follows one of its steps."""

import json
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import timedelta

from keqiao.engagement.contracting.operations.contract_amendment import ChangeRow
from keqiao.engagement.delivery.operations.adjustment import OptionRow
from keqiao.engagement.demo.story import Story, contract, moment
from keqiao.engagement.models import ComplaintKind, Letter, QuestionKind
from keqiao.engagement.preparation.operations.questionnaire import QuestionRow, Recipient
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.actors import VISITOR
from keqiao.kernel.steps.demo import LABEL

Beside = Callable[[Story], None]


def later(s: Story, days: int) -> AbstractContextManager[None]:
    """Some days after the last step; what follows in the story comes after this."""
    s.day += timedelta(days=days)
    return clock.at(moment(s.day))


def asks_by_questionnaire(s: Story) -> None:
    """Three people are asked, two have answered."""
    questions = [
        QuestionRow("现有成果中，哪一项最希望尽快转化？", QuestionKind.TEXT),
        QuestionRow("希望以哪种方式转化？", QuestionKind.CHOICE, "许可；转让；作价入股"),
        QuestionRow("对本单位中试条件的满意程度（1–10）", QuestionKind.SCALE),
    ]
    questionnaire = s.on("build_questionnaire", title="成果转化意向问卷" + LABEL, questions=questions)
    people = [Recipient(name + LABEL) for name in ("研发负责人", "生产负责人", "市场负责人")]
    s.do("send_questionnaire", questionnaire=questionnaire, people=people)
    with later(s, 3):
        links = questionnaire.links.order_by("pk")[:2]
        for link, answers in zip(
            links, (("低温封装工艺", "许可", 7), ("在线检测方法", "作价入股", 6)), strict=True
        ):
            by_position = {str(place): str(answer) for place, answer in enumerate(answers, start=1)}
            s.do("answer_questionnaire", VISITOR, questionnairelink=link, answers=json.dumps(by_position))


def takes_a_sample(s: Story) -> None:
    s.on(
        "receive_custody", what="检测样品" + LABEL, quantity="2 件", kept_at="样品柜三层", received_on=s.day,
        received_from="企业研发负责人" + LABEL, condition="包装完好",
    )  # fmt: skip


def gives_the_sample_back(s: Story) -> None:
    kept = s.engagement.custodies.get()
    s.do("return_custody", custody=kept, returned_to="企业研发负责人" + LABEL, returned_on=s.day)


def brings_in_a_partner(s: Story) -> None:
    s.on(
        "engage_partner", name="某检测技术研究所" + LABEL, service="提供行业检测数据，出具第三方分析意见",
        contact="合作部 000-00000000", undertaking=True,
    )  # fmt: skip


def amends_the_contract(s: Story) -> None:
    agreement = s.engagement.contracts.get()
    change = ChangeRow(Letter.A, f"在原服务内容之外，增加一次现场辅导。{LABEL}")
    with later(s, 2):
        amendment = s.do(
            "draft_amendment", contract=agreement, reason="企业新增一条产线，双方商定增加辅导并顺延。", changes=[change],
            new_end=agreement.ends_on + timedelta(days=30),
        )  # fmt: skip
        s.do("approve_amendment", s.manager, amendment=amendment)
    with later(s, 3):
        copy = s.demo.paper(f"签署补充协议-{amendment.number}", "双方签字盖章的补充协议扫描件" + LABEL)
        s.do("sign_amendment", amendment=amendment, signed_copy=copy, signed_on=s.day)


def adjusts_the_plan(s: Story) -> None:
    """The client chooses between two ways; the choice makes the next version of the plan."""
    ends = s.engagement.plans.get(state="confirmed").milestones.latest("due_on").due_on
    options = [
        OptionRow("分两批提交", "先提交已完成检索的部分，其余顺延。", ends + timedelta(days=20)),
        OptionRow("一次提交", "待全部检索完成后一并提交。", ends + timedelta(days=45)),
    ]
    adjustment = s.on(
        "offer_adjustment", reason="对比文件多于预期，检索工作量增加。", basis="检索报告初稿" + LABEL, options=options,
    )  # fmt: skip
    with later(s, 4):
        s.do(
            "choose_adjustment",
            s.client,
            adjustment=adjustment,
            option=adjustment.options.get(name="分两批提交"),
        )


def complains(s: Story) -> None:
    with later(s, 2):
        s.on(
            "file_complaint", s.client, kind=ComplaintKind.COMPLAINT, text="成果文本中企业名称有两处写错，影响提交。" + LABEL,
            remedy_wanted="三日内更正并重新盖章。",
        )  # fmt: skip


def suggests(s: Story) -> None:
    filed = s.on(
        "file_complaint", s.client, kind=ComplaintKind.SUGGESTION, text="希望增加线上进度提醒。" + LABEL
    )
    s.do("answer_complaint", complaint=filed, answer="已安排，下月上线提醒。")


def asks_for_approval(s: Story) -> None:
    """The contract lies with the manager."""
    with later(s, 2):
        contract(s)
        s.do("submit_contract", contract=s.engagement.contracts.get())


# By the item of the catalogue whose engagement has it: after which step, what.
BESIDES: Mapping[str, Mapping[str, Beside]] = {
    "5.3.c": {"group": takes_a_sample, "stages": gives_the_sample_back, "hear": suggests},
    "5.3.d": {"deliver": complains},
    "5.5.d": {"implement": adjusts_the_plan},
    "5.1.f": {"plan": brings_in_a_partner, "implement": amends_the_contract},
    "5.4.c": {"group": asks_by_questionnaire},
    "5.7.a": {"decide": asks_for_approval},
}
