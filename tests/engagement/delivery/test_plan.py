"""6.3.3: drafts are not for the client; versions are answered while the engagement is under way."""

from datetime import date

import pytest

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
from keqiao.engagement.preparation.states import PlanState
from keqiao.kernel.platform.errors import Invalid, Refusal
from keqiao.kernel.platform.policy import visible

ROWS = [MilestoneRow(name="检索", due_on=date(2026, 4, 1))]


@pytest.fixture
def drafted(world) -> Plan:
    world.plan.delete()
    world.engagement.state = Stage.PLANNING
    world.engagement.save()
    return draft_plan(
        engagement=world.engagement, actor=world.consultant, objectives="目", content="法",
        begins_on=date(2026, 3, 2), milestones=ROWS,
    )  # fmt: skip


def test_the_client_sees_a_version_once_it_is_sent(world, drafted):
    def seen():
        return visible(Plan, world.client).count(), visible(Milestone, world.client).count()

    before = seen()
    send_plan(plan=drafted, actor=world.consultant)
    assert (before, seen()) == ((0, 0), (1, 1))


def test_a_hash_of_another_version_is_refused(world, drafted):
    send_plan(plan=drafted, actor=world.consultant)
    with pytest.raises(Invalid) as refused:
        confirm_plan(plan=drafted, actor=world.client, sha256="0" * 64)
    assert list(refused.value.fields) == ["sha256"]
    confirm_plan(plan=Plan.objects.get(), actor=world.client, sha256=Plan.objects.get().sha256)
    assert (Plan.objects.get().decided_by, world.renewed().state) == (world.client, Stage.IMPLEMENTING)


def test_the_next_version_starts_from_the_one_sent_back(world, drafted):
    send_plan(plan=drafted, actor=world.consultant)
    reject_plan(plan=drafted, actor=world.client, reason="太慢")
    assert (template_steps(world.engagement), first_content(world.engagement)) == (ROWS, "法")


@pytest.mark.parametrize("stage", [Stage.SUSPENDED, Stage.ENDED_EARLY])
def test_nothing_is_confirmed_while_the_engagement_rests(world, drafted, stage):
    send_plan(plan=drafted, actor=world.consultant)
    world.engagement.state = stage
    world.engagement.save()
    plan = Plan.objects.get()
    with pytest.raises(Refusal) as refused:
        confirm_plan(plan=plan, actor=world.client, sha256=plan.sha256)
    assert [one.clause for one in refused.value.missing] == ["6.3.3"]
    assert Plan.objects.get().state == PlanState.SENT
