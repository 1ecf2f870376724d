"""6.2 i and 6.3.1: suspension, early end, cancellation, transfer."""

from decimal import Decimal

import pytest
from tests.factories import contracts as make

from keqiao.accounts.models import Role
from keqiao.engagement.case.states import BEFORE_CONTRACT, RUNNING, Stage
from keqiao.engagement.contracting.operations.contract_custody import receive_custody, return_custody
from keqiao.engagement.contracting.operations.course import (
    cancel_engagement,
    end_engagement_early,
    resume_engagement,
    suspend_engagement,
    transfer_engagement,
)
from keqiao.engagement.models import Contract, Engagement
from keqiao.kernel.models import Outbox
from keqiao.kernel.platform import policy
from keqiao.kernel.platform.errors import Invalid, NotAllowed, Refusal, WrongState

pytestmark = pytest.mark.usefixtures("site")
SETTLED = {
    "reason": "客户转产",
    "work_done": "完成条件测评",
    "fee_settled": Decimal("30000.00"),
    "data_returned": "电子资料已删除，原件已返还",
}


def keep_sample(one):
    return receive_custody(
        engagement=one,
        actor=one.consultant,
        what="样品",
        quantity="1 件",
        kept_at="样品柜",
        received_from="甄示例",
        received_on=make.TODAY,
    )


@pytest.mark.parametrize("stage", RUNNING)
def test_a_suspended_engagement_resumes_where_it_stood(stage):
    one = make.engagement(state=stage)
    suspend_engagement(engagement=one, actor=one.consultant, reason="客户停产检修")
    found = Engagement.objects.get()
    assert (found.state, found.suspended_from, found.stage_due_on) == ("suspended", stage, None)
    with make.days_on(30):
        resume_engagement(engagement=found, actor=found.consultant, reason="恢复生产")
    found = Engagement.objects.get()
    assert (found.state, found.suspended_from, f"{found.stage_since}") == (stage, "", "2026-04-01")


@pytest.mark.parametrize("stage", [Stage.ACCEPTED, Stage.DELIVERED, Stage.SUSPENDED])
def test_only_a_running_engagement_is_suspended(stage):
    one = make.engagement(state=stage)
    with pytest.raises(WrongState):
        suspend_engagement(engagement=one, actor=one.consultant, reason="原因")


def test_an_early_end_settles_and_ends_the_contract():
    contract = make.signed()
    one = Engagement.objects.get()
    end_engagement_early(engagement=one, actor=one.consultant, **SETTLED)
    found = Engagement.objects.get()
    assert found.state == "ended_early"
    assert Contract.objects.get(pk=contract.pk).state == "ended"
    assert "30,000.00 (人民币叁万元整)" in found.closed_reason
    for said in ("客户转产", "完成条件测评", "电子资料已删除，原件已返还"):
        assert said in found.closed_reason


def test_a_suspended_engagement_can_end_early():
    make.signed()
    one = Engagement.objects.get()
    suspend_engagement(engagement=one, actor=one.consultant, reason="停产")
    end_engagement_early(engagement=one, actor=one.consultant, **SETTLED)
    assert Engagement.objects.get().state == "ended_early"


def test_nobody_ends_with_the_client_s_things_in_the_cupboard():
    make.signed()
    one = Engagement.objects.get()
    custody = keep_sample(one)
    with pytest.raises(Refusal) as refused:
        end_engagement_early(engagement=one, actor=one.consultant, **SETTLED)
    assert [str(m.text) for m in refused.value.missing] == ["“样品” is still in our keeping."]
    return_custody(custody=custody, actor=one.consultant, returned_to="甄示例", returned_on=make.TODAY)
    end_engagement_early(engagement=Engagement.objects.get(), actor=one.consultant, **SETTLED)


@pytest.mark.parametrize("fee", ["107000.54", "-1", "0.001"])
def test_the_settled_fee_is_exact_and_within_the_contract(fee):
    make.signed()
    one = Engagement.objects.get()
    with pytest.raises(Invalid):
        end_engagement_early(engagement=one, actor=one.consultant, **{**SETTLED, "fee_settled": Decimal(fee)})
    assert (Engagement.objects.get().state, Contract.objects.get().state) == ("contracted", "signed")


@pytest.mark.parametrize("stage", BEFORE_CONTRACT)
def test_before_the_contract_it_is_cancelled_with_the_reason(stage):
    one = make.engagement(state=stage)
    cancel_engagement(engagement=one, actor=make.client_of(one.enterprise), reason="计划改变")
    found = Engagement.objects.get()
    assert (found.state, found.closed_reason) == ("cancelled", "计划改变")


@pytest.mark.parametrize("stage", [Stage.CONTRACTED, Stage.ARCHIVED, Stage.DECLINED])
def test_after_the_contract_it_is_not_cancelled(stage):
    one = make.engagement(state=stage)
    with pytest.raises(WrongState):
        cancel_engagement(engagement=one, actor=one.consultant, reason="计划改变")


def test_another_client_cancels_nothing():
    one = make.engagement()
    with pytest.raises(NotAllowed):
        cancel_engagement(engagement=one, actor=make.client_of(make.enterprise()), reason="计划改变")


def test_an_engagement_handed_over_is_open_to_the_new_consultant_only():
    one = make.engagement()
    before, after = one.consultant, make.staff()
    transfer_engagement(engagement=one, actor=before, to=after, reason="岗位调整")
    assert Engagement.objects.get().consultant == after
    assert [policy.visible(Engagement, person).count() for person in (before, after)] == [0, 1]
    with pytest.raises(NotAllowed):
        transfer_engagement(engagement=one, actor=before, to=before, reason="要回来")


def test_it_is_handed_only_to_an_active_consultant_with_clearance():
    one = make.engagement(level=2, consultant=make.staff(clearance=2))
    unfit = [
        make.staff(clearance=1),
        make.staff(Role.MANAGER, clearance=2),
        make.staff(clearance=2, is_active=False),
        make.client_of(one.enterprise),
        one.consultant,
    ]
    for person in unfit:
        with pytest.raises(Invalid):
            transfer_engagement(engagement=one, actor=one.consultant, to=person, reason="岗位调整")
    manager = make.staff(Role.MANAGER, clearance=2)
    transfer_engagement(engagement=one, actor=manager, to=make.staff(clearance=2), reason="岗位调整")
    assert Engagement.objects.get().consultant != one.consultant_id


def test_the_client_gets_a_letter_at_every_turn_and_the_reason_stays_in_the_house():
    one = make.engagement(state=Stage.INVESTIGATING)
    make.client_of(one.enterprise, email="client@example.com")
    suspend_engagement(engagement=one, actor=one.consultant, reason="客户停产检修")
    resume_engagement(engagement=Engagement.objects.get(), actor=one.consultant, reason="恢复生产")
    suspend_engagement(engagement=Engagement.objects.get(), actor=one.consultant, reason="再次检修")
    letters = [one.payload for one in Outbox.objects.filter(topic="mail").order_by("pk")]
    assert [letter["subject"] for letter in letters] == [
        f"[{one.number}] 服务项目已中止",
        f"[{one.number}] 服务项目已恢复",
        f"[{one.number}] 服务项目已中止",
    ]
    assert [letter["body"].splitlines()[0] for letter in letters[:2]] == [
        "贵方的服务项目已中止，恢复前不能办理任何步骤，也不需要贵方办理事项。请登录，中止原因列在该服务项目页面的最前面。",
        "贵方的服务项目已恢复。请登录，变化情况列在该服务项目页面的最前面，其下是需要贵方办理的事项。",
    ]
