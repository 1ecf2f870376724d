"""4.2.3: competence that fits the post: who holds which, from when to when, on what evidence."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from tests.factories import engagements as e
from tests.factories import organisation, people

from keqiao.accounts.models import Role
from keqiao.engagement.case.states import Stage
from keqiao.engagement.models import MemberRole
from keqiao.engagement.preparation.operations.group import group_is_able
from keqiao.kernel.platform.errors import Invalid
from keqiao.kernel.steps.operation import get
from keqiao.organisation.measures import expired
from keqiao.organisation.models import Competence, StaffCompetence
from keqiao.organisation.queries import competences_not_held

TODAY = date(2026, 3, 2)
YESTERDAY, TOMORROW = date(2026, 3, 1), date(2026, 3, 3)


@pytest.fixture
def skill(world):
    return organisation.competence(name="示例检索能力")


def holds(user, skill, *, since=date(2025, 1, 1), until=None):
    return StaffCompetence.objects.create(
        user=user, competence=skill, valid_from=since, valid_until=until, evidence="示例证书"
    )


@pytest.mark.parametrize(
    ("since", "until", "valid"),
    [
        (date(2025, 1, 1), None, True),
        (TODAY, None, True),
        (TOMORROW, None, False),
        (date(2025, 1, 1), TODAY, True),
        (date(2025, 1, 1), YESTERDAY, False),
        (TODAY, TODAY, True),
    ],
)
def test_a_proof_holds_from_its_first_to_its_last_day(world, skill, since, until, valid):
    """What the row says of itself and what the database finds is the same."""
    row = holds(world.person("member"), skill, since=since, until=until)
    assert row.valid_on(TODAY) is valid
    found = StaffCompetence.objects.filter(StaffCompetence.term.on(TODAY), pk=row.pk)
    assert found.exists() is valid
    lacking = competences_not_held([skill], [world.people["member"].pk], TODAY)
    assert lacking == ([] if valid else [skill])


def test_what_one_lacks_another_may_have(world, skill):
    """The competence is asked of the group and not of each in it."""
    other = organisation.competence(name="示例申报能力")
    holds(world.person("member"), skill)
    holds(world.person("outsider"), other)
    both = [world.people[key].pk for key in ("member", "outsider")]
    assert competences_not_held([skill, other], both, TODAY) == []
    assert competences_not_held([skill, other], both[:1], TODAY) == [other]
    assert competences_not_held([skill, other], [], TODAY) == [skill, other]


def record(world, **values):
    usual = {"user": world.person("member"), "valid_from": TODAY, "evidence": "示例证书"}
    return get("create_staff_competence")(actor=world.person("manager"), **usual | values)


def test_a_proof_ends_no_earlier_than_it_begins(world, skill):
    assert record(world, competence=skill, valid_until=TODAY).valid_on(TODAY)
    with pytest.raises(Invalid):
        record(world, competence=skill, valid_from=TOMORROW, valid_until=TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():  # whoever writes past the step
        holds(world.person("member"), skill, since=TOMORROW, until=TODAY)


def test_the_same_proof_stands_once_and_its_renewal_beside_it(world, skill):
    record(world, competence=skill)
    with pytest.raises(Invalid):
        record(world, competence=skill, evidence="另一证书")
    record(world, competence=skill, valid_from=TOMORROW)
    record(world, competence=skill, user=world.person("outsider"))
    assert StaffCompetence.objects.filter(competence=skill).count() == 3


def test_a_proof_needs_evidence(world, skill):
    """No statement without its source (4.1.4)."""
    with pytest.raises(Invalid) as refused:
        record(world, competence=skill, evidence="")
    assert list(refused.value.fields) == ["evidence"]


@pytest.mark.parametrize(
    ("until", "renewed_from", "active", "open_today"),
    [
        (YESTERDAY, None, True, True),
        (TODAY, None, True, False),
        (None, None, True, False),
        (YESTERDAY, TODAY, True, False),  # renewed in time
        (YESTERDAY, TOMORROW, True, True),  # renewed, and not in force yet
        (YESTERDAY, None, False, False),  # who left needs no proof
    ],
)
def test_an_expired_proof_is_open_until_it_is_renewed(world, skill, until, renewed_from, active, open_today):
    """4.2.4: training is regular, so what has run out is shown until there is a newer proof of the same."""
    person = people.staff(Role.CONSULTANT, is_active=active)
    row = holds(person, skill, until=until)
    if renewed_from:
        holds(person, skill, since=renewed_from)
    assert StaffCompetence.objects.filter(expired(TODAY), pk=row.pk).exists() is open_today


def test_another_competence_renews_nothing(world, skill):
    person = people.staff(Role.CONSULTANT)
    row = holds(person, skill, until=YESTERDAY)
    holds(person, organisation.competence())
    holds(world.person("member"), skill)
    assert list(StaffCompetence.objects.filter(expired(TODAY), competence=skill)) == [row]


@pytest.mark.parametrize(("until", "able"), [(TODAY, True), (YESTERDAY, False)])
def test_a_group_is_able_on_the_last_day_of_the_proof_and_no_longer(world, until, able):
    """6.3.1: a working group with the needed competence, on the day it is formed."""
    one = e.engagement(world.cast, state=Stage.CONTRACTED)
    join_all(world, one)
    one.item.competences.get().holders.update(valid_until=until)
    assert [missing.clause for missing in group_is_able(e.fresh(one))] == ([] if able else ["4.2.3"])


def test_what_the_client_s_own_people_can_do_is_not_ours_to_offer(world):
    """4.1.1: staff that fit the scope: the institution's, in a group formed jointly with the client (6.3.1)."""
    one = e.engagement(world.cast, state=Stage.CONTRACTED)
    join_all(world, one)
    e.join(one, world.cast, world.person("client"), MemberRole.CLIENT)
    skill = one.item.competences.get()
    skill.holders.all().delete()
    holds(world.person("client"), skill)
    assert [missing.clause for missing in group_is_able(e.fresh(one))] == ["4.2.3"]


def test_who_left_the_group_lends_it_no_competence(world):
    one = e.engagement(world.cast, state=Stage.CONTRACTED)
    join_all(world, one)
    one.item.competences.get().holders.update(user=world.person("member"))
    assert group_is_able(e.fresh(one)) == []
    one.members.filter(user=world.person("member")).update(left_on=TODAY)
    assert [missing.clause for missing in group_is_able(e.fresh(one))] == ["4.2.3"]


def join_all(world, one):
    """A leader and a member, both bound to secrecy."""
    for key, role in {"consultant": MemberRole.LEADER, "member": MemberRole.CONSULTANT}.items():
        member = e.join(one, world.cast, world.person(key), role)
        get("sign_undertaking")(member=member, actor=world.person(key))


@pytest.mark.parametrize("code", ["search", "SEARCH-2", "a_b"])
def test_a_competence_is_known_by_a_code_of_its_own(world, code):
    make = get("create_competence")
    made = make(actor=world.person("manager"), code=code, name="示例能力")
    assert Competence.objects.get(code=code) == made
    for wrong in (code, "with blank", "能力"):
        with pytest.raises(Invalid) as refused:
            make(actor=world.person("manager"), code=wrong, name="示例能力")
        assert list(refused.value.fields) == ["code"]
