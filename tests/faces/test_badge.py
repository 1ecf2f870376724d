"""The badge of what is new stands on every page, so its SQL is kept: right for each reader, and at once."""

from types import SimpleNamespace

import pytest
from tests.factories import contracts as make

from keqiao.accounts.models import Role, User
from keqiao.engagement.case.states import Stage
from keqiao.engagement.intake.operations.commission import request_material
from keqiao.engagement.models import Engagement
from keqiao.faces import activity
from keqiao.kernel.platform import kept_sql, policy
from keqiao.kernel.steps import operation

pytestmark = pytest.mark.django_db
ROLES = [frozenset({role}) for role in Role] + [frozenset(), frozenset(Role)]
READERS = {"staff": (None, ROLES), "expert": (None, [frozenset()]), "client": (5, [frozenset()])}


@pytest.fixture(autouse=True)
def _noon():
    with make.clock.at(make.NOON):
        yield


def news_of(one):
    operation.run(request_material, actor=make.staff(Role.MANAGER), engagement=one, name="图纸")
    return User.objects.get(pk=one.consultant.pk)


@pytest.mark.parametrize("kind", list(READERS))
def test_which_kinds_of_record_are_closed_hangs_on_kind_roles_and_clearance_alone(kind):
    """Else the badge couldn't be kept for all who are alike, and would be compiled for each reader."""
    enterprise, roles = READERS[kind]
    kept_sql._kept.clear()
    for held in roles:
        for pk, clearance in ((7, 1), (8, 1), (8, 3)):
            activity.unseen(
                actor=SimpleNamespace(
                    pk=pk, kind=kind, roles=held, clearance=clearance, enterprise_id=enterprise, name=""
                )
            )
    assert len(kept_sql._kept) == 2 * len(roles)
    assert [key for key, statement in kept_sql._kept.items() if statement is None] == []


def test_each_next_entry_is_counted_at_once():
    one = make.engagement(state=Stage.SUBMITTED)
    assert [activity.unseen(actor=news_of(one)) for _ in range(3)] == [1, 2, 3]


def test_a_policy_that_closes_a_kind_is_felt_at_once(monkeypatch):
    consultant = news_of(make.engagement(state=Stage.SUBMITTED))
    assert activity.unseen(actor=consultant) == 1
    monkeypatch.setitem(policy._policies, Engagement, policy.Policy(lambda _actor, _verb: policy.NOTHING))
    assert activity.unseen(actor=consultant) == 0


def test_who_loses_the_role_loses_the_news_at_once():
    one = make.engagement(state=Stage.SUBMITTED)
    consultant = news_of(one)
    assert activity.unseen(actor=consultant) == 1
    consultant.grants.all().delete()
    assert activity.unseen(actor=User.objects.get(pk=consultant.pk)) == 0
