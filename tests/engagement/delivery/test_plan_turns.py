"""6.3.3: a draft is rewritten, a version that was sent is withdrawn before the client answers."""

from datetime import date

import pytest
from tests.factories.doors import browser_of

from keqiao.engagement.case.states import Stage
from keqiao.engagement.models import Milestone, Plan
from keqiao.engagement.preparation.operations.plan import (
    MilestoneRow,
    confirm_plan,
    draft_plan,
    first_content,
    reject_plan,
    send_plan,
    template_steps,
)
from keqiao.engagement.preparation.operations.plan_turns import recall_plan, rewrite_plan
from keqiao.engagement.preparation.states import PLAN, PlanState
from keqiao.kernel.models import Entry, Outbox
from keqiao.kernel.platform.errors import Invalid, NotAllowed, Refusal, WrongState

ROWS = [MilestoneRow(name="检索", due_on=date(2026, 4, 1))]
NEW_ROWS = [
    MilestoneRow(name="检索式", due_on=date(2026, 3, 20), result="检索式表"),
    MilestoneRow(name="报告", due_on=date(2026, 4, 20)),
]
REASON = "里程碑日期写错"


def write(world) -> Plan:
    return draft_plan(
        engagement=world.engagement, actor=world.consultant, objectives="目", content="法",
        begins_on=date(2026, 3, 2), milestones=ROWS,
    )  # fmt: skip


@pytest.fixture
def drafted(world) -> Plan:
    world.plan.delete()
    world.engagement.state = Stage.PLANNING
    world.engagement.save()
    return write(world)


@pytest.fixture
def sent(world, drafted) -> Plan:
    send_plan(plan=drafted, actor=world.consultant)
    return Plan.objects.get()


def rewrite(world, plan, **other):
    values = {"objectives": "新目标", "content": "新方法", "begins_on": date(2026, 3, 9)}
    given = {"plan": plan, "actor": world.consultant, "milestones": NEW_ROWS} | values
    return rewrite_plan(**(given | other))


def recall(world, plan, **other):
    return recall_plan(**({"plan": plan, "actor": world.consultant, "reason": REASON} | other))


def confirm(world, plan):
    return confirm_plan(plan=plan, actor=world.client, sha256=plan.sha256)


def test_a_rewritten_draft_is_the_same_version_with_all_its_parts_replaced(world, drafted):
    rewrite(world, drafted)
    plan = Plan.objects.get()
    assert (plan.number, plan.edition, plan.state) == (drafted.number, 1, "draft")
    assert (plan.objectives, plan.content, plan.begins_on) == ("新目标", "新方法", date(2026, 3, 9))
    rows = Milestone.objects.order_by("due_on").values_list("name", "due_on", "result")
    assert list(rows) == [
        ("检索式", date(2026, 3, 20), "检索式表"),
        ("报告", date(2026, 4, 20), ""),
    ]
    assert Entry.objects.order_by("-id").values_list("operation", "clause")[0] == ("rewrite_plan", "6.3.3")


def test_a_milestone_before_the_beginning_leaves_the_draft_as_it_was(world, drafted):
    with pytest.raises(Invalid) as refused:
        rewrite(world, drafted, begins_on=date(2026, 3, 21))
    assert list(refused.value.fields) == ["milestones"]
    assert (Plan.objects.get().objectives, Milestone.objects.get().name) == ("目", "检索")


def test_the_form_to_rewrite_starts_from_the_draft(world, drafted):
    rewrite(world, drafted)
    page = browser_of(world.consultant).get(f"/plans/{drafted.pk}/do/rewrite_plan/").content.decode()
    for written in ("新目标", "新方法", "2026-03-09", "检索式", "2026-03-20", "检索式表", "2026-04-20"):
        assert written in page


def test_what_was_sent_is_not_rewritten(world, sent):
    with pytest.raises(WrongState):
        rewrite(world, sent)


def test_a_withdrawn_version_keeps_its_text_hash_and_reason_and_can_not_be_answered(world, sent):
    recall(world, sent)
    plan = Plan.objects.get()
    assert (plan.state, plan.reason, plan.decided_by) == ("withdrawn", REASON, world.consultant)
    assert (plan.content, plan.sha256) == ("法", sent.sha256)
    with pytest.raises(WrongState):
        confirm(world, plan)
    with pytest.raises(WrongState):
        reject_plan(plan=plan, actor=world.client, reason="太慢")
    assert world.renewed().state == Stage.PLANNING
    assert Outbox.objects.filter(key=f"plan-withdrawn-{plan.pk}").count() == 1


def test_the_page_of_the_client_no_longer_asks_and_says_who_and_why(world, sent):
    browser, path = browser_of(world.client), f"/engagements/{world.engagement.pk}/plan/"
    before = browser.get(path).content.decode()
    recall(world, sent)
    after = browser.get(path).content.decode()
    assert ["confirm_plan" in page for page in (before, after)] == [True, False]
    assert ["reject_plan" in page for page in (before, after)] == [True, False]
    assert [REASON in page for page in (before, after)] == [False, True]
    assert "Withdrawn · 顾问 · " in after


def test_the_days_of_a_withdrawn_version_are_not_told_as_the_plan(world, sent):
    browser, path = browser_of(world.client), f"/engagements/{world.engagement.pk}/"
    before = browser.get(path).content.decode()
    recall(world, sent)
    assert [">检索<" in page for page in (before, browser.get(path).content.decode())] == [True, False]


def test_the_next_version_starts_from_the_withdrawn_one_and_is_confirmed(world, sent):
    with pytest.raises(Refusal) as refused:
        write(world)
    assert [one.clause for one in refused.value.missing] == ["6.3.3"]
    recall(world, sent)
    assert (template_steps(world.engagement), first_content(world.engagement)) == (ROWS, "法")
    write(world)
    second = Plan.objects.get(edition=2)
    send_plan(plan=second, actor=world.consultant)
    confirm(world, Plan.objects.get(edition=2))
    states = dict(Plan.objects.values_list("edition", "state"))
    assert states == {1: PlanState.WITHDRAWN, 2: PlanState.CONFIRMED}
    assert world.renewed().state == Stage.IMPLEMENTING


def test_an_answer_comes_before_the_withdrawal_or_after_it_never_both(world, sent):
    confirm(world, sent)
    with pytest.raises(WrongState):
        recall(world, Plan.objects.get())
    assert (Plan.objects.get().state, Plan.objects.get().decided_by) == ("confirmed", world.client)


@pytest.mark.parametrize("who", ["client", "stranger", "outsider"])
def test_only_those_in_charge_withdraw(world, sent, who):
    with pytest.raises(NotAllowed):
        recall(world, sent, actor=getattr(world, who))


def test_neither_goes_on_while_the_engagement_is_suspended(world, drafted):
    world.engagement.state = Stage.SUSPENDED
    world.engagement.save()
    with pytest.raises(Refusal):
        rewrite(world, Plan.objects.get())
    Plan.objects.update(state=PlanState.SENT)
    with pytest.raises(Refusal):
        recall(world, Plan.objects.get())


def test_a_draft_is_only_sent_and_a_withdrawn_version_is_final():
    assert PLAN.moves[PlanState.DRAFT] == {PlanState.SENT}
    assert PLAN.moves[PlanState.WITHDRAWN] == frozenset()
