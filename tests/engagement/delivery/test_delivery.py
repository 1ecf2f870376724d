"""6.4.1: checked against element h, handed over, accepted or returned; delivered with the last."""

from datetime import date

import pytest
from tests.engagement.delivery.conftest import at, pdf
from tests.factories.doors import DOOR

from keqiao.engagement.case.states import Stage
from keqiao.engagement.contracting.states import ContractState
from keqiao.engagement.delivery.operations.delivery import (
    accept_deliverable,
    check_to_fill,
    delivery_is_complete,
    finish_delivery,
    hand_over_deliverable,
    plan_deliverable,
    return_deliverable,
    usual_deliverables,
)
from keqiao.engagement.delivery.operations.implementation import deliver_milestone
from keqiao.engagement.delivery.states import DeliverableState
from keqiao.engagement.models import Deliverable, Milestone
from keqiao.kernel.models import Outbox
from keqiao.kernel.platform.errors import Invalid, NotAllowed, Refusal, WrongState


@pytest.fixture
def planned(world) -> list[Deliverable]:
    rows = usual_deliverables(world.engagement)
    plan_deliverable(engagement=world.engagement, actor=world.consultant, deliverables=rows)
    return list(Deliverable.objects.order_by("pk"))


def hand_over(world, one, **other):
    values = {
        "deliverable": one,
        "actor": world.consultant,
        "file": pdf(),
        "quality_check": "已按要素h核对，覆盖五年。",
    }
    return hand_over_deliverable(**(values | other))


def finish_milestones(world):
    for one in Milestone.objects.all():
        deliver_milestone(milestone=one, actor=world.consultant, note="交付")


def test_deliverables_are_planned_from_the_item_and_due_at_the_end_of_the_contract(world, planned):
    assert [(one.number, one.name, one.form, one.due_on) for one in planned] == [
        ("JG-2026-00001", "检索报告", "pdf", date(2026, 6, 30)),
        ("JG-2026-00002", "检索清单", "pdf", date(2026, 6, 30)),
    ]
    assert usual_deliverables(world.engagement) == []


def test_the_check_starts_from_element_h_and_must_say_more(world, planned):
    started = check_to_fill(planned[0])
    assert "检索报告覆盖五年。" in started
    with pytest.raises(Invalid) as refused:
        hand_over(world, planned[0], quality_check=f"{started}  \n")
    assert list(refused.value.fields) == ["quality_check"]
    assert Deliverable.objects.get(pk=planned[0].pk).state == DeliverableState.PLANNED


@pytest.mark.parametrize("state", [ContractState.SENT, ContractState.ENDED])
def test_nothing_is_handed_over_without_a_signed_contract(world, planned, state):
    world.contract.state = state
    world.contract.save()
    with pytest.raises(Refusal) as refused:
        hand_over(world, planned[0])
    assert [one.clause for one in refused.value.missing] == ["6.2"]


@pytest.mark.parametrize("stage", [Stage.PLANNING, Stage.SUSPENDED, Stage.ENDED_EARLY])
def test_nothing_is_handed_over_outside_implementation(world, planned, stage):
    world.engagement.state = stage
    world.engagement.save()
    with pytest.raises(Refusal) as refused:
        hand_over(world, Deliverable.objects.get(pk=planned[0].pk))
    assert [one.clause for one in refused.value.missing] == ["6.4.1"]


@pytest.mark.parametrize(
    ("day", "late"), [(date(2026, 6, 30), 0), (date(2026, 7, 1), 1), (date(2026, 7, 30), 30)]
)
def test_days_late_of_a_deliverable(world, planned, day, late):
    with at(day):
        hand_over(world, planned[0])
    one = Deliverable.objects.get(pk=planned[0].pk)
    assert (one.handed_over_on, one.days_late) == (day, late)


def test_lateness_counts_while_a_deliverable_waits_and_stands_still_while_the_client_decides(world, planned):
    def late(day):
        with at(day):
            return Deliverable.objects.get(pk=planned[0].pk).days_late

    assert [late(date(2026, 6, 30)), late(date(2026, 7, 3))] == [0, 3]
    with at(date(2026, 7, 4)):
        hand_over(world, planned[0])
    assert late(date(2026, 8, 1)) == 4
    return_deliverable(deliverable=planned[0], actor=world.client, reason="缺")
    assert late(date(2026, 8, 1)) == 32


def test_a_return_says_why_and_the_next_handover_is_decided_anew(world, planned):
    hand_over(world, planned[0])
    return_deliverable(deliverable=planned[0], actor=world.client, reason="缺两年\n格式不符")
    one = Deliverable.objects.get(pk=planned[0].pk)
    assert (one.state, one.reason, one.decided_by) == ("returned", "缺两年\n格式不符", world.client)
    with at(date(2026, 7, 2)):
        hand_over(world, one)
    one.refresh_from_db()
    assert (one.state, one.days_late, one.decided_by, one.decided_at) == ("handed_over", 2, None, None)


def test_every_change_renews_the_handover_sheet(world, planned):
    sheets = [hand_over(world, planned[0]).sheet_id]
    sheets.append(return_deliverable(deliverable=planned[0], actor=world.client, reason="缺").sheet_id)
    assert len(set(sheets)) == 2
    assert Deliverable.objects.get(pk=planned[0].pk).sheet.name == "成果交付验收单-JG-2026-00001.pdf"


@pytest.mark.parametrize("who", ["consultant", "manager", "stranger"])
def test_only_the_client_accepts_or_returns(world, planned, who):
    hand_over(world, planned[0])
    with pytest.raises(NotAllowed):
        accept_deliverable(deliverable=planned[0], actor=getattr(world, who))
    with pytest.raises(NotAllowed):
        return_deliverable(deliverable=planned[0], actor=getattr(world, who), reason="否")


def test_the_last_acceptance_delivers_the_engagement_and_asks_for_the_survey(world, planned):
    finish_milestones(world)
    for one in planned:
        hand_over(world, one)
    with at(date(2026, 6, 1)):
        accept_deliverable(deliverable=planned[0], actor=world.client)
        assert world.renewed().state == Stage.IMPLEMENTING
        accept_deliverable(deliverable=planned[1], actor=world.client)
    engagement = world.renewed()
    assert (engagement.state, engagement.delivered_on, engagement.stage_since) == (
        Stage.DELIVERED, date(2026, 6, 1), date(2026, 6, 1),
    )  # fmt: skip
    assert Outbox.objects.filter(topic="send-survey").count() == 1


def test_the_engagement_stays_while_a_staged_result_is_missing_and_says_which(world, planned):
    for one in planned:
        hand_over(world, one)
        accept_deliverable(deliverable=one, actor=world.client)
    engagement = world.renewed()
    assert engagement.state == Stage.IMPLEMENTING
    assert [one.clause for one in delivery_is_complete(engagement)] == ["6.3.4.d"] * 3
    with pytest.raises(Refusal) as refused:
        finish_delivery(engagement=engagement, actor=world.consultant)
    assert [name in str(refused.value) for name in ("检索式确定", "初稿", "定稿")] == [True] * 3
    finish_milestones(world)
    finish_delivery(engagement=world.renewed(), actor=world.consultant)
    assert world.renewed().state == Stage.DELIVERED
    assert Outbox.objects.filter(topic="send-survey").count() == 1


def test_delivery_is_not_finished_with_nothing_planned_or_something_open(world):
    finish_milestones(world)
    assert [one.clause for one in delivery_is_complete(world.engagement)] == ["6.4.1"]
    plan_deliverable(
        engagement=world.engagement, actor=world.consultant, deliverables=usual_deliverables(world.engagement)
    )
    assert [one.clause for one in delivery_is_complete(world.engagement)] == ["6.4.1", "6.4.1"]


def test_accepting_twice_under_one_key_is_one_and_without_it_comes_too_late(world, planned):
    hand_over(world, planned[0])
    first = accept_deliverable(deliverable=planned[0], actor=world.client, key="k")
    assert accept_deliverable(deliverable=planned[0], actor=world.client, key="k").pk == first.pk
    with pytest.raises(WrongState):
        accept_deliverable(deliverable=planned[0], actor=world.client)


def test_another_enterprise_finds_nothing_where_the_client_finds_its_deliverable(world, planned, client):
    address = f"/deliverables/{planned[0].pk}/"
    found = {}
    for who in (world.stranger, world.client, world.outsider, world.consultant):
        client.force_login(who, backend=DOOR)
        found[who.name] = client.get(address).status_code
    assert found == {"别家": 404, "王客户": 200, "外组顾问": 404, "顾问": 200}
