"""Working days against the State Council's arrangement of 2026, and what is said where there is none."""

import json
import pickle
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import translation

from keqiao.kernel.models import Holiday, HolidayYear
from keqiao.kernel.platform import calendar
from keqiao.kernel.platform.calendar_seed import seed_known_years

pytestmark = pytest.mark.django_db
CASES = Path(__file__).parents[1] / "cases" / "calendar"


@pytest.fixture(autouse=True)
def seeded(db):
    seed_known_years(holiday=Holiday, holiday_year=HolidayYear)


def days(month, first, last):
    return [date(2026, month, day) for day in range(first, last + 1)]


# The notice of the State Council's General Office for 2026, day by day.
DAYS_OFF = {
    "元旦": days(1, 1, 3),
    "春节": days(2, 15, 23),
    "清明": days(4, 4, 6),
    "劳动节": days(5, 1, 5),
    "端午": days(6, 19, 21),
    "中秋": days(9, 25, 27),
    "国庆节": days(10, 1, 7),
}
WORKED_WEEKENDS = [date(2026, *day) for day in ((1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10))]


def test_every_day_of_2026_is_as_the_notice_has_it():
    off = {day for festival in DAYS_OFF.values() for day in festival}
    for number in range(365):
        day = date(2026, 1, 1) + timedelta(days=number)
        expected = day in WORKED_WEEKENDS or (day.weekday() < 5 and day not in off)
        assert (day, calendar.is_working_day(day)) == (day, expected)


def test_2026_has_248_working_days():
    span = calendar.working_days_between(start=date(2025, 12, 31), end=date(2026, 12, 31))
    assert span == (248, False)


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        ((2026, 2, 13), 1, (2026, 2, 14)),  # the Saturday before the Spring Festival is worked
        ((2026, 2, 14), 1, (2026, 2, 24)),  # then nine days off
        ((2026, 2, 16), 5, (2026, 2, 28)),  # 24 to 27, and the worked Saturday
        ((2026, 9, 30), 1, (2026, 10, 8)),
        ((2026, 9, 30), 3, (2026, 10, 10)),  # 8, 9, and the worked Saturday
        ((2026, 9, 18), 1, (2026, 9, 20)),  # a worked Sunday
        ((2026, 11, 20), 10, (2026, 12, 4)),
        ((2026, 11, 22), 0, (2026, 11, 23)),  # a Sunday moves on
        ((2026, 11, 23), 0, (2026, 11, 23)),
        ((2026, 10, 8), -1, (2026, 9, 30)),
        ((2026, 3, 1), -1, (2026, 2, 28)),
        ((2026, 1, 5), -2, (2025, 12, 31)),
    ],
)
def test_a_date_so_many_working_days_on(start, count, due):
    assert reckoned(start, count) == (date(*due), False)


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        ((2026, 2, 13), (2026, 2, 14), 1),
        ((2026, 2, 14), (2026, 2, 23), 0),
        ((2026, 2, 14), (2026, 2, 28), 5),
        ((2026, 9, 30), (2026, 10, 10), 3),
        ((2026, 10, 10), (2026, 9, 30), -3),
        ((2026, 11, 23), (2026, 11, 23), 0),
    ],
)
def test_working_days_between_two_dates(start, end, count):
    assert calendar.working_days_between(start=date(*start), end=date(*end)) == (count, False)


def test_counting_is_the_inverse_of_adding():
    start = date(2026, 1, 1)
    for count in (*range(1, 260), *range(-200, 0)):
        due = calendar.add_working_days(start=start, days=count)
        assert calendar.working_days_between(start=start, end=due).days == count


def reckoned(start, days):
    due = calendar.add_working_days(start=date(*start), days=days)
    return due, due.provisional


def test_in_a_year_without_a_table_the_days_off_by_law_are_off_and_it_says_so():
    assert calendar.covered_years() == list(range(2004, 2027))
    assert calendar.is_working_day(date(2027, 1, 1)) is False
    assert calendar.is_working_day(date(2027, 1, 4)) is True
    assert calendar.provisional(date(2027, 1, 1)) is True
    assert calendar.provisional(date(2026, 12, 31)) is False
    assert reckoned((2026, 12, 31), 1) == (date(2027, 1, 4), True)
    assert calendar.working_days_between(start=date(2026, 12, 31), end=date(2027, 1, 4)) == (1, True)
    assert reckoned((2027, 1, 4), -3) == (date(2026, 12, 29), True)


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        ((2026, 12, 20), 15, (2027, 1, 11)),  # 1 January is off whatever the notice says
        ((2026, 12, 14), 15, (2027, 1, 5)),
        ((2027, 2, 4), 1, (2027, 2, 9)),  # Friday is New Year's Eve, Saturday to Monday the first three days
        ((2027, 4, 2), 1, (2027, 4, 6)),  # Qingming
        ((2027, 6, 8), 1, (2027, 6, 10)),  # Dragon Boat
        ((2027, 9, 14), 1, (2027, 9, 16)),  # Mid-Autumn
        ((2027, 9, 30), 1, (2027, 10, 4)),  # Friday to Sunday the national days
        ((2040, 4, 30), 1, (2040, 5, 3)),  # of a year whose lunar days nobody entered: the fixed ones
    ],
)
def test_what_is_promised_in_a_year_without_a_table(start, days, due):
    assert reckoned(start, days) == (date(*due), True)


def test_the_case_of_a_year_that_is_not_published():
    case = json.loads((CASES / "unpublished-year.json").read_text("utf-8"))
    HolidayYear.objects.exclude(year__in=case["holiday_tables_loaded"]).delete()
    filed = date.fromisoformat(case["complaint_filed_on"])
    due = calendar.add_working_days(start=filed, days=case["working_days"])
    assert (due.isoformat(), due.provisional) == (case["right"]["not_before"], True)


def test_a_weekend_is_worked_in_no_year_whose_table_is_not_complete():
    Holiday.objects.create(day=date(2027, 2, 20), is_working=True, name="春节调休上班", source="示例")
    assert calendar.is_working_day(date(2027, 2, 20)) is False
    HolidayYear.objects.create(year=2027, source="示例通知")
    assert calendar.is_working_day(date(2027, 2, 20)) is True


def test_days_entered_for_a_coming_year_count_and_stay_provisional_until_it_is_complete():
    Holiday.objects.create(day=date(2027, 1, 4), is_working=False, name="元旦", source="示例通知")
    assert reckoned((2026, 12, 31), 1) == (date(2027, 1, 5), True)
    HolidayYear.objects.create(year=2027, source="示例通知")
    assert reckoned((2026, 12, 31), 1) == (date(2027, 1, 1), False)


@pytest.mark.parametrize(
    ("end", "act_by", "latest", "provisional"),
    [
        ((2027, 1, 1), (2027, 1, 1), (2027, 1, 4), True),
        ((2026, 1, 2), (2026, 1, 4), (2026, 1, 5), False),  # Sunday the fourth is worked, and ends no period
        ((2026, 2, 28), (2026, 2, 28), (2026, 3, 2), False),  # a worked Saturday
        ((2026, 10, 1), (2026, 10, 8), (2026, 10, 8), False),
        ((2027, 2, 5), (2027, 2, 5), (2027, 2, 9), True),
    ],
)
def test_a_right_is_acted_on_by_the_earliest_reading_and_ends_by_the_latest(end, act_by, latest, provisional):
    ends = calendar.current().right_ends(end=date(*end))
    assert (ends.act_by, ends.latest) == (date(*act_by), date(*latest))
    assert {ends.act_by.provisional, ends.latest.provisional} == {provisional}


def test_a_reckoned_day_takes_its_mark_along():
    due = calendar.add_working_days(start=date(2026, 12, 20), days=15)
    with translation.override("zh-hans"):
        assert f"{due}" == f"{pickle.loads(pickle.dumps(due))}" == "2027-01-11（暂定）"
    assert (due.isoformat(), due - timedelta(days=1), due < date(2027, 1, 12)) == (
        "2027-01-11",
        date(2027, 1, 10),
        True,
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda day: Holiday.objects.filter(day=day).delete(),
        lambda day: Holiday.objects.get(day=day).delete(),
        lambda day: Holiday.objects.filter(day=day).update(is_working=True),
        lambda day: Holiday.objects.bulk_update([Holiday(pk=pk_of(day), is_working=True)], ["is_working"]),
        lambda day: Holiday.objects.filter(day=day).update(day=date(2030, 1, 1)),
    ],
)
def test_every_way_of_editing_the_table_is_seen_at_once(change):
    day = date(2026, 10, 6)
    assert calendar.is_working_day(day) is False
    change(day)
    assert calendar.is_working_day(day) is True


def pk_of(day):
    return Holiday.objects.values_list("pk", flat=True).get(day=day)


def test_one_small_query_a_question_and_one_calendar_for_many(django_assert_num_queries):
    calendar.current()
    with django_assert_num_queries(1):
        calendar.is_working_day(date(2026, 10, 6))
    with django_assert_num_queries(1):
        page = calendar.current()
        assert [page.is_working_day(date(2026, 10, day)) for day in (6, 7, 8)] == [False, False, True]


def test_seeding_again_changes_nothing_and_keeps_what_was_edited():
    Holiday.objects.filter(day=date(2026, 10, 6)).update(is_working=True, name="示例")
    rows = Holiday.objects.count()
    assert seed_known_years(holiday=Holiday, holiday_year=HolidayYear) == []
    assert (Holiday.objects.count(), Holiday.objects.get(day=date(2026, 10, 6)).name) == (rows, "示例")


def test_seeding_fills_in_a_year_that_was_begun_by_hand():
    Holiday.objects.filter(day__year=2026).delete()
    HolidayYear.objects.filter(year=2026).delete()
    Holiday.objects.create(day=date(2026, 1, 1), is_working=False, name="元旦", source="示例")
    assert seed_known_years(holiday=Holiday, holiday_year=HolidayYear) == [2026]
    assert Holiday.objects.filter(day__year=2026).count() == 39
    assert Holiday.objects.get(day=date(2026, 10, 10)).name == "国庆节调休上班"


@pytest.mark.parametrize(
    "question",
    [
        lambda: calendar.add_working_days(start=date(2026, 1, 1), days=1_000_000),
        lambda: calendar.working_days_between(start=date(1, 1, 1), end=date(9999, 12, 31)),
    ],
)
def test_a_senseless_span_is_refused(question):
    with pytest.raises(ValueError, match="reckon"):
        question()
