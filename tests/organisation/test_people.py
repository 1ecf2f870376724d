"""4.2.1, 4.2.5 and 4.1.5: posts and who is in them, experts, and undertakings to keep secrets."""

from datetime import date

import pytest
from tests.factories import organisation, people

from keqiao.accounts.models import Role, User
from keqiao.kernel.platform import policy
from keqiao.kernel.platform.errors import Invalid, Refusal
from keqiao.kernel.steps.operation import get
from keqiao.organisation.models import Expert, Institution, Post, StaffProfile, Undertaking
from keqiao.organisation.queries import institution

TODAY = date(2026, 3, 2)
YESTERDAY, TOMORROW = date(2026, 3, 1), date(2026, 3, 3)


def take(world, step, **values):
    return get(step)(actor=world.person("manager"), **values)


def in_force(model, row):
    return model.objects.filter(model.term.on(TODAY), pk=row.pk).exists()


def chosen_from(model, world, key="manager"):
    return policy.visible(model, world.person(key), "choose")


def test_a_person_is_in_one_post(world):
    """4.2.1: staff according to the services; who moves is changed, not entered twice."""
    user, post = people.staff(Role.CONSULTANT), organisation.post()
    entered = take(world, "create_staff_profile", user=user, post=post, since=TODAY)
    other = organisation.post(name="示例另一岗位")
    with pytest.raises(Invalid) as refused:
        take(world, "create_staff_profile", user=user, post=other, since=TODAY)
    assert list(refused.value.fields) == ["user"]
    take(world, "update_staff_profile", staffprofile=entered, user=user, post=other, since=TOMORROW)
    assert StaffProfile.objects.get(user=user).post == other


@pytest.mark.parametrize(
    ("since", "active", "counts"),
    [(TODAY, True, True), (TOMORROW, True, False), (date(2020, 1, 1), True, True), (TODAY, False, False)],
)
def test_staff_count_from_their_first_day_until_the_account_is_disabled(world, since, active, counts):
    profile = StaffProfile.objects.create(
        user=people.staff(Role.CONSULTANT, is_active=active), post=organisation.post(), since=since
    )
    assert in_force(StaffProfile, profile) is counts


@pytest.mark.parametrize(
    ("retired_on", "counts"), [(None, True), (TOMORROW, True), (TODAY, False), (YESTERDAY, False)]
)
def test_what_is_retired_counts_until_the_day_before(world, retired_on, counts):
    """Posts and experts alike; the row stays in earlier records."""
    post, expert = organisation.post(), organisation.pool_expert()
    for row in (post, expert):
        type(row).objects.filter(pk=row.pk).update(retired_on=retired_on)
        assert in_force(type(row), row) is counts


@pytest.mark.parametrize(("stem", "model"), [("post", Post), ("expert", Expert)])
def test_what_is_retired_is_read_and_not_chosen_until_it_is_used_again(world, stem, model):
    row = organisation.post() if model is Post else organisation.pool_expert()
    name = model._meta.model_name
    take(world, f"retire_{stem}", **{name: row})
    assert model.objects.get(pk=row.pk).retired_on == TODAY
    assert policy.visible(model, world.person("manager")).filter(pk=row.pk).exists()
    assert not chosen_from(model, world).filter(pk=row.pk).exists()
    take(world, f"reuse_{stem}", **{name: model.objects.get(pk=row.pk)})
    assert chosen_from(model, world).filter(pk=row.pk).exists()


def test_a_post_says_which_competences_it_wants(world):
    """4.2.3: competence fits the post."""
    wanted = [organisation.competence(), organisation.competence()]
    made = take(world, "create_post", name="示例检索岗", duties="专利检索", competences=wanted)
    assert set(made.competences.all()) == set(wanted)
    take(world, "update_post", post=made, name="示例检索岗", duties="专利检索", competences=wanted[:1])
    assert set(Post.objects.get(pk=made.pk).competences.all()) == set(wanted[:1])


def test_no_two_posts_share_a_name(world):
    organisation.post(name="示例同名岗位")
    with pytest.raises(Invalid) as refused:
        take(world, "create_post", name="示例同名岗位")
    assert list(refused.value.fields) == ["name"]


def test_an_expert_of_the_pool_has_at_most_one_account_and_may_have_none(world):
    """4.2.5: experts by field; not each of them signs in."""
    account = people.expert()
    assert take(world, "create_expert", name="示例甲", fields="新材料").user is None
    assert take(world, "create_expert", name="示例乙", fields="新材料").user is None
    take(world, "create_expert", name="示例丙", fields="智能制造", user=account)
    with pytest.raises(Invalid) as refused:
        take(world, "create_expert", name="示例丁", fields="智能制造", user=account)
    assert list(refused.value.fields) == ["user"]


def test_an_expert_has_a_field(world):
    """4.2.5: knowledge of the field."""
    with pytest.raises(Invalid) as refused:
        take(world, "create_expert", name="示例戊", fields="")
    assert list(refused.value.fields) == ["fields"]


@pytest.mark.parametrize(
    ("until", "counts"), [(None, True), (TODAY, True), (YESTERDAY, False), (TOMORROW, True)]
)
def test_an_undertaking_holds_to_its_last_day(world, until, counts):
    """4.1.5: who knows a client's secrets is bound to keep them."""
    row = Undertaking.objects.create(
        user=world.person("member"), signed_on=date(2025, 1, 1), valid_until=until, text_version="1"
    )
    assert in_force(Undertaking, row) is counts


def test_an_undertaking_ends_no_earlier_than_it_was_signed(world):
    values = {"user": world.person("member"), "signed_on": TODAY, "text_version": "2"}
    assert in_force(Undertaking, take(world, "create_undertaking", **values, valid_until=TODAY))
    with pytest.raises(Invalid) as refused:
        take(world, "create_undertaking", **values, valid_until=YESTERDAY)
    assert list(refused.value.fields) == ["valid_until"]


@pytest.mark.parametrize(
    ("key", "sees"),
    [
        ("member", True),  # whose it is
        ("outsider", True),
        ("auditor", True),
        ("system administrator", True),
        ("expert", False),
        ("client", False),
        ("visitor", False),
    ],
)
def test_registers_of_people_are_for_staff_and_for_oneself(world, key, sees):
    own = world.of(Undertaking)  # of the member
    assert policy.visible(Undertaking, world.person(key)).filter(pk=own.pk).exists() is sees
    expert = world.person("expert")
    mine = organisation.undertaking(user=expert)
    assert list(policy.visible(Undertaking, expert)) == [mine]


def test_the_institution_is_named_before_it_issues_a_paper(world):
    """4.1.4: true information; a paper without the name of who issues it is none."""
    assert institution() == world.of(Institution)
    Institution.objects.all().delete()
    with pytest.raises(Refusal) as refused:
        institution()
    assert str(refused.value.remedy)


def test_of_people_who_left_everything_stays(world):
    """4.4.2: records are kept; an account is disabled and never removed, and so are its proofs."""
    profile = world.of(StaffProfile)
    User.objects.filter(pk=profile.user_id).update(is_active=False)
    assert policy.visible(StaffProfile, world.person("manager")).filter(pk=profile.pk).exists()
    assert not in_force(StaffProfile, profile)
