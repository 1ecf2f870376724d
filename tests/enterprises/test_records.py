"""Records that outlive an engagement: of one enterprise, with a level, a case of their own, in its timeline."""

import pytest
from tests.databases.templates import MIGRATED
from tests.factories import enterprises, people
from tests.factories.outliving import patents

from keqiao.accounts.models import Role
from keqiao.enterprises.queries import record_kinds, records_of
from keqiao.faces.history import timeline
from keqiao.kernel.platform.actors import SYSTEM
from keqiao.kernel.platform.errors import Invalid
from keqiao.kernel.platform.levels import Level
from keqiao.kernel.steps.operation import case_of


@pytest.fixture(scope="module")
def sample(django_db_setup, copies, django_db_blocker):
    with django_db_blocker.unblock():
        copies.use(MIGRATED)  # the table is made where the tests of this file stand
        with patents() as made:
            yield made


@pytest.fixture
def patent(sample, db):
    model, _step = sample
    return model.objects.create(enterprise=enterprises.enterprise(level=Level.INTERNAL), name="示例专利")


def test_it_is_never_more_open_than_its_enterprise(patent):
    patent.level = Level.PUBLIC
    with pytest.raises(Invalid) as refused:
        patent.save()
    assert list(refused.value.fields) == ["level"]
    patent.level = Level.CORE_TRADE_SECRET
    patent.save()


def test_it_has_a_case_of_its_own_that_the_enterprise_shows(patent, sample):
    _model, step = sample
    manager = people.staff(Role.MANAGER)
    step(patent=patent, actor=manager)
    assert case_of(patent) == f"patent:{patent.pk}"
    assert [one.label.partition(" ·")[0] for one in timeline(patent.enterprise, actor=manager)] == [
        "登记专利"
    ]


def test_the_timeline_shows_none_that_is_closed_to_the_reader(patent, sample):
    model, step = sample
    model.objects.filter(pk=patent.pk).update(level=Level.CORE_TRADE_SECRET)
    step(patent=model.objects.get(pk=patent.pk), actor=SYSTEM)
    low = people.staff(Role.MANAGER, clearance=Level.INTERNAL)
    assert timeline(patent.enterprise, actor=low) == []


def test_records_are_found_up_to_a_level_and_as_far_as_the_reader_sees(patent, sample):
    model, _step = sample
    secret = model.objects.create(
        enterprise=patent.enterprise, name="核心商密专利", level=Level.CORE_TRADE_SECRET
    )
    high = people.staff(Role.MANAGER, clearance=Level.CORE_TRADE_SECRET)
    low = people.staff(Role.MANAGER, clearance=Level.INTERNAL)
    found = {
        (who.name, level): records_of(patent.enterprise_id, level=level, actor=who)
        for who in (high, low)
        for level in (Level.INTERNAL, Level.CORE_TRADE_SECRET)
    }
    assert list(found.values()) == [[patent], [secret, patent], [patent], [patent]]


def test_subclassing_is_the_declaration(sample):
    assert record_kinds() == [sample[0]]
