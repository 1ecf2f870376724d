"""6.3.4 f: the client's choice makes the next version, known by its hash."""

from datetime import date

import pytest
from tests.engagement.delivery.conftest import at

from keqiao.documents.payload import digest_of
from keqiao.engagement.case.states import Stage
from keqiao.engagement.delivery.operations.adjustment import (
    OptionRow,
    choose_adjustment,
    offer_adjustment,
    withdraw_adjustment,
)
from keqiao.engagement.delivery.operations.implementation import deliver_milestone
from keqiao.engagement.delivery.states import AdjustmentState
from keqiao.engagement.models import Adjustment, AdjustmentOption, Milestone, Plan
from keqiao.engagement.preparation.papers import plan as plan_paper
from keqiao.engagement.preparation.states import PlanState
from keqiao.kernel.models import Entry
from keqiao.kernel.platform.errors import Invalid, NotAllowed, Refusal, WrongState

OPTIONS = [
    OptionRow(name="延期", text="加检两库", ends_on=date(2026, 5, 15)),
    OptionRow(name="缩减", text="减少一类"),
]


@pytest.fixture
def offered(world) -> Adjustment:
    return offer_adjustment(
        engagement=world.engagement, actor=world.consultant, reason="新数据库", basis="数据", options=OPTIONS
    )


def choose(world, adjustment, name, **other):
    option = AdjustmentOption.objects.get(adjustment=adjustment, name=name)
    return choose_adjustment(**({"adjustment": adjustment, "actor": world.client, "option": option} | other))


def test_one_option_is_no_choice(world):
    with pytest.raises(Invalid) as refused:
        offer_adjustment(
            engagement=world.engagement, actor=world.consultant, reason="因", basis="据", options=OPTIONS[:1]
        )
    assert list(refused.value.fields) == ["options"]
    assert Adjustment.objects.count() == 0


@pytest.mark.parametrize(
    "options",
    [[OPTIONS[1], OPTIONS[1]], [OPTIONS[0], OptionRow(name="旧", text="旧", ends_on=date(2026, 3, 1))]],
)
def test_options_differ_and_end_in_the_future(world, options):
    with pytest.raises(Invalid):
        offer_adjustment(
            engagement=world.engagement, actor=world.consultant, reason="因", basis="据", options=options
        )


def test_an_offer_waits_for_its_answer_before_the_next(world, offered):
    with pytest.raises(Refusal) as refused:
        offer_adjustment(
            engagement=world.engagement, actor=world.consultant, reason="因", basis="据", options=OPTIONS
        )
    assert [one.clause for one in refused.value.missing] == ["6.3.4.f"]
    withdraw_adjustment(adjustment=offered, actor=world.consultant, reason="有误")
    assert Adjustment.objects.get(pk=offered.pk).state == AdjustmentState.DROPPED
    with pytest.raises(WrongState):
        choose(world, offered, "延期")


def test_the_choice_makes_version_two_sent_and_confirmed_with_its_hash(world, offered):
    choose(world, offered, "延期")
    chosen, second = Adjustment.objects.get(), Plan.objects.get(edition=2)
    assert (chosen.state, chosen.chosen.name, chosen.chosen_by, chosen.next_plan) == (
        "chosen", "延期", world.client, second,
    )  # fmt: skip
    assert (second.number, second.state, second.decided_by) == (
        "FA-2026-00001",
        PlanState.CONFIRMED,
        world.client,
    )
    assert second.content == "方法\n\n延期\n加检两库"
    assert second.sha256 == digest_of(document=plan_paper.plan(second))
    assert Plan.objects.get(edition=1).state == PlanState.SUPERSEDED
    assert list(Entry.objects.order_by("id").values_list("operation", "actor_label")) == [
        ("offer_adjustment", "顾问"),
        ("send_plan", "system"),
        ("confirm_plan", "王客户"),
        ("choose_adjustment", "王客户"),
    ]
    assert world.renewed().state == Stage.IMPLEMENTING


def test_what_is_delivered_goes_along_and_the_rest_moves_so_that_the_last_falls_on_the_end(world, offered):
    deliver_milestone(milestone=Milestone.objects.get(name="检索式确定"), actor=world.consultant, note="已交")
    choose(world, offered, "延期")
    moved = Milestone.objects.filter(plan__edition=2).order_by("due_on")
    assert list(moved.values_list("name", "due_on", "delivered_on", "note")) == [
        ("检索式确定", date(2026, 2, 20), date(2026, 3, 2), "已交"),
        ("初稿", date(2026, 4, 25), None, ""),  # 15 days later, as the last one
        ("定稿", date(2026, 5, 15), None, ""),
    ]
    assert [one.days_late for one in moved] == [10, 0, 0]


def test_an_option_without_an_end_leaves_the_days(world, offered):
    choose(world, offered, "缩减")
    days = Milestone.objects.filter(plan__edition=2).order_by("due_on").values_list("due_on", flat=True)
    assert list(days) == [date(2026, 2, 20), date(2026, 4, 10), date(2026, 4, 30)]


def test_an_option_whose_end_has_passed_can_not_be_chosen(world, offered):
    with at(date(2026, 5, 16)), pytest.raises(Invalid) as refused:
        choose(world, offered, "延期")
    assert list(refused.value.fields) == ["option"]
    assert Plan.objects.count() == 1


def test_an_option_of_another_adjustment_is_refused(world, offered):
    withdraw_adjustment(adjustment=offered, actor=world.consultant, reason="有误")
    second = offer_adjustment(
        engagement=world.engagement, actor=world.consultant, reason="因", basis="据", options=OPTIONS
    )
    foreign = AdjustmentOption.objects.get(adjustment=offered, name="延期")
    with pytest.raises(Invalid):
        choose(world, second, "延期", option=foreign)


@pytest.mark.parametrize("who", ["stranger", "consultant", "manager"])
def test_only_the_client_of_the_engagement_chooses(world, offered, who):
    with pytest.raises(NotAllowed):
        choose(world, offered, "延期", actor=getattr(world, who))


def test_a_second_choice_comes_too_late_and_a_double_click_is_one(world, offered):
    first = choose(world, offered, "延期", key="k")
    assert choose(world, offered, "延期", key="k").pk == first.pk
    with pytest.raises(WrongState):
        choose(world, offered, "缩减")
    assert Plan.objects.count() == 2


def test_there_is_nothing_to_adjust_without_a_confirmed_plan(world):
    world.plan.state = PlanState.SUPERSEDED
    world.plan.save()
    with pytest.raises(Refusal) as refused:
        offer_adjustment(
            engagement=world.engagement, actor=world.consultant, reason="因", basis="据", options=OPTIONS
        )
    assert [one.clause for one in refused.value.missing] == ["6.3.3"]


def test_the_choice_waits_while_the_engagement_is_suspended(world, offered):
    world.engagement.state = Stage.SUSPENDED
    world.engagement.save()
    with pytest.raises(Refusal) as refused:
        choose(world, offered, "延期")
    assert [one.clause for one in refused.value.missing] == ["6.3.4.f"]
