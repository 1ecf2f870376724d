"""6.4.1: a planned deliverable is corrected or dropped, and one that was due on the end follows the end."""

from datetime import date

import pytest
from tests.engagement.delivery.conftest import at, pdf

from keqiao.accounts.models import Role
from keqiao.engagement.case.states import Stage
from keqiao.engagement.contracting.operations.contract_amendment import (
    approve_amendment,
    draft_amendment,
    sign_amendment,
)
from keqiao.engagement.delivery.operations.adjustment import OptionRow, choose_adjustment, offer_adjustment
from keqiao.engagement.delivery.operations.delivery import (
    DeliverableRow,
    accept_deliverable,
    delivery_is_complete,
    finish_delivery,
    hand_over_deliverable,
    plan_deliverable,
    return_deliverable,
)
from keqiao.engagement.delivery.operations.delivery_changes import change_deliverable, drop_deliverable
from keqiao.engagement.delivery.operations.implementation import deliver_milestone
from keqiao.engagement.models import Adjustment, AdjustmentOption, Deliverable, Milestone
from keqiao.kernel.models import Entry, Outbox
from keqiao.kernel.platform.errors import Invalid, NotAllowed, Refusal, WrongState

END = date(2026, 6, 30)  # of the contract; the plan's last milestone is due on 2026-04-30
NAMES = {
    "平常": date(2026, 5, 10),
    "方案末": date(2026, 4, 30),
    "到期一": END,
    "到期二": END,
    "更晚": date(2026, 9, 1),
}


@pytest.fixture
def planned(world) -> dict[str, Deliverable]:
    rows = [DeliverableRow(name=name, due_on=day) for name, day in NAMES.items()]
    plan_deliverable(engagement=world.engagement, actor=world.consultant, deliverables=rows)
    return {one.name: one for one in Deliverable.objects.all()}


def hand_over(world, one):
    hand_over_deliverable(
        deliverable=one, actor=world.consultant, file=pdf(), quality_check="已按要素h核对，覆盖五年。"
    )


def due_days() -> dict[str, date]:
    return dict(Deliverable.objects.values_list("name", "due_on"))


def change(world, one, **other):
    values = {"deliverable": one, "actor": world.consultant, "name": one.name, "due_on": one.due_on}
    return change_deliverable(**(values | other))


def drop(world, one, **other):
    return drop_deliverable(**({"deliverable": one, "actor": world.consultant, "reason": "录入有误"} | other))


def amend(world, new_end):
    world.contract.signed_on = date(2026, 1, 5)
    world.contract.save()
    made = draft_amendment(
        contract=world.contract, actor=world.consultant, reason="客户停产检修", new_end=new_end
    )
    approve_amendment(amendment=made, actor=world.manager)
    sign_amendment(amendment=made, actor=world.consultant, signed_copy=pdf(), signed_on=date(2026, 3, 2))


def choose(world, ends_on):
    rows = [OptionRow(name="延期", text="加检两库", ends_on=ends_on), OptionRow(name="缩减", text="减少一类")]
    offer_adjustment(
        engagement=world.engagement, actor=world.consultant, reason="因", basis="据", options=rows
    )
    option = AdjustmentOption.objects.get(name="延期")
    choose_adjustment(adjustment=Adjustment.objects.get(), actor=world.client, option=option)


def test_name_form_and_day_are_corrected_and_recorded(world, planned):
    change(world, planned["平常"], name="检索报告", form="PDF", due_on=date(2026, 5, 20))
    one = Deliverable.objects.get(pk=planned["平常"].pk)
    assert (one.name, one.form, one.due_on, one.state) == ("检索报告", "PDF", date(2026, 5, 20), "planned")
    assert Entry.objects.order_by("-id").values_list("operation", "clause")[0] == (
        "change_deliverable",
        "6.4.1",
    )


@pytest.mark.parametrize(
    ("name", "day"),
    [("平常", END), ("平常", date(2026, 3, 1)), ("更晚", date(2026, 9, 1)), ("更晚", date(2026, 7, 1))],
)
def test_a_day_may_be_set_up_to_the_end_of_the_contract_or_to_an_earlier_one(world, planned, name, day):
    change(world, planned[name], due_on=day)
    assert due_days()[name] == day


@pytest.mark.parametrize(("name", "day"), [("平常", date(2026, 7, 1)), ("更晚", date(2026, 9, 2))])
def test_a_day_after_the_contract_needs_an_amendment(world, planned, name, day):
    with pytest.raises(Invalid) as refused:
        change(world, planned[name], due_on=day)
    assert list(refused.value.fields) == ["due_on"]
    assert due_days() == NAMES


def test_what_was_returned_can_be_changed_and_what_is_with_the_client_can_not(world, planned):
    one = planned["平常"]
    hand_over(world, one)
    with pytest.raises(WrongState):
        change(world, one, name="另一名称")
    return_deliverable(deliverable=one, actor=world.client, reason="缺")
    change(world, one, name="另一名称")
    assert Deliverable.objects.get(pk=one.pk).name == "另一名称"


def test_a_mistyped_one_no_longer_holds_up_the_delivery(world, planned):
    for name in ("方案末", "到期一", "到期二", "更晚"):
        drop(world, planned[name])
    for one in Milestone.objects.all():
        deliver_milestone(milestone=one, actor=world.consultant, note="交付")
    wrong = DeliverableRow(name="检锁报告", due_on=END)
    plan_deliverable(engagement=world.engagement, actor=world.consultant, deliverables=[wrong])
    hand_over(world, planned["平常"])
    accept_deliverable(deliverable=planned["平常"], actor=world.client)
    assert world.renewed().state == Stage.IMPLEMENTING
    assert [one.clause for one in delivery_is_complete(world.renewed())] == ["6.4.1"]
    drop(world, Deliverable.objects.get(name="检锁报告"))
    assert delivery_is_complete(world.renewed()) == []
    finish_delivery(engagement=world.renewed(), actor=world.consultant)
    assert world.renewed().state == Stage.DELIVERED


def test_a_dropped_one_says_who_and_why_is_not_late_and_the_client_is_told(world, planned):
    drop(world, planned["平常"])
    with at(date(2026, 8, 1)):
        one = Deliverable.objects.get(pk=planned["平常"].pk)
        assert (one.state, one.reason, one.decided_by, one.days_late) == (
            "dropped",
            "录入有误",
            world.consultant,
            0,
        )
    assert Outbox.objects.filter(key=f"deliverable-dropped-{one.pk}").count() == 1
    with pytest.raises(WrongState):
        hand_over(world, one)


def test_with_everything_dropped_nothing_is_delivered(world, planned):
    for one in planned.values():
        drop(world, one)
    for one in Milestone.objects.all():
        deliver_milestone(milestone=one, actor=world.consultant, note="交付")
    assert [str(one.text) for one in delivery_is_complete(world.renewed())] == ["尚未登记应交付成果。"]


@pytest.mark.parametrize("who", ["client", "outsider", "stranger"])
def test_only_those_in_charge_change_or_drop(world, planned, who):
    for step in (change, drop):
        with pytest.raises(NotAllowed):
            step(world, planned["平常"], actor=getattr(world, who))


def test_neither_goes_on_while_the_engagement_is_suspended(world, planned):
    world.engagement.state = Stage.SUSPENDED
    world.engagement.save()
    for step in (change, drop):
        with pytest.raises(Refusal) as refused:
            step(world, Deliverable.objects.get(pk=planned["平常"].pk))
        assert [one.clause for one in refused.value.missing] == ["6.4.1"]


def test_a_later_end_takes_along_what_was_due_on_the_old_one(world, planned):
    amend(world, date(2026, 8, 15))
    moved = dict.fromkeys(("到期一", "到期二"), date(2026, 8, 15))
    assert due_days() == NAMES | moved
    with at(date(2026, 8, 16)):
        late = {one.name: one.days_late for one in Deliverable.objects.all()}
    # From 05-10 to 08-16 it is 98 days, from 04-30 10 more; from 08-15 one; 09-01 is yet to come.
    assert late == {"平常": 98, "方案末": 108, "到期一": 1, "到期二": 1, "更晚": 0}


def test_an_earlier_end_brings_forward_what_would_lie_behind_it(world, planned):
    amend(world, date(2026, 5, 5))
    forward = dict.fromkeys(("平常", "到期一", "到期二"), date(2026, 5, 5))
    assert due_days() == NAMES | forward


def test_what_the_client_has_follows_and_what_was_accepted_stays(world, planned):
    for name in ("到期一", "到期二"):
        hand_over(world, planned[name])
    accept_deliverable(deliverable=planned["到期一"], actor=world.client)
    amend(world, date(2026, 8, 15))
    assert due_days() == NAMES | {"到期二": date(2026, 8, 15)}
    return_deliverable(deliverable=Deliverable.objects.get(name="到期二"), actor=world.client, reason="缺")
    with at(date(2026, 8, 20)):
        assert Deliverable.objects.get(name="到期二").days_late == 5


def test_a_form_opened_before_the_end_moved_is_out_of_date(world, planned):
    before = planned["到期一"].version
    amend(world, date(2026, 8, 15))
    assert Deliverable.objects.get(name="到期一").version == before + 1


@pytest.mark.parametrize(
    ("ends_on", "moved"),
    [
        (date(2026, 5, 15), ("方案末",)),  # after the plan's end, before the contract's
        (END, ("方案末",)),
        (date(2026, 7, 31), ("方案末", "到期一", "到期二")),
        (date(2026, 4, 1), ()),  # brings milestones forward, not what the contract promises
    ],
)
def test_an_end_the_client_chose_takes_along_what_was_due_on_an_earlier_end(world, planned, ends_on, moved):
    choose(world, ends_on)
    assert due_days() == NAMES | dict.fromkeys(moved, ends_on)


def test_an_option_without_an_end_moves_no_deliverable(world, planned):
    choose(world, None)
    assert due_days() == NAMES


def test_managers_are_in_charge_too(world, planned):
    assert Role.MANAGER in world.manager.roles
    drop(world, planned["平常"], actor=world.manager)
    assert Deliverable.objects.get(pk=planned["平常"].pk).decided_by == world.manager
