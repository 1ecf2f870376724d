"""SQL that is kept: the same for all of one kind, filled with each reader's own values; else made for each."""

from dataclasses import replace
from datetime import date

import pytest
from django.db.models import Q
from tests.kernel.conftest import Person

from keqiao.accounts.models import User
from keqiao.kernel.platform import kept_sql

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
GIVEN = {"last": DAY, "keys": (4, 5, 6, 6, 6, 6, 6, 6)}


def own(actor, given):
    """People by the number of the reader and of the enterprise, by a day, by keys."""
    return User.objects.filter(
        Q(pk=actor.pk) | Q(enterprise_id=actor.enterprise_id),
        clearance__lte=actor.clearance,
        created_at__date__lte=given["last"],
        pk__in=given["keys"],
    ).values_list("pk")


def same(key, actor, given, build):
    """Whether what is kept reads as what is compiled for this reader alone."""
    return kept_sql.statement(key, actor, given, build) == kept_sql.compiled(build(actor, given))


@pytest.fixture(autouse=True)
def nothing_kept():
    kept_sql._kept.clear()
    yield
    kept_sql._kept.clear()


def test_each_reader_is_filled_in():
    given = GIVEN | {"keys": (11, 12, 13, 14, 15, 16, 17, 18)}
    readers = [Person(pk=7, enterprise_id=3), Person(pk=8, enterprise_id=9)]
    assert [same("own", one, given, own) for one in readers] == [True, True]
    assert len(kept_sql._kept) == 1


def test_other_days_and_keys_are_filled_in_too():
    given = {"last": date(2026, 10, 8), "keys": (21, 22, 23, 24, 25, 26, 27, 28)}
    assert same("own", Person(enterprise_id=3), GIVEN | given, own)
    assert same("own", Person(enterprise_id=3), given, own)


def test_another_clearance_and_other_roles_are_another_statement():
    reader = Person(enterprise_id=3)
    for other in (reader, replace(reader, clearance=3), replace(reader, roles=frozenset({"manager"}))):
        kept_sql.statement("own", other, GIVEN, own)
    assert len(kept_sql._kept) == 3


def test_what_depends_on_more_than_the_reader_is_not_shared():
    def odd(actor, _given):
        return User.objects.filter(pk=actor.pk * 2).values_list("pk")

    assert [same("odd", Person(pk=number), {}, odd) for number in (7, 8)] == [True, True]
    assert list(kept_sql._kept.values()) == [None]


@pytest.mark.parametrize(
    "told", [lambda pk: pk == 8, lambda pk: pk in {6, 8}, lambda pk: pk > 7, lambda pk: pk != 7]
)
def test_what_tells_one_person_from_another_is_not_shared(told):
    def by_person(actor, _given):
        rows = User.objects.filter(clearance=9)
        return (rows.filter(pk=actor.pk) if told(actor.pk) else rows).values_list("pk")

    assert [same("told", Person(pk=number), {}, by_person) for number in (7, 8)] == [True, True]
    assert list(kept_sql._kept.values()) == [None]


def test_what_the_database_was_asked_for_is_not_shared():
    """A list of numbers read while the query is made is empty for a stand-in, and not for the reader."""
    mine = User.objects.create_user("mine", name="示例顾问", kind="staff")

    def by_list(actor, _given):
        return User.objects.filter(pk__in=list(User.objects.filter(pk=actor.pk).values_list("pk", flat=True)))

    found = [
        kept_sql.read("list", actor=Person(pk=pk), given={}, build=by_list) for pk in (mine.pk + 1, mine.pk)
    ]
    assert [len(rows) for rows in found] == [0, 1]
    assert list(kept_sql._kept.values()) == [None]


def test_nothing_to_read_is_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert (
            kept_sql.read(
                "none", actor=Person(), given={}, build=lambda _a, _g: User.objects.filter(pk__in=[])
            )
            == []
        )
        assert kept_sql.read("nobody", actor=Person(), given={}, build=lambda _a, _g: None) == []


def test_few_lengths_occur():
    assert kept_sql.padded([1, 2, 3]) == (1, 2, 3, 3, 3, 3, 3, 3)
    assert len(kept_sql.padded(list(range(9)))) == 16
