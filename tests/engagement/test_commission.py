"""6.1.1: the commission and its requirements, the material it needs, the client's word that it is lawful, true and valid."""

from datetime import date

import pytest
from tests.factories import engagements as e
from tests.factories import enterprises
from tests.factories.catalogue import offer

from keqiao.catalogue.models import MaterialKind, MaterialNature, Offer, ServiceItem
from keqiao.engagement.case.states import Stage
from keqiao.engagement.intake.operations.commission import (
    create_commission,
    declare_truthful,
    request_material,
    submit_commission,
)
from keqiao.engagement.models import Engagement, StageLimit
from keqiao.kernel.models import Entry
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.errors import Invalid
from keqiao.kernel.platform.levels import Level

TODAY = date(2026, 3, 2)  # a Monday; no holiday before 4 April


def commission(world, *, by="client", **values):
    texts = {"title": "示例委托", "need": "示例需求", "contact_name": "示例联系人"}
    return create_commission(
        actor=world.person(by), **{"enterprise": world.ours, "item": world.cast.item, **texts, **values}
    )


def asked(engagement):
    rows = engagement.materials.order_by("pk")
    return list(rows.values_list("name", "proves", "nature", "required", "state"))


def test_it_asks_for_what_its_service_item_lists(world):
    """6.1.1: the client is told which technical and proof material to give: a checklist of each service item."""
    assert asked(commission(world)) == [
        ("营业执照", "主体资格", "other", True, "requested"),
        ("产品照片", "", "other", False, "requested"),
    ]


def test_a_line_that_was_retired_is_asked_for_no_more(world):
    world.cast.item.materialkinds.filter(name="产品照片").update(retired_on=TODAY)
    MaterialKind.objects.create(
        item=world.cast.item, name="审计报告", nature=MaterialNature.FINANCE, required=True, position=2
    )
    assert asked(commission(world)) == [
        ("营业执照", "主体资格", "other", True, "requested"),
        ("审计报告", "", "finance", True, "requested"),
    ]


def test_what_is_asked_later_is_added_and_earlier_commissions_keep_theirs(world):
    earlier, later = commission(world), commission(world)
    request_material(
        engagement=later,
        actor=world.person("consultant"),
        name="研发台账",
        proves="研发投入",
        nature=MaterialNature.TECHNICAL,
        required=False,
    )
    assert asked(later)[2:] == [("研发台账", "研发投入", "technical", False, "requested")]
    assert len(asked(earlier)) == 2


@pytest.mark.parametrize(("by", "in_charge"), [("client", "consultant"), ("outsider", "outsider")])
def test_who_takes_it_in_is_in_charge_and_for_a_client_who_cares_for_it(world, by, in_charge):
    """4.2.1: staff according to the services; a commission from the portal goes to the responsible consultant."""
    made = commission(world, by=by)
    assert (made.consultant, made.commissioned_by) == (world.people[in_charge], world.people[by])


def test_it_is_as_confidential_as_its_enterprise(world):
    """4.1.5: the client's secrets are kept from the first step on, in the parts too."""
    world.ours.level = Level.TRADE_SECRET
    world.ours.save()
    made = commission(world)
    assert made.level == Level.TRADE_SECRET
    assert set(made.materials.values_list("level", "enterprise_id")) == {(2, world.ours.pk)}


def test_commissions_of_a_year_are_numbered_without_a_gap(world):
    """4.4.2: records that can be traced; a commission that was refused takes no number."""
    first = commission(world)
    with pytest.raises(Invalid):
        commission(world, by="other client")
    second = commission(world)
    numbers = [int(one.number.removeprefix("WT-2026-")) for one in (first, second)]
    assert numbers[1] == numbers[0] + 1
    assert first.number == f"WT-2026-{numbers[0]:05d}"


@pytest.mark.parametrize(
    ("since", "until", "open_today"),
    [
        (date(2026, 3, 2), None, True),
        (date(2026, 3, 3), None, False),
        (date(2026, 1, 1), date(2026, 3, 2), True),
        (date(2026, 1, 1), date(2026, 3, 1), False),
    ],
)
def test_a_service_is_commissioned_from_the_first_to_the_last_day_of_its_offer(
    world, since, until, open_today
):
    """4.1.1: the institution offers all or part of the services, from when until when it says."""
    Offer.objects.filter(item=world.cast.item).delete()
    Offer.objects.create(item=world.cast.item, since=since, until=until)
    assert taken(world) is open_today


@pytest.mark.parametrize(("retired_on", "open_today"), [(date(2026, 3, 3), True), (date(2026, 3, 2), False)])
def test_a_retired_service_is_not_commissioned_though_its_offer_stands(world, retired_on, open_today):
    ServiceItem.objects.filter(pk=world.cast.item.pk).update(retired_on=retired_on)
    assert taken(world) is open_today


def taken(world):
    try:
        commission(world)
    except Invalid as refused:
        assert list(refused.fields) == ["item"]
        return False
    return True


def test_the_end_of_an_offer_leaves_what_runs_alone(world):
    """4.1.4: commitments are kept, whatever is offered afterwards."""
    made = commission(world)
    Offer.objects.filter(item=world.cast.item).delete()
    declare_truthful(engagement=made, actor=world.person("client"))
    submit_commission(engagement=e.fresh(made), actor=world.person("client"))
    assert e.fresh(made).state == "submitted"


def test_the_client_states_once_more_and_the_record_has_both(world):
    """6.1.1: lawful, true and valid, stated by the client; the last statement counts, every one is recorded."""
    made, client = commission(world), world.person("client")
    declare_truthful(engagement=made, actor=client)
    with clock.at(clock.now().replace(day=3)):
        declare_truthful(engagement=e.fresh(made), actor=client)
    after = e.fresh(made)
    assert (after.truthful_by, f"{after.truthful_at:%Y-%m-%d}") == (client, "2026-03-03")
    entries = Entry.objects.filter(operation="declare_truthful", subject_id=made.pk)
    assert list(entries.values_list("actor_id", "clause")) == [(client.pk, "6.1.1")] * 2


def test_what_one_commission_states_holds_for_no_other(world):
    declare_truthful(engagement=commission(world), actor=world.person("client"))
    assert commission(world).truthful_at is None


def test_each_step_is_due_after_its_working_days(world):
    """The institution's own limits: ten working days to send a draft, five to review what was sent."""
    made = commission(world)
    assert (made.stage_since, made.stage_due_on) == (TODAY, date(2026, 3, 16))
    declare_truthful(engagement=made, actor=world.person("client"))
    submit_commission(engagement=e.fresh(made), actor=world.person("client"))
    assert e.fresh(made).stage_due_on == date(2026, 3, 9)


def test_a_step_without_a_limit_is_never_late(world):
    StageLimit.objects.filter(state=Stage.DRAFT).delete()
    made = commission(world)
    assert made.stage_due_on is None
    assert made.late_by(date(2030, 1, 1)) == 0


@pytest.mark.parametrize(
    ("day", "late"), [(date(2026, 3, 16), 0), (date(2026, 3, 17), 1), (date(2026, 4, 16), 31)]
)
def test_days_late_count_from_the_day_after_it_was_due(world, day, late):
    assert commission(world).late_by(day) == late


def test_two_commissions_of_one_client_are_two_cases(world):
    """6.5: archived per service, so each has a record of its own."""
    cases = [commission(world).journal_case for _turn in range(2)]
    assert cases[0] != cases[1]
    assert [Entry.objects.filter(case=case).count() for case in cases] == [1, 1]


def test_a_new_client_is_served_once_it_is_entered(world):
    """Staff commission on behalf of a client that has no account."""
    enterprise = enterprises.enterprise(owner=world.person("outsider"))
    item = ServiceItem.objects.create(family=world.cast.item.family, code="5.3.neu", name="示例无清单服务")
    offer(item)
    made = commission(world, by="consultant", enterprise=enterprise, item=item)
    assert (made.consultant, asked(made)) == (world.people["consultant"], [])
    assert Engagement.objects.get(pk=made.pk).enterprise == enterprise
