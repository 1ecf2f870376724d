"""Patent fees: the schedule as published, days and surcharges by hand."""

from datetime import date

import pytest

from eligibility.patent_fees import Payment, due_day, patent_year, payment_on, reduced_fee, yearly_fee

FILED = date(2020, 6, 3)


@pytest.mark.parametrize(
    ("kind", "fees"),
    [
        ("invention", [900] * 3 + [1200] * 3 + [2000] * 3 + [4000] * 3 + [6000] * 3 + [8000] * 5),
        ("utility_model", [600] * 3 + [900] * 2 + [1200] * 3 + [2000] * 2),
        ("design", [600] * 3 + [900] * 2 + [1200] * 3 + [2000] * 2 + [3000] * 5),
    ],
)
def test_the_whole_schedule(kind, fees):
    assert [yearly_fee(kind, year) for year in range(1, len(fees) + 1)] == fees
    for beyond in (0, len(fees) + 1):
        with pytest.raises(ValueError, match="expected a year from 1 to"):
            yearly_fee(kind, beyond)


def test_an_unknown_kind():
    with pytest.raises(ValueError, match="expected one of invention, utility_model, design, got plant"):
        yearly_fee("plant", 1)


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2020, 6, 3), 1), (date(2021, 6, 2), 1), (date(2021, 6, 3), 2), (date(2026, 1, 1), 6)],
)
def test_patent_years_begin_on_the_anniversary(day, year):
    assert patent_year(FILED, day) == year


def test_no_patent_year_before_filing():
    with pytest.raises(ValueError, match="expected a day from 2020-06-03 on, got 2020-06-02"):
        patent_year(FILED, date(2020, 6, 2))


def test_due_days():
    assert due_day(FILED, 4) == date(2023, 6, 3)
    assert due_day(date(2020, 2, 29), 2) == date(2021, 2, 28)
    assert due_day(date(2020, 2, 29), 5) == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("year", "reduction", "fee"),
    [
        (3, "none", 900),
        (3, "one_owner", 135),  # 15 % of 900
        (3, "several_owners", 270),  # 30 % of 900
        (12, "one_owner", 600),  # the tenth year from the grant in year 3: 15 % of 4,000
        (13, "one_owner", 6000),  # the eleventh: full
    ],
)
def test_reduction_lasts_ten_years_from_the_year_of_grant(year, reduction, fee):
    assert reduced_fee("invention", year, granted_in_year=3, reduction=reduction) == fee


def test_no_fee_is_due_for_years_before_the_grant():
    with pytest.raises(ValueError, match="expected a patent year from that of the grant, 3, got 2"):
        reduced_fee("invention", 2, granted_in_year=3)
    with pytest.raises(ValueError, match="expected one of none, one_owner, several_owners, got half"):
        reduced_fee("invention", 3, granted_in_year=3, reduction="half")


# Year 4 of an invention filed on 2020-06-03 costs 1,200 and is due by 2023-06-03.
@pytest.mark.parametrize(
    ("day", "surcharge", "lapsed"),
    [
        (date(2023, 6, 3), 0, False),
        (date(2023, 6, 4), 0, False),  # the first month carries none
        (date(2023, 7, 3), 0, False),
        (date(2023, 7, 4), 60, False),  # 5 % of 1,200
        (date(2023, 8, 3), 60, False),
        (date(2023, 8, 4), 120, False),
        (date(2023, 9, 4), 180, False),
        (date(2023, 10, 4), 240, False),
        (date(2023, 11, 4), 300, False),
        (date(2023, 12, 3), 300, False),
        (date(2023, 12, 4), 300, True),
        (date(2024, 12, 4), 300, True),
    ],
)
def test_surcharge_month_by_month(day, surcharge, lapsed):
    payment = payment_on(day, kind="invention", filed_on=FILED, year=4, granted_in_year=3)
    assert payment == Payment(1200, surcharge, 1000 if lapsed else 0, lapsed)
    assert payment.total == 1200 + surcharge + (1000 if lapsed else 0)


def test_the_surcharge_is_of_the_full_fee_though_the_fee_is_reduced():
    day = date(2023, 7, 4)
    payment = payment_on(
        day, kind="invention", filed_on=FILED, year=4, granted_in_year=3, reduction="one_owner"
    )
    assert (payment.fee, payment.surcharge) == (180, 60)
