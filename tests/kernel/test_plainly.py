"""A scope judged in memory says what the database would say, or leaves it to the database."""

import pytest
from django.db.models import Exists, Q
from tests.factories import enterprises, people

from keqiao.accounts.models import Role, User
from keqiao.enterprises.models import Contact, Enterprise
from keqiao.kernel.platform import policy
from keqiao.kernel.platform.errors import NotAllowed
from keqiao.kernel.platform.levels import Level
from keqiao.kernel.platform.q_match import FreshRelations, matches
from keqiao.kernel.steps.operation import get

pytestmark = pytest.mark.django_db
CONDITIONS = [
    (policy.EVERYTHING, True),
    (policy.NOTHING, False),
    (Q(), True),
    (Q(level__lte=2), True),
    (Q(level__lte=0), False),
    (Q(level=1, merged_into__isnull=True), True),
    (Q(level=1, merged_into__isnull=False), False),
    (Q(level__in=[0, 3]) | Q(name="示例甲"), True),
    (~Q(name="示例甲"), False),
    (~Q(level__in=[0, 3]) & Q(name="示例甲"), True),
    (Q(owner_id=7), None),  # no owner: unknown is for the database
    (Q(owner__name="x"), None),
    (Q(tags=3), None),
    (Q(name__icontains="甲"), None),
    (Q(owner__name="x") | Q(level=1), True),
    (Q(owner__name="x") & Q(level=1), None),
    (Q(owner__name="x") & Q(level=2), False),
    (Q(level=1) ^ Q(level=1), None),
]


@pytest.mark.parametrize(("condition", "expected"), CONDITIONS)
def test_a_condition_on_a_row_at_hand(condition, expected, django_assert_num_queries):
    row = enterprises.enterprise(name="示例甲", level=Level.INTERNAL)
    with django_assert_num_queries(0):
        assert matches(condition, row) is expected
    if expected is not None:
        assert Enterprise.objects.filter(condition, pk=row.pk).exists() is expected


def test_what_asks_another_table_is_left_to_the_database():
    row = enterprises.enterprise()
    assert matches(Q(pk__in=Enterprise.objects.values("pk")), row) is None
    assert matches(Q(Exists(Enterprise.objects.all())), row) is None


UP = [
    (Q(enterprise__level__lte=2), True),
    (Q(enterprise__level=3), False),
    (Q(enterprise__merged_into__isnull=True), True),
    (Q(enterprise__owner__isnull=False), False),
    (Q(enterprise__owner__name="x"), None),  # no owner, so nothing to read there
    (Q(enterprise__level=1) | Q(name__icontains="x"), True),
]


@pytest.mark.parametrize(("condition", "expected"), UP)
def test_what_was_read_with_a_row_is_judged_with_it(condition, expected, django_assert_num_queries):
    row = enterprises.contact(enterprise=enterprises.enterprise(level=Level.INTERNAL))
    with django_assert_num_queries(0):
        assert matches(condition, row) is expected
        assert matches(Q(enterprise__level=1), Contact(pk=row.pk, enterprise_id=row.enterprise_id)) is None
    if expected is not None:
        assert Contact.objects.filter(condition, pk=row.pk).exists() is expected


def test_read_anew_a_row_hangs_on_what_is_there_now(django_assert_num_queries):
    row = enterprises.contact(enterprise=enterprises.enterprise(level=Level.INTERNAL))
    Enterprise.objects.update(level=Level.TRADE_SECRET)
    condition = Q(enterprise__level__lte=Level.INTERNAL, enterprise__name__in=[row.enterprise.name])
    assert matches(condition, row) is True
    with django_assert_num_queries(1):
        assert matches(condition, row, FreshRelations()) is False
    both = Q(enterprise__level=Level.TRADE_SECRET, enterprise__name__in=[row.enterprise.name])
    with django_assert_num_queries(1):
        assert matches(both, row, FreshRelations()) is True
    assert matches(Q(enterprise__owner__name="x"), row, FreshRelations()) is None


def test_who_lost_the_enterprise_while_the_step_waited_writes_nothing():
    mine, other = people.staff(Role.CONSULTANT), people.staff(Role.CONSULTANT)
    as_read = enterprises.enterprise(owner=mine)
    said = {"name": "示例联系人", "title": "", "phone": "", "email": "", "is_primary": False}
    made = get("create_contact")(actor=mine, enterprise=as_read, **said)
    Enterprise.objects.filter(pk=as_read.pk).update(owner=other)
    with pytest.raises(NotAllowed, match="不在您的接触权限之内"):
        get("create_contact")(actor=mine, enterprise=as_read, **said)
    assert list(Contact.objects.all()) == [made]


def test_of_people_it_says_what_the_policy_says():
    firm = enterprises.enterprise()
    all_of_them = [
        people.staff(Role.CONSULTANT),
        people.staff(Role.SYSTEM_ADMIN),
        people.client(enterprise_id=firm.pk),
        people.expert(),
    ]
    for actor in all_of_them:
        for one in all_of_them:
            told = policy.open_at_hand(one, actor)
            assert told in {None, policy.visible(User, actor).filter(pk=one.pk).exists()}


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (policy.NOTHING, True),
        (policy.NOTHING & Q(level=1), True),
        (Q(level=1) & policy.NOTHING, True),
        (policy.NOTHING | Q(level=1), False),
        (policy.NOTHING | policy.NOTHING, True),
        (policy.EVERYTHING, False),
        (Q(level=1), False),
        (~policy.NOTHING & Q(level=1), False),
    ],
)
def test_a_scope_that_opens_nothing_is_told_by_its_form(condition, expected):
    assert policy.closes_all(condition) is expected
