"""Numbers without gaps and without doubles, whoever writes at the same time and whatever is rolled back."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.utils import translation

from keqiao.kernel.models import Counter, NumberFormat
from keqiao.kernel.steps import numbering
from keqiao.kernel.steps.declarations import DeclarationError
from keqiao.kernel.steps.numbering import format_number, next_number, number_kind

DAY = date(2026, 11, 22)


def give(kind="commission", on=DAY):
    with transaction.atomic():
        return next_number(kind=kind, on=on)


@pytest.mark.django_db
def test_numbers_count_on_for_each_kind_and_year():
    assert [give(), give(), give("contract"), give()] == [
        "WT-2026-00001",
        "WT-2026-00002",
        "HT-2026-00001",
        "WT-2026-00003",
    ]


@pytest.mark.django_db
def test_the_year_rolls_over_and_the_old_one_can_still_be_written():
    assert give(on=date(2026, 12, 31)) == "WT-2026-00001"
    assert give(on=date(2027, 1, 1)) == "WT-2027-00001"
    assert give(on=date(2026, 12, 31)) == "WT-2026-00002"


@pytest.mark.django_db
def test_every_kind_the_standard_needs_is_known():
    assert [
        give(kind) for kind in ("commission", "contract", "plan", "archive", "complaint", "deliverable")
    ] == [
        "WT-2026-00001",
        "HT-2026-00001",
        "FA-2026-00001",
        "DA-2026-00001",
        "TS-2026-00001",
        "JG-2026-00001",
    ]


@pytest.mark.django_db
def test_a_rollback_gives_the_number_back():
    assert give() == "WT-2026-00001"
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        assert next_number(kind="commission", on=DAY) == "WT-2026-00002"
        1 / 0  # noqa: B018
    assert give() == "WT-2026-00002"


@pytest.mark.django_db
def test_a_rolled_back_savepoint_gives_the_number_back():
    with transaction.atomic():
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            next_number(kind="commission", on=DAY)
            1 / 0  # noqa: B018
        assert next_number(kind="commission", on=DAY) == "WT-2026-00001"


@pytest.mark.usefixtures("committing")
def test_outside_a_transaction_no_number_is_given():
    with pytest.raises(transaction.TransactionManagementError):
        next_number(kind="commission", on=DAY)
    assert not Counter.objects.exists()


@pytest.mark.django_db
def test_an_unknown_kind_has_no_number():
    with pytest.raises(KeyError), transaction.atomic():
        next_number(kind="nonsense", on=DAY)


def in_a_thread(_turn):
    try:
        with transaction.atomic():
            return next_number(kind="commission", on=DAY)
    finally:
        connection.close()


@pytest.mark.usefixtures("committing")
def test_writers_at_the_same_time_get_every_number_once():
    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(in_a_thread, range(40)))
    assert sorted(numbers) == [f"WT-2026-{n:05d}" for n in range(1, 41)]


def in_a_thread_that_sometimes_fails(turn):
    try:
        with transaction.atomic():
            number = next_number(kind="commission", on=DAY)
            if turn % 3 == 0:
                transaction.set_rollback(True)
                return None
            return number
    finally:
        connection.close()


@pytest.mark.usefixtures("committing")
def test_writers_that_fail_leave_no_gap_among_those_that_do_not():
    with ThreadPoolExecutor(6) as pool:
        numbers = list(pool.map(in_a_thread_that_sometimes_fails, range(30)))
    assert sorted(filter(None, numbers)) == [f"WT-2026-{n:05d}" for n in range(1, 21)]


@pytest.mark.django_db
def test_the_institution_sets_its_own_pattern_and_the_count_goes_on():
    assert give() == "WT-2026-00001"
    NumberFormat.objects.create(kind="commission", pattern="科桥〔{year}〕{n:03d}号")
    assert give() == "科桥〔2026〕002号"


@pytest.mark.parametrize(
    ("pattern", "number", "text"),
    [
        ("WT-{year}-{n:05d}", 42, "WT-2026-00042"),
        ("WT-{year}-{n:05d}", 123_456, "WT-2026-123456"),
        ("{yy}/{n}", 7, "26/7"),
        ("{n:02d}.{year}", 7, "07.2026"),
    ],
)
def test_a_number_is_written_by_its_pattern(pattern, number, text):
    assert format_number(pattern=pattern, year=2026, number=number) == text


@pytest.mark.parametrize(
    "pattern", ["WT-{year}-{n:05d}", "科桥〔{year}〕{n:03d}号", "({yy}) {n}".replace(" ", "/")]
)
def test_a_good_pattern_is_accepted(pattern):
    NumberFormat(kind="notice", pattern=pattern).clean_fields()


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "WT-{n:05d}",
        "WT-{year}",
        "WT-{year}-{n}-{n}",
        "{year}-{yy}-{n}",
        "{year}-{n:5d}",
        "{year}-{n:005d}",
        "{year}-{n.__class__}",
        "{year}-{n!r}",
        "{year}-{month}-{n}",
        "{year}-{n}\n",
        "{year}-{n} <b>",
        "{year}-{{n}}",
        "{year}-{n}" + "x" * 60,
    ],
)
def test_a_bad_pattern_is_refused(pattern):
    with pytest.raises(ValidationError) as refused:
        NumberFormat(kind="notice", pattern=pattern).clean_fields()
    assert list(refused.value.message_dict) == ["pattern"]


@pytest.mark.django_db
def test_two_kinds_never_share_a_pattern():
    NumberFormat.objects.create(kind="commission", pattern="{year}-{n}")
    with pytest.raises(IntegrityError):
        NumberFormat.objects.create(kind="contract", pattern="{year}-{n}")


@pytest.mark.parametrize(
    ("key", "pattern", "said"),
    [
        ("commission", "XX-{year}-{n}", "came 'commission'. Choose another key."),
        ("k" * 21, "XX-{year}-{n}", "expected a key of its own, up to 20 characters"),
        ("new", "WT-{year}-{n:05d}", "another beginning than that of 'commission'"),
        ("new", "WT-{yy}/{n}", "another beginning than that of 'commission'"),
        ("new", "no number", "expected a pattern of numbers, came 'no number'"),
        ("new", "{year}-{n}", "Put them before the year and the number, such as WT-{year}-{n:05d}."),
    ],
)
def test_a_kind_that_would_mix_with_another_is_refused_where_it_is_declared(key, pattern, said):
    with pytest.raises(DeclarationError) as refused, translation.override("en"):
        number_kind(key=key, label="x", pattern=pattern)
    assert said in str(refused.value)
    assert refused.value.where.startswith("kernel/test_numbering.py, line ")
    assert "new" not in numbering.KINDS


def test_the_kinds_of_the_institution_keep_their_keys():
    assert sorted(kind.key for kind in numbering.KINDS.values()) == [
        "amendment", "archive", "commission", "complaint", "contract", "deliverable", "notice", "plan",
    ]  # fmt: skip
