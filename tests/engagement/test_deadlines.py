"""What the parts of an engagement wait for, read in one query."""

from datetime import date
from decimal import Decimal

import pytest
from tests.factories import contracts as make

from keqiao.engagement.case.states import Stage
from keqiao.engagement.contracting.states import ContractState
from keqiao.engagement.intake.states import MaterialState
from keqiao.engagement.models import (
    Adjustment,
    AdjustmentOption,
    Complaint,
    Deliverable,
    Engagement,
    Material,
    Member,
    Milestone,
    Plan,
    Survey,
    Task,
)
from keqiao.engagement.preparation.states import PlanState
from keqiao.kernel.steps.deadlines import reading

pytestmark = pytest.mark.usefixtures("site")
DAY = date(2026, 3, 20)


def found(engagement, key=""):
    """Key, name and day of what it waits for, as its consultant reads it."""
    rows = reading.of(Engagement, [engagement.pk], engagement.consultant)
    return [(one.deadline.key, one.name, one.day) for one in rows if key in ("", one.deadline.key)]


def test_material_is_the_clients_until_given_and_ours_until_reviewed():
    one = make.engagement(state=Stage.SUBMITTED, stage_due_on=DAY)
    for name, state, required in (
        ("缺", MaterialState.REQUESTED, True),
        ("可缺", MaterialState.REQUESTED, False),
        ("错", MaterialState.TO_CORRECT, True),
        ("待审", MaterialState.PROVIDED, True),
        ("好", MaterialState.ACCEPTED, True),
    ):
        Material.objects.create(engagement=one, name=name, state=state, required=required)
    assert sorted(name for kind, name, _on in found(one) if kind == "material") == ["缺", "错"]
    assert [(name, on) for kind, name, on in found(one) if kind == "review"] == [("待审", DAY)]


def test_the_plan_sent_waits_for_the_client_and_its_milestones_only_once_confirmed():
    one = make.engagement(state=Stage.PLANNING)
    plan = Plan.objects.create(
        engagement=one,
        number="FA-9",
        edition=1,
        objectives="x",
        content="x",
        begins_on=DAY,
        state=PlanState.SENT,
    )
    Milestone.objects.create(engagement=one, plan=plan, name="初稿", due_on=DAY)
    assert found(one) == [("plan", "FA-9", None)]
    Plan.objects.update(state=PlanState.CONFIRMED)
    assert found(one) == [("milestone", "初稿", DAY)]


def test_fees_wait_while_something_is_owed_on_a_signed_contract():
    contract = make.signed()
    Engagement.objects.filter(pk=contract.engagement_id).update(state=Stage.IMPLEMENTING)
    assert found(contract.engagement, "fee") == [
        ("fee", "首期", date(2026, 3, 20)),
        ("fee", "尾款", date(2026, 7, 10)),
    ]
    contract.fees.filter(name="首期").update(paid=Decimal("30000.00"))
    assert found(contract.engagement, "fee") == [("fee", "尾款", date(2026, 7, 10))]


def test_contracts_wait_for_a_second_person_and_then_for_the_client():
    contract = make.in_approval()
    assert [kind for kind, *_rest in found(contract.engagement)] == ["approval"]
    contract.__class__.objects.update(state=ContractState.SENT)
    assert [kind for kind, *_rest in found(contract.engagement)] == ["signature"]


def test_people_deliverables_surveys_and_complaints():
    one = make.engagement(state=Stage.IMPLEMENTING)
    member = Member.objects.create(engagement=one, user=one.consultant, role="leader", duty="总负责")
    Task.objects.create(engagement=one, title="整理", member=member, due_on=date(2026, 3, 5))
    Deliverable.objects.create(engagement=one, number="CG-1", name="报告", due_on=DAY)
    Deliverable.objects.create(
        engagement=one, number="CG-2", name="清单", due_on=DAY, state="handed_over", handed_over_on=DAY
    )
    Adjustment.objects.create(engagement=one, reason="窗口提前", basis="通知")
    Survey.objects.create(engagement=one, token_sha256="0" * 64)
    Complaint.objects.create(
        engagement=one, number="TS-1", kind="complaint", text="慢", channel="phone", due_on=DAY
    )
    assert sorted(kind for kind, *_rest in found(one)) == [
        "acceptance", "adjustment", "complaint", "deliverable", "survey", "task", "undertaking",
    ]  # fmt: skip


def test_an_adjustment_is_to_be_chosen_before_the_first_option_ends_if_one_names_an_end():
    one = make.engagement(state=Stage.IMPLEMENTING)
    offer = Adjustment.objects.create(engagement=one, reason="窗口提前", basis="通知")
    for name, ends_on in (("甲", None), ("乙", date(2026, 4, 9)), ("丙", date(2026, 4, 2))):
        AdjustmentOption.objects.create(
            engagement=one, adjustment=offer, name=name, text="x", ends_on=ends_on
        )
    assert found(one) == [("adjustment", "示例委托", date(2026, 4, 2))]
    AdjustmentOption.objects.update(ends_on=None)
    assert found(one) == [("adjustment", "示例委托", None)]


def test_a_survey_is_waited_for_as_long_as_the_archive_waits_for_it():
    one = make.engagement(state=Stage.DELIVERED)
    with make.clock.at(make.NOON):  # Monday, 2026-03-02; ten working days on is Monday, 2026-03-16
        survey = Survey.objects.create(engagement=one, token_sha256="0" * 64)
    assert found(one) == [("survey", "示例委托", date(2026, 3, 16))]
    assert survey.due_on == date(2026, 3, 16)


def test_what_has_no_day_comes_last():
    one = make.engagement(state=Stage.IMPLEMENTING)
    Adjustment.objects.create(engagement=one, reason="窗口提前", basis="通知")
    Deliverable.objects.create(engagement=one, number="CG-1", name="报告", due_on=DAY)
    assert [kind for kind, *_rest in found(one)] == ["deliverable", "adjustment"]


def test_what_was_planned_waits_no_more_when_it_ended_early():
    one = make.engagement(state=Stage.ENDED_EARLY)
    Deliverable.objects.create(engagement=one, number="CG-1", name="报告", due_on=DAY)
    Adjustment.objects.create(engagement=one, reason="窗口提前", basis="通知")
    assert found(one) == []


def test_a_closed_engagement_waits_for_nothing():
    one = make.engagement(state=Stage.CANCELLED)
    Material.objects.create(engagement=one, name="缺")
    Complaint.objects.create(
        engagement=one, number="TS-2", kind="complaint", text="慢", channel="phone", due_on=DAY
    )
    assert found(one) == []


def test_all_kinds_are_one_query(django_assert_num_queries):
    one = make.engagement(state=Stage.SUBMITTED)
    with django_assert_num_queries(2):  # the engagements, then all that they wait for
        found(one)
