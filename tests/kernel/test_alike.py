"""What is kept for all who are alike: the same for them, never for others, and gone when a policy or the day changes."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.kernel.conftest import NOW, Person

from keqiao.accounts.models import User
from keqiao.kernel.platform import alike, clock, policy

pytestmark = pytest.mark.django_db
ONE, OTHER = Person(pk=7), Person(pk=8)


@pytest.fixture(autouse=True)
def nothing_kept():
    alike._kept.clear()
    yield
    alike._kept.clear()


class Built:
    """Counts how often it was made: once is for two stand-ins."""

    def __init__(self, make):
        self.make, self.times = make, 0

    def __call__(self, actor):
        self.times += 1
        return self.make(actor)

    def of(self, *people):
        return [alike.kept("key", person, self) for person in people]


def test_people_who_are_alike_share_it():
    roles = Built(lambda actor: sorted(actor.roles))
    assert roles.of(ONE, OTHER, ONE) == [["consultant"]] * 3
    assert roles.times == 2


@pytest.mark.parametrize(
    "difference",
    [
        {"kind": "expert"},
        {"roles": frozenset({"manager"})},
        {"clearance": 3},
        {"pk": None},
        {"enterprise_id": 5},
    ],
)
def test_who_is_not_alike_has_another(difference):
    other = replace(ONE, **difference)
    seen = Built(lambda actor: (actor.kind, actor.roles, actor.clearance, actor.pk is None))
    assert seen.of(ONE, other) == [seen.make(ONE), seen.make(other)]
    assert len(alike._kept) == 2


@pytest.mark.parametrize(
    "told", [lambda a: a.pk == 8, lambda a: a.pk in {6, 8}, lambda a: a.pk > 7, lambda a: f"number {a.pk}"]
)
def test_what_tells_one_person_from_another_is_made_for_each(told):
    assert Built(told).of(ONE, OTHER) == [told(ONE), told(OTHER)]


def test_what_the_database_is_asked_for_is_made_for_each():
    mine = User.objects.create_user("mine", name="示例顾问", kind="staff")
    there = Built(lambda actor: User.objects.filter(pk=actor.pk).exists())
    assert there.of(replace(ONE, pk=mine.pk), replace(ONE, pk=mine.pk + 1)) == [True, False]


def test_another_policy_is_seen_at_once(monkeypatch):
    opens = Built(lambda actor: policy.opens_any(User, actor))
    assert opens.of(ONE) == [True]
    closed = policy.Policy(lambda _actor, _verb: policy.NOTHING)
    with monkeypatch.context() as patched:
        patched.setitem(policy._policies, User, closed)
        assert opens.of(ONE) == [False]
    assert opens.of(ONE) == [True]


def test_the_next_day_it_is_made_again():
    days = Built(lambda _actor: clock.today())
    found = []
    for at in (NOW, NOW + timedelta(days=1)):
        with clock.at(at):
            found += days.of(ONE)
    assert found == [date(2026, 11, 22), date(2026, 11, 23)]


def test_what_is_kept_stays_small():
    for number in range(alike.MOST + 5):
        alike.kept(number, ONE, lambda _actor: "x")
    assert len(alike._kept) == 5
