"""What a person holds, for whoever hands it over: managers, through the policy."""

import pytest

from keqiao.engagement.case.states import OPEN, RUNNING
from keqiao.engagement.models import Engagement, Member
from keqiao.kernel.platform.levels import Level
from keqiao.oversight.queries import holders

OTHERS = ("consultant", "auditor", "client", "expert", "system administrator")


def test_a_manager_reads_everything_of_a_person(world, db):
    consultant, manager = world.people["consultant"], world.person("manager")
    page = world.visit("manager").get(f"/held/{consultant.pk}/").content.decode()
    held = Engagement.objects.filter(consultant=consultant, state__in=OPEN, level__lte=manager.clearance)
    assert [one.number for one in held if one.number not in page] == []
    assert world.ours.name in page
    assert [
        one.number for one in Engagement.objects.exclude(state__in=OPEN) if f"{one.number} " in page
    ] == []


def test_the_counts_are_of_what_the_manager_sees(world, db):
    consultant = world.people["consultant"]
    counts = dict(holders(actor=world.person("manager")))
    Engagement.objects.filter(consultant=consultant, state="draft").update(level=Level.CORE_TRADE_SECRET)
    later = dict(holders(actor=world.person("manager")))
    assert counts[consultant] - later[consultant] == 1
    assert holders(actor=world.person("low manager")) == []


@pytest.mark.parametrize("who", OTHERS)
@pytest.mark.parametrize("path", ["/held/", "/held/{}/"])
def test_for_others_the_page_does_not_exist(world, db, who, path):
    assert world.visit(who).get(path.format(world.people["consultant"].pk)).status_code == 404


def test_who_holds_nothing_is_said(world, db):
    page = world.visit("manager").get(f"/held/{world.people['auditor'].pk}/").content.decode()
    assert "此人名下没有您可查看的事项" in page


def test_a_membership_is_named_by_its_engagement(world, db):
    member = Member.objects.filter(
        user=world.people["member"].pk, left_on=None, engagement__state__in=RUNNING
    ).first()
    page = world.visit("manager").get(f"/held/{member.user_id}/").content.decode()
    assert f'<span class="kq-muted">{member.engagement}</span>' in page


def test_a_clients_people_in_working_groups_hand_nothing_over(world, db):
    assert Member.objects.filter(user=world.people["client"].pk).exists()
    assert {one.kind for one, _count in holders(actor=world.person("manager"))} == {"staff", "expert"}
