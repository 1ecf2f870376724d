"""6.3.4 a to e."""

from datetime import date

import pytest
from tests.engagement.delivery.conftest import TODAY, at, pdf

from keqiao.engagement.case.states import Stage
from keqiao.engagement.delivery.operations.implementation import (
    add_working_data,
    deliver_milestone,
    engage_partner,
    log_guidance,
    send_progress_report,
)
from keqiao.engagement.models import Channel, Milestone, ProgressReport
from keqiao.engagement.preparation.states import PlanState
from keqiao.kernel.models import Entry, Outbox
from keqiao.kernel.platform.errors import Invalid, NotAllowed, Refusal, WrongState
from keqiao.kernel.platform.levels import Level


def guidance(world, **other):
    values = {
        "given_on": TODAY,
        "channel": Channel.PHONE,
        "question": "问",
        "advice": "答",
        "actor": world.consultant,
    }
    return log_guidance(engagement=world.engagement, **(values | other))


def test_guidance_is_logged_with_who_and_when(world):
    made = guidance(world)
    assert (made.given_by, made.given_on, made.channel, made.question, made.advice) == (
        world.consultant, TODAY, "phone", "问", "答",
    )  # fmt: skip
    assert Entry.objects.get(operation="log_guidance").clause == "6.3.4.a"


def test_guidance_still_to_come_is_refused(world):
    with pytest.raises(Invalid) as refused:
        guidance(world, given_on=date(2026, 3, 3))
    assert list(refused.value.fields) == ["given_on"]


@pytest.mark.parametrize("who", ["outsider", "client", "stranger"])
def test_only_the_group_logs_guidance(world, who):
    with pytest.raises(NotAllowed):
        guidance(world, actor=getattr(world, who))


@pytest.mark.parametrize("state", [Stage.DRAFT, Stage.ACCEPTED, Stage.ARCHIVED, Stage.CANCELLED])
def test_guidance_belongs_to_the_time_after_the_contract(world, state):
    world.engagement.state = state
    world.engagement.save()
    with pytest.raises(WrongState):
        guidance(world)


def test_working_data_keeps_its_file_and_names_its_hash_in_the_record(world):
    made = add_working_data(
        engagement=world.engagement, actor=world.consultant, name="数据", analysis="分析", file=pdf()
    )
    entry = Entry.objects.get(operation="add_working_data")
    assert [file.sha256 for file in entry.files.all()] == [made.blob.sha256]
    assert (
        add_working_data(engagement=world.engagement, actor=world.consultant, name="无", analysis="无").blob
        is None
    )


def test_a_progress_report_is_a_paper_and_a_letter_without_its_content(world):
    made = send_progress_report(
        engagement=world.engagement, actor=world.consultant, done="已检索三库", next_steps="筛选", problems=""
    )
    assert made.pdf.name == "服务进展报告-WT-2026-00001-JZ1.pdf"
    letter = Outbox.objects.get(topic="mail")
    assert letter.payload["to"] == ["wang@example.com"]
    assert "已检索三库" not in letter.payload["body"]


def test_a_progress_report_sent_twice_under_one_key_is_one(world):
    values = {"engagement": world.engagement, "done": "做", "next_steps": "续", "key": "k1"}
    first = send_progress_report(actor=world.consultant, **values)
    second = send_progress_report(actor=world.consultant, **values)
    assert (first.pk, ProgressReport.objects.count(), Outbox.objects.count()) == (second.pk, 1, 1)


@pytest.mark.parametrize(
    ("day", "late"), [(date(2026, 4, 10), 0), (date(2026, 4, 9), 0), (date(2026, 4, 17), 7)]
)
def test_days_late_of_a_staged_result(world, day, late):
    milestone = Milestone.objects.get(name="初稿")
    with at(day):
        deliver_milestone(milestone=milestone, actor=world.consultant, note="交付初稿", file=pdf())
    milestone.refresh_from_db()
    assert (milestone.delivered_on, milestone.due_on, milestone.days_late) == (day, date(2026, 4, 10), late)


def test_lateness_counts_while_the_confirmed_plan_waits(world):
    milestone = Milestone.objects.get(name="检索式确定")
    assert milestone.days_late == 10  # due on 20 February, today is 2 March
    world.plan.state = PlanState.SUPERSEDED
    world.plan.save()
    assert Milestone.objects.get(pk=milestone.pk).days_late == 0


def test_a_promised_result_needs_its_file(world):
    milestone = Milestone.objects.get(name="初稿")
    milestone.result = "报告初稿"
    milestone.save()
    with pytest.raises(Invalid) as refused:
        deliver_milestone(milestone=milestone, actor=world.consultant, note="口头")
    assert list(refused.value.fields) == ["file"]


def test_a_staged_result_is_delivered_once(world):
    milestone = Milestone.objects.get(name="初稿")
    deliver_milestone(milestone=milestone, actor=world.consultant, note="交付")
    with pytest.raises(Refusal) as refused:
        deliver_milestone(milestone=milestone, actor=world.consultant, note="再交")
    assert [one.clause for one in refused.value.missing] == ["6.3.4.d"]


@pytest.mark.parametrize(
    ("plan_state", "stage"),
    [(PlanState.SUPERSEDED, Stage.IMPLEMENTING), (PlanState.CONFIRMED, Stage.SUSPENDED)],
)
def test_staged_results_belong_to_the_confirmed_plan_being_carried_out(world, plan_state, stage):
    world.plan.state, world.engagement.state = plan_state, stage
    world.plan.save()
    world.engagement.save()
    with pytest.raises(Refusal) as refused:
        deliver_milestone(milestone=Milestone.objects.get(name="初稿"), actor=world.consultant, note="交付")
    assert len(refused.value.missing) == 1


@pytest.mark.parametrize("level", [Level.TRADE_SECRET, Level.CORE_TRADE_SECRET])
def test_a_partner_in_a_confidential_engagement_must_be_bound(world, level):
    world.engagement.level = level
    world.engagement.save()
    values = {"engagement": world.engagement, "actor": world.consultant, "name": "检测所", "service": "检测"}
    with pytest.raises(Invalid) as refused:
        engage_partner(**values, undertaking=False)
    assert list(refused.value.fields) == ["undertaking"]
    assert engage_partner(**values, undertaking=True).undertaking is True


def test_a_partner_in_an_internal_engagement_may_be_unbound(world):
    made = engage_partner(
        engagement=world.engagement,
        actor=world.consultant,
        name="检测所",
        service="检测",
        undertaking=False,
    )
    assert made.undertaking is False
