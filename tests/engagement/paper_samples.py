"""Invented data for every paper of an engagement."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from tests.documents.paper_samples import CLIENT, HEAD, INSTITUTION, TEXT

from keqiao.documents import parts
from keqiao.engagement.archive.papers import archive
from keqiao.engagement.contracting.papers import agreement
from keqiao.engagement.delivery.papers import adjustment, handover, progress, survey
from keqiao.engagement.intake.papers import intake
from keqiao.engagement.preparation.papers import group, plan

ZONE = ZoneInfo("Asia/Shanghai")
TITLES = (
    "服务内容",
    "服务方式、期限和地点",
    "双方权利和义务",
    "服务费用",
    "技术资料和样品的保管",
    "风险责任的承担",
    "技术成果的归属",
    "服务质量要求和验收方法",
    "提前终止、变更和解除的条件",
    "保密内容、保密期限和泄密责任",
)
ELEMENTS = tuple(
    agreement.Element(letter=letter, title=title, text=TEXT)
    for letter, title in zip(agreement.ELEMENT_LETTERS, TITLES, strict=True)
)
FEES = (
    parts.FeeLine(
        item="首期服务费",
        amount=Decimal("30000.00"),
        condition="合同生效后 10 个工作日内",
        due_on=date(2026, 12, 4),
    ),
    parts.FeeLine(item="中期服务费", amount=Decimal("50000.53"), condition="阶段性成果提交并确认后"),
    parts.FeeLine(
        item="尾款", amount=Decimal("27000.00"), condition="成果验收通过后", due_on=date(2027, 9, 30)
    ),
)
CONTRACT = agreement.ContractData(
    head=HEAD,
    title="高新技术企业认定申报服务合同",
    client=CLIENT,
    institution=INSTITUTION,
    elements=ELEMENTS,
    fees=FEES,
    technical_kind="技术咨询合同",
    registration_number="2026330000000042",
    place="示例市示例区",
    attachments=("资料清单", "服务人员名单"),
)
AMENDMENT = agreement.AmendmentData(
    head=HEAD,
    client=CLIENT,
    institution=INSTITUTION,
    contract_number="HT-2026-00042",
    contract_title="高新技术企业认定申报服务合同",
    contract_signed_on=date(2026, 11, 22),
    reason="甲方新增研发项目，服务范围扩大。",
    changes=(
        agreement.Change(
            letter="b",
            title="服务方式、期限和地点",
            before="期限至 2027-09-30。",
            after="期限至 2027-12-31。",
        ),
        agreement.Change(
            letter="d", title="服务费用", before="合计 107,000.53 元。", after="见变更后的费用表。"
        ),
    ),
    effective_on=date(2027, 1, 1),
    fees=FEES,
)
MATERIALS = (
    intake.MaterialLine(name="营业执照", required=True, state="accepted"),
    intake.MaterialLine(
        name="近三年财务报表", required=True, state="to_correct", note="缺 2024 年现金流量表"
    ),
    intake.MaterialLine(name="知识产权证书", required=False, state="awaited"),
)
COMMISSION = intake.CommissionData(
    head=HEAD,
    client=CLIENT,
    institution=INSTITUTION,
    family="项目申报",
    service="高新技术企业认定",
    subject=TEXT,
    requirements="2027 年第一批次完成申报。",
    wanted_by=date(2027, 6, 30),
    materials=MATERIALS,
    truthful_by="贾样例",
    truthful_on=date(2026, 11, 20),
)
ACCEPTANCE = intake.AcceptanceData(
    head=HEAD,
    client=CLIENT,
    institution=INSTITUTION,
    commission_number="WT-2026-00042",
    commissioned_on=date(2026, 11, 20),
    service="高新技术企业认定",
    content=TEXT,
    time_limits=(
        intake.TimeLimit(step="签订合同", limit="受理后 10 个工作日内", due_on=date(2026, 12, 4)),
        intake.TimeLimit(step="提交服务方案", limit="合同生效后 20 个工作日内"),
    ),
    duties=(
        intake.PartyDuties(
            party="服务对象",
            rights=("了解服务进展", "对方案进行确认"),
            duties=("提供合法、真实、有效的资料",),
        ),
        intake.PartyDuties(
            party="服务机构", rights=("要求补正资料",), duties=("按时按质交付成果", "承担保密义务")
        ),
        intake.PartyDuties(party="合作专业机构", rights=("取得约定的报酬",), duties=("遵守保密承诺",)),
    ),
    next_step="请于 2026-12-04 前与本机构签订服务合同。",
)
DECLINE = intake.DeclineData(
    head=HEAD,
    client=CLIENT,
    institution=INSTITUTION,
    commission_number="WT-2026-00043",
    commissioned_on=date(2026, 11, 20),
    service="高新技术企业认定",
    reasons=("企业注册不满一年。", "尚无有效知识产权。"),
    advice="建议先开展知识产权申请，条件具备后再行委托。",
    materials_returned="已提交的资料于 2026-11-25 前退还，不留存副本。",
)
MEMBERS = (
    group.MemberLine(
        name="林演示",
        side="institution",
        role="项目负责人",
        duty="统筹项目，编制服务方案",
        competence="高企认定，5 年",
    ),
    group.MemberLine(name="贾样例", side="client", role="联络人", duty="提供资料，确认方案"),
    group.MemberLine(name="𠮷镕", side="expert", role="技术专家", duty="评估技术先进性", competence="传感器"),
)
GROUP = group.WorkingGroupData(
    head=HEAD,
    client=CLIENT,
    institution=INSTITUTION,
    engagement="高新技术企业认定申报服务",
    contract_number="HT-2026-00042",
    members=MEMBERS,
    undertaking=group.Undertaking(
        scope="服务对象的技术秘密、经营秘密和个人信息。",
        term="自签字之日起至项目归档后三年。",
        liability="依法承担赔偿责任。",
    ),
)
MILESTONES = (
    plan.MilestoneLine(
        name="条件自查",
        result="自查报告",
        due_on=date(2026, 12, 31),
        responsible="林演示",
        delivered_on=date(2026, 12, 28),
        state="done",
    ),
    plan.MilestoneLine(
        name="材料编制", result="申报书初稿", due_on=date(2027, 3, 31), responsible="林演示", state="late"
    ),
)
PLAN = plan.PlanData(
    head=HEAD,
    client=CLIENT,
    institution=INSTITUTION,
    engagement="高新技术企业认定申报服务",
    contract_number="HT-2026-00042",
    goals=TEXT,
    sections=(
        parts.Section(title="服务内容与方法", text=TEXT),
        parts.Section(title="风险与应对", text="政策变化时及时调整。"),
    ),
    milestones=MILESTONES,
)
CONFIRMED = plan.Confirmation(
    by="贾样例", at=datetime(2026, 12, 1, 9, 30, tzinfo=ZONE), version=1, digest="0f" * 32
)
PROGRESS = progress.ProgressData(
    head=HEAD,
    client=CLIENT,
    institution=INSTITUTION,
    engagement="高新技术企业认定申报服务",
    contract_number="HT-2026-00042",
    period_from=date(2026, 12, 1),
    period_to=date(2026, 12, 31),
    done=TEXT,
    milestones=MILESTONES,
    problems="研发费用辅助账需要补充。",
    next_steps="编制申报书。",
)
ADJUSTMENT = adjustment.AdjustmentData(
    head=HEAD,
    client=CLIENT,
    institution=INSTITUTION,
    engagement="高新技术企业认定申报服务",
    plan_number="FA-2026-00042",
    plan_version=1,
    cause="申报通知提前一个月发布。",
    options=(
        adjustment.Option(
            name="方案一：提前申报",
            text="集中人员，提前一个月完成。",
            effect_on_time="提前一个月",
            effect_on_fee="不变",
            recommended=True,
        ),
        adjustment.Option(
            name="方案二：下一批次申报",
            text="按原进度，改报第二批次。",
            effect_on_time="推迟三个月",
            risk="政策可能变化",
        ),
    ),
    answer_by=date(2027, 1, 15),
)
CHOSEN = adjustment.Choice(
    option="方案一：提前申报", by="贾样例", at=datetime(2027, 1, 10, 14, 5, tzinfo=ZONE)
)
HANDOVER = handover.HandoverData(
    head=HEAD,
    client=CLIENT,
    institution=INSTITUTION,
    engagement="高新技术企业认定申报服务",
    contract_number="HT-2026-00042",
    requirement="申报书内容完整、数据一致；甲方在 5 个工作日内书面验收。",
    items=(
        handover.DeliverableLine(
            name="申报书",
            kind="申报材料",
            form="纸质和电子",
            copies=2,
            due_on=date(2027, 6, 30),
            delivered_on=date(2027, 7, 2),
            sha256="ab" * 32,
        ),
        handover.DeliverableLine(
            name="自查报告",
            kind="咨询报告",
            form="电子",
            copies=1,
            due_on=date(2026, 12, 31),
            delivered_on=date(2026, 12, 28),
        ),
    ),
    result="returned",
    reasons=("申报书第三章数据与审计报告不一致。",),
    decided_by="贾样例",
    decided_on=date(2027, 7, 5),
)
SURVEY = survey.SurveyData(
    head=HEAD,
    purpose="satisfaction",
    title="高新技术企业认定申报服务",
    subject="交付后的服务满意度",
    sent=3,
    answered=2,
    period_from=date(2027, 7, 10),
    period_to=date(2027, 7, 24),
    scale="1–10 分",
    lines=(
        survey.SurveyLine(question="服务人员的专业能力", answers=2, mean=8.5, lowest=8, highest=9),
        survey.SurveyLine(question="进展沟通的及时性", answers=0),
    ),
    comments=("希望增加现场辅导。",),
    findings="总体满意，沟通频次可以增加。",
)
ARCHIVE = archive.ArchiveData(
    head=HEAD,
    client=CLIENT,
    institution=INSTITUTION,
    engagement="高新技术企业认定申报服务",
    service="高新技术企业认定",
    contract_number="HT-2026-00042",
    began_on=date(2026, 11, 20),
    ended_on=date(2027, 8, 1),
    keeper="林演示",
    aspects=tuple(archive.Aspect(kind=kind, text=f"{TEXT}（{kind}）") for kind in archive.FIVE_ASPECTS),
    index=tuple(
        archive.IndexLine(
            name=f"文件 {n}",
            clause="6.2",
            number=f"HT-2026-{n:05d}",
            dated=date(2026, 11, 22),
            sha256="cd" * 32,
        )
        for n in range(1, 31)
    ),
)
PAPERS = (
    COMMISSION, ACCEPTANCE, DECLINE, CONTRACT, AMENDMENT, GROUP, PLAN, PROGRESS, ADJUSTMENT, HANDOVER, SURVEY, ARCHIVE,
)  # fmt: skip
# What each must tell, in the words a reader finds.
TOLD = {
    "commission": (
        "科技创新服务委托单",
        "高新技术企业认定",
        "近三年财务报表",
        "需补正",
        "合法、真实、有效",
        "2026年11月20日",
    ),
    "acceptance": (
        "受理通知书",
        "WT-2026-00042",
        "一、服务内容",
        "二、服务时限",
        "2026-12-04",
        "三、各相关方的权利和义务",
        "合作专业机构",
        "遵守保密承诺",
    ),
    "decline": ("不予受理通知书", "1.企业注册不满一年。", "2.尚无有效知识产权。", "建议先开展知识产权申请"),
    "contract": (
        "甲方（服务对象）",
        "乙方（服务机构）",
        "91330100MA2AXXXX0X",
        "¥107,000.53",
        "人民币壹拾万柒仟元零伍角叁分",
        "技术咨询合同",
        "法定代表人或授权代表（签字）",
    ),
    "amendment": ("补充协议", "原约定", "期限至2027-09-30。", "变更为", "期限至2027-12-31。", "¥107,000.53"),
    "group": (
        "工作组组建通知",
        "项目负责人",
        "统筹项目，编制服务方案",
        "保密承诺书",
        "保密内容",
        "保密期限",
        "泄密责任",
    ),
    "plan": (
        "服务方案",
        "一、服务目标",
        "三、风险与应对",
        "四、进度安排",
        "五、服务对象确认",
        "里程碑",
        "条件自查",
        "2026-12-31",
        "服务对象确认",
        "第1版",
    ),
    "progress": ("服务进展报告", "2026-12-01至2026-12-31", "研发费用辅助账需要补充。", "已完成", "逾期"),
    "adjustment": (
        "服务方案调整方案",
        "方案一：提前申报（建议采用）",
        "方案二：下一批次申报",
        "□方案一：提前申报",
    ),
    "handover": (
        "成果交付验收单",
        "2027-07-02（逾期）",
        "退回修改",
        "申报书第三章数据与审计报告不一致。",
        "ab" * 32,
    ),
    "survey": ("服务满意度调查汇总", "8.50", "66.67%", "希望增加现场辅导。"),
    "archive": (
        "服务对象档案",
        "服务时间",
        "服务内容",
        "服务过程",
        "服务成效",
        "服务评价",
        "文件30",
        "HT-2026-00030",
    ),
}
