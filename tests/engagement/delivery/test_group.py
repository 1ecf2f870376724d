"""6.3.1: the client's people join the working group."""

import pytest

from keqiao.accounts.models import User
from keqiao.engagement.models import Member, MemberRole, Task
from keqiao.engagement.preparation.operations.group import add_member, finish_task, people_for, remove_member
from keqiao.kernel.platform.errors import NotAllowed, Refusal
from keqiao.kernel.platform.policy import visible


def offered(world, actor) -> set[str]:
    return {one.name for one in people_for(visible(User, actor, "choose"), world.engagement)}


def test_who_is_in_charge_may_choose_the_clients_people_and_nobody_elses(world):
    assert offered(world, world.consultant) == {"顾问", "经理", "外组顾问", "王客户"}
    assert offered(world, world.outsider) == {"顾问", "经理", "外组顾问"}


def test_a_client_user_of_another_enterprise_stays_unseen(world):
    assert visible(User, world.consultant).filter(pk=world.stranger.pk).exists() is False


@pytest.fixture
def member(world) -> Member:
    return add_member(
        engagement=world.engagement,
        actor=world.consultant,
        user=world.client,
        role=MemberRole.CLIENT,
        duty="供资料",
    )


def test_the_clients_member_finishes_the_own_task_and_no_other(world, member):
    other = add_member(
        engagement=world.engagement,
        actor=world.consultant,
        user=world.outsider,
        role=MemberRole.CONSULTANT,
        duty="检索",
    )
    own, theirs = (
        Task.objects.create(engagement=world.engagement, title="做", member=one, due_on="2026-03-09")
        for one in (member, other)
    )
    with pytest.raises(NotAllowed):
        finish_task(task=theirs, actor=world.client)
    assert finish_task(task=own, actor=world.client).done_on is not None


def test_a_member_leaves_once(world, member):
    remove_member(member=member, actor=world.consultant, reason="调岗")
    with pytest.raises(Refusal) as refused:
        remove_member(member=Member.objects.get(), actor=world.consultant, reason="再移")
    assert [one.clause for one in refused.value.missing] == ["6.3.1"]
