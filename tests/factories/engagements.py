"""An engagement carried through clause 6 by its operations, as far as wanted.

`Cast` names who plays; each step below is what one of them does. `carry` takes the steps in order.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from tests.factories import files
from tests.factories.delivery import deliver

from keqiao.accounts.models import User
from keqiao.catalogue.models import ServiceItem
from keqiao.engagement.archive.operations import archive  # fmt: skip
from keqiao.engagement.case.states import Stage
from keqiao.engagement.contracting.operations import contract, contract_approval, course  # fmt: skip
from keqiao.engagement.intake.operations import commission, material, review  # fmt: skip
from keqiao.engagement.intake.states import MaterialState
from keqiao.engagement.models import Contract, Engagement, Material, Member, MemberRole, Plan
from keqiao.engagement.preparation.operations import group, investigation, plan  # fmt: skip
from keqiao.enterprises.models import Enterprise
from keqiao.kernel.platform import clock


@dataclass(frozen=True, kw_only=True)
class Cast:
    """Who takes part. The consultant owns the enterprise and leads; the manager approves."""

    enterprise: Enterprise
    item: ServiceItem
    client: User
    consultant: User
    manager: User
    member: User
    expert: User
    mark: str = ""  # said in texts, payloads and files of this case, to be looked for elsewhere


def days(n: int) -> date:
    return clock.today() + timedelta(days=n)


def commissioned(cast: Cast, *, title: str = "示例委托", need: str = "示例需求") -> Engagement:
    made = commission.create_commission(
        actor=cast.client,
        enterprise=cast.enterprise,
        item=cast.item,
        title=title,
        need=f"{need}{cast.mark}",
        contact_name="示例联系人",
    )
    commission.declare_truthful(engagement=made, actor=cast.client)
    return fresh(made)


def fresh(item):
    """As the database has it, without what was read before."""
    return type(item).objects.get(pk=item.pk)


def submit(one: Engagement, cast: Cast) -> None:
    provide(first_material(one), cast)
    commission.submit_commission(engagement=one, actor=cast.client)


def first_material(one: Engagement) -> Material:
    return one.materials.order_by("pk").first()


def provide(piece: Material, cast: Cast, *, file=None) -> None:
    material.provide_material(
        material=piece, actor=cast.client, file=file or files.pdf(mark=f"material {piece.pk} {cast.mark}")
    )


def ask_for_correction(one: Engagement, cast: Cast) -> None:
    judge(first_material(one), cast, material.Verdict.TO_CORRECT, reason="看不清")
    material.request_correction(engagement=one, actor=cast.consultant, note=f"请重新扫描{cast.mark}")


def judge(piece: Material, cast: Cast, verdict: material.Verdict, reason: str = "") -> None:
    material.review_material(material=piece, actor=cast.consultant, verdict=verdict, reason=reason)


def finish_review(one: Engagement, cast: Cast) -> None:
    for piece in one.materials.filter(state=MaterialState.PROVIDED):
        judge(piece, cast, material.Verdict.ACCEPTED)
    material.finish_review(
        engagement=one, actor=cast.consultant, site_visit_needed=False, no_visit_reason="材料足以判断"
    )


def accept(one: Engagement, cast: Cast) -> None:
    review.decide_feasibility(engagement=one, actor=cast.consultant, feasible=True, grounds="条件具备")
    review.accept_commission(
        engagement=one, actor=cast.consultant, content="示例服务内容", time_limit=days(60),
        client_rights="知情", client_duties="配合", our_rights="收费", our_duties="保密",
    )  # fmt: skip


def decline(one: Engagement, cast: Cast) -> None:
    review.decide_feasibility(engagement=one, actor=cast.consultant, feasible=False, grounds="条件不具备")
    review.decline_commission(engagement=one, actor=cast.consultant, reasons="不在服务范围内")


def draft_contract(one: Engagement, cast: Cast) -> Contract:
    made = contract.draft_contract(
        engagement=one,
        actor=cast.consultant,
        begins_on=days(1),
        ends_on=days(91),
        place="示例园区",
        secrecy_years=3,
    )
    fees = [
        contract.FeeRow(name="首期", amount=Decimal("30000.00"), due_on=days(10)),
        contract.FeeRow(name="尾款", amount=Decimal("20000.50"), due_on=days(100)),
    ]
    contract.set_fee_schedule(contract=made, actor=cast.consultant, fees=fees)
    return fresh(made)


def submit_contract(made: Contract, cast: Cast) -> None:
    contract_approval.submit_contract(contract=made, actor=cast.consultant)


def approve_contract(made: Contract, cast: Cast) -> None:
    contract_approval.approve_contract(contract=fresh(made), actor=cast.manager)


def send_contract(made: Contract, cast: Cast) -> None:
    contract_approval.send_contract(contract=fresh(made), actor=cast.consultant)


def store_signed(made: Contract, cast: Cast) -> None:
    contract_approval.store_signed_contract(
        contract=fresh(made),
        actor=cast.consultant,
        signed_copy=files.pdf("签署文本.pdf", mark=f"signed {made.pk} {cast.mark}"),
        signed_on=clock.today(),
    )


def sign_contract(one: Engagement, cast: Cast) -> None:
    made = draft_contract(one, cast)
    for step in (submit_contract, approve_contract, send_contract, store_signed):
        step(made, cast)


def join(one: Engagement, cast: Cast, user: User, role: MemberRole, duty: str = "示例分工") -> Member:
    return group.add_member(engagement=one, actor=cast.consultant, user=user, role=role, duty=duty)


def form_group(one: Engagement, cast: Cast) -> None:
    ours = {
        cast.consultant: MemberRole.LEADER,
        cast.member: MemberRole.CONSULTANT,
        cast.expert: MemberRole.EXPERT,
    }
    for user, role in ours.items():
        group.sign_undertaking(member=join(one, cast, user, role), actor=user)
    join(one, cast, cast.client, MemberRole.CLIENT)
    group.form_group(engagement=fresh(one), actor=cast.consultant)


def investigate(one: Engagement, cast: Cast) -> None:
    investigation.analyse_material(engagement=one, actor=cast.consultant, what="营业执照", result="真实有效")
    investigation.record_interview(
        engagement=one,
        actor=cast.consultant,
        held_on=clock.today(),
        people="示例受访人",
        questions="现状？",
        answers=f"良好{cast.mark}",
    )
    investigation.record_finding(
        engagement=one, actor=cast.consultant, text="研发费用归集不全", consequence="先补台账"
    )
    investigation.finish_investigation(engagement=fresh(one), actor=cast.consultant)


def draft_plan(one: Engagement, cast: Cast) -> Plan:
    row = plan.MilestoneRow(name="材料初稿", due_on=days(20), result="初稿")
    return plan.draft_plan(
        engagement=one,
        actor=cast.consultant,
        objectives="示例目标",
        content="示例方法",
        begins_on=days(1),
        milestones=[row],
    )


def send_plan(made: Plan, cast: Cast) -> Plan:
    return plan.send_plan(plan=made, actor=cast.consultant)


def confirm_plan(made: Plan, cast: Cast) -> None:
    plan.confirm_plan(plan=fresh(made), actor=cast.client, sha256=fresh(made).sha256)


def agree_plan(one: Engagement, cast: Cast) -> None:
    confirm_plan(send_plan(draft_plan(one, cast), cast), cast)


def summarise(one: Engagement, cast: Cast) -> None:
    archive.write_archive_summary(
        engagement=one,
        actor=cast.consultant,
        time="三个月",
        content="示例内容",
        process="示例过程",
        effect="良好",
        evaluation="满意",
    )


def close(one: Engagement, cast: Cast) -> None:
    summarise(one, cast)
    archive.archive_engagement(engagement=fresh(one), actor=cast.consultant)


def suspend(one: Engagement, cast: Cast) -> None:
    course.suspend_engagement(engagement=one, actor=cast.consultant, reason="客户停产")


def end_early(one: Engagement, cast: Cast) -> None:
    course.end_engagement_early(
        engagement=one,
        actor=cast.consultant,
        reason="客户要求",
        work_done="调研",
        fee_settled=Decimal("1000.00"),
        data_returned="已退还",
    )


def cancel(one: Engagement, cast: Cast) -> None:
    course.cancel_engagement(engagement=one, actor=cast.client, reason="不再需要")


Step = Callable[[Engagement, Cast], None]
TO_REVIEWED: tuple[Step, ...] = (submit, finish_review)
TO_CONTRACTED: tuple[Step, ...] = (*TO_REVIEWED, accept, sign_contract)
TO_IMPLEMENTING: tuple[Step, ...] = (*TO_CONTRACTED, form_group, investigate, agree_plan)
WAYS: dict[str, tuple[Step, ...]] = {
    Stage.DRAFT: (),
    Stage.SUBMITTED: (submit,),
    Stage.CORRECTING: (submit, ask_for_correction),
    Stage.REVIEWED: TO_REVIEWED,
    Stage.ACCEPTED: (*TO_REVIEWED, accept),
    Stage.DECLINED: (*TO_REVIEWED, decline),
    Stage.CONTRACTED: TO_CONTRACTED,
    Stage.INVESTIGATING: (*TO_CONTRACTED, form_group),
    Stage.PLANNING: (*TO_CONTRACTED, form_group, investigate),
    Stage.IMPLEMENTING: TO_IMPLEMENTING,
    Stage.DELIVERED: (*TO_IMPLEMENTING, deliver),
    Stage.ARCHIVED: (*TO_IMPLEMENTING, deliver, close),
    Stage.SUSPENDED: (*TO_CONTRACTED, suspend),
    Stage.ENDED_EARLY: (*TO_CONTRACTED, end_early),
    Stage.CANCELLED: (cancel,),
}


def engagement(
    cast: Cast, *, state: str = Stage.DRAFT, title: str = "示例委托", need: str = "示例需求"
) -> Engagement:
    """An engagement that came to `state` by the steps of clause 6."""
    one = commissioned(cast, title=title, need=need)
    for step in WAYS[state]:
        step(fresh(one), cast)
    one = fresh(one)
    assert one.state == state
    return one
