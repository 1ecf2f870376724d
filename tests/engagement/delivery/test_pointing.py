"""6.4.1: a deliverable may point at a record of the client instead of a file; the pack then carries that record."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from tests.databases.templates import MIGRATED
from tests.engagement.delivery.conftest import pdf
from tests.factories.outliving import patents

from keqiao.engagement.delivery.operations.delivery import (
    accept_deliverable,
    hand_over_deliverable,
    key_of,
    records_are_open_enough,
    records_to_point_at,
)
from keqiao.engagement.models import Deliverable
from keqiao.enterprises.models import Enterprise
from keqiao.faces.forms import form_of
from keqiao.kernel.platform.errors import Invalid
from keqiao.kernel.platform.levels import Level
from keqiao.kernel.steps import pack_parts


@pytest.fixture(scope="module")
def sample(django_db_setup, copies, django_db_blocker):
    with django_db_blocker.unblock():
        copies.use(MIGRATED)  # the table is made where the tests of this file stand
        with patents() as (model, _step):
            yield model


@pytest.fixture
def planned(world):
    return Deliverable.objects.create(
        engagement=world.engagement, number="JG-2026-00009", name="专利登记", due_on=date(2026, 6, 30)
    )


@pytest.fixture
def patent(sample, world):
    return sample.objects.create(
        enterprise=world.engagement.enterprise, name="示例专利", level=world.engagement.level
    )


def hand_over(deliverable, world, **result):
    return hand_over_deliverable(
        deliverable=deliverable, actor=world.consultant, quality_check="登记号已核对", **result
    )


def test_it_is_chosen_among_the_records_of_the_client(world, planned, patent, sample):
    other = Enterprise.objects.create(name="别家企业", uscc="0" * 18)
    sample.objects.create(enterprise=other, name="别家专利")
    sample.objects.create(enterprise=patent.enterprise, name="核心商密专利", level=Level.CORE_TRADE_SECRET)
    assert records_to_point_at(planned, world.manager) == [(key_of(patent), "专利 · 示例专利")]


def test_it_is_handed_over_accepted_and_packed(world, planned, patent, sample):
    done = hand_over(planned, world, record=key_of(patent))
    assert (done.record, done.blob, done.state) == (patent, None, "handed_over")
    assert pack_parts.cases_of(world.renewed()) == [f"engagement:{world.engagement.pk}"]
    accept_deliverable(deliverable=done, actor=world.client)
    assert pack_parts.cases_of(world.renewed()) == [
        f"engagement:{world.engagement.pk}",
        f"patent:{patent.pk}",
    ]


@pytest.mark.parametrize("both", [True, False])
def test_either_a_file_or_a_record(world, planned, patent, both):
    result = {"file": pdf(), "record": key_of(patent)} if both else {}
    with pytest.raises(Invalid) as refused:
        hand_over(planned, world, **result)
    assert list(refused.value.fields) == ["file"]


def test_the_database_holds_no_deliverable_with_both(world, planned, patent):
    done = hand_over(planned, world, file=pdf())
    with pytest.raises(IntegrityError), transaction.atomic():
        Deliverable.objects.filter(pk=done.pk).update(record_kind="enterprises.patent", record_id=patent.pk)


def test_a_record_of_another_client_is_refused(world, planned, sample):
    other = Enterprise.objects.create(name="别家企业", uscc="0" * 18)
    foreign = sample.objects.create(enterprise=other, name="别家专利")
    with pytest.raises(Invalid) as refused:
        hand_over(planned, world, record=key_of(foreign))
    assert list(refused.value.fields) == ["record"]


def test_the_form_offers_the_records_and_asks_nothing_where_there_are_none(world, planned, sample):
    def asked():
        return form_of(hand_over_deliverable, actor=world.consultant, subject=planned)["record"]

    assert asked().is_hidden
    patent = sample.objects.create(
        enterprise=world.engagement.enterprise, name="示例专利", level=world.engagement.level
    )
    assert [value for value, _label in asked().field.choices] == ["", key_of(patent)]


def test_a_file_after_a_return_takes_the_place_of_the_record(world, planned, patent):
    hand_over(planned, world, record=key_of(patent))
    Deliverable.objects.filter(pk=planned.pk).update(state="returned")
    done = hand_over(Deliverable.objects.get(pk=planned.pk), world, file=pdf())
    assert (done.record, done.blob is not None) == (None, True)


def test_the_archive_waits_while_a_record_is_closer_than_the_engagement(world, planned, patent, sample):
    hand_over(planned, world, record=key_of(patent))
    assert records_are_open_enough(world.renewed()) == []
    sample.objects.filter(pk=patent.pk).update(level=Level.CORE_TRADE_SECRET)
    [found] = records_are_open_enough(world.renewed())
    assert (found.clause, "专利登记" in str(found.text)) == ("4.1.5", True)
