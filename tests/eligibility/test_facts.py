"""Reading raw values: exact ones pass, everything else is an error naming row and column."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from tests.eligibility.cases import ON

from eligibility.facts import read_facts


@pytest.mark.parametrize(
    ("name", "raw", "value"),
    [
        ("sales_y1", "50000000", 50_000_000),
        ("sales_y1", " 1234.56 ", Fraction(123456, 100)),
        ("sales_y1", 0.1, Fraction(1, 10)),
        ("net_profit_y1", Decimal("-3.50"), Fraction(-7, 2)),
        ("sales_y1", "1,234,567.50", Fraction(2_469_135, 2)),
        ("sales_y1", "９\u200b", 9),
        ("market_share_niche", "12.5%", Fraction(1, 8)),
        ("market_share_niche", "0.125", Fraction(1, 8)),
        ("market_share_niche", 1, 1),
        ("sales_y1", "90071992547409.91", Fraction(2**53 - 1, 100)),
        ("staff_total", "12.00", 12),
        ("niche_years", "3.5", Fraction(7, 2)),
        ("hnte_quantity", "8", 8),
        ("is_sme", "是", True),
        ("is_sme", "FALSE", False),
        ("is_sme", "0", False),
        ("registered_on", "2026-01-31", date(2026, 1, 31).toordinal()),
        ("registered_on", "2026年1月31日", date(2026, 1, 31).toordinal()),
        ("registered_on", "2026.1.31", date(2026, 1, 31).toordinal()),
        ("registered_on", "2026-01-31 00:00:00", date(2026, 1, 31).toordinal()),
        ("registered_on", datetime(2026, 1, 31, tzinfo=UTC), date(2026, 1, 31).toordinal()),
        ("registered_on", "2026/1/31", date(2026, 1, 31).toordinal()),
        ("registered_on", date(2020, 2, 29), date(2020, 2, 29).toordinal()),
        ("rd_body_level", "city", "city"),
        ("销售收入(上一年)", 7, 7),
    ],
)
def test_values_that_can_be_used(name, raw, value):
    reading = read_facts({name: raw}, ON)
    assert reading.errors == ()
    facts = dict(reading.facts)
    assert facts.pop("applied_on") == ON.toordinal()
    assert facts.pop("reexamination") is False
    assert list(facts.values()) == [value]


@pytest.mark.parametrize("raw", [None, "", "  "])
def test_blank_is_missing(raw):
    assert read_facts({"sales_y1": raw}, ON).facts == {"applied_on": ON.toordinal(), "reexamination": False}


MONEY = "expected yuan as a plain number with at most two decimals, such as 50000000 or 1234.56, got "
COUNT = "expected a whole number from 0, such as 12, got "
SHARE = "expected a share with at most six decimals, such as 12.5% or 0.125, got "
DATE = "expected a date such as 2026-01-31, got "


@pytest.mark.parametrize(
    ("name", "raw", "problem"),
    [
        ("sales_y1", "NaN", MONEY + "NaN"),
        ("sales_y1", "inf", MONEY + "inf"),
        ("sales_y1", float("nan"), MONEY + "nan"),
        ("sales_y1", float("-inf"), MONEY + "-inf"),
        ("sales_y1", Decimal("sNaN"), MONEY + "sNaN"),
        ("sales_y1", Decimal("1e1000000"), MONEY + "1E+1000000"),
        ("sales_y1", "much", MONEY + "much"),
        ("sales_y1", "5000万", MONEY + "5000万"),
        ("sales_y1", "10%", MONEY + "10%"),
        ("sales_y1", "1,00", MONEY + "1,00"),
        ("sales_y1", "1_000", MONEY + "1_000"),
        ("sales_y1", "-1", "expected 0 or more, got -1"),
        ("sales_y1", "1e9", MONEY + "1e9"),
        ("sales_y1", "1.005", MONEY + "1.005"),
        ("sales_y1", "九", MONEY + "九"),
        ("sales_y1", "90071992547409.92", MONEY + "90071992547409.92"),
        ("sales_y1", "9" * 1_000_000, MONEY + "9" * 40),
        ("sales_y1", 10**1_000, MONEY + "a very long number"),
        ("sales_y1", True, MONEY + "bool"),
        ("staff_total", "-1", "expected 0 or more, got -1"),
        ("market_rank_domestic", "0", "expected 1 or more, got 0"),
        ("market_share_niche", "12", "expected at most 100%, got 12"),
        ("market_share_niche", "12.5‰", SHARE + "12.5‰"),
        ("staff_total", "1.5", COUNT + "1.5"),
        ("staff_total", str(2**53), COUNT + "9007199254740992"),
        ("hnte_quantity", "9", "expected whole points from 0 to 8, got 9"),
        ("hnte_quantity", "7.5", "expected whole points from 0 to 8, got 7.5"),
        ("hnte_quantity", "-1", "expected whole points from 0 to 8, got -1"),
        ("niche_years", "-2", "expected 0 or more, got -2"),
        ("registered_on", "2026-01-31 08:00", DATE + "2026-01-31 08:00"),
        ("registered_on", "2026-02-30", DATE + "2026-02-30"),
        ("registered_on", "yesterday", DATE + "yesterday"),
        ("registered_on", "2026-1/31", DATE + "2026-1/31"),
        ("registered_on", 44562, DATE + "44562"),
        ("is_sme", "maybe", "expected true or false, got maybe"),
        ("is_sme", 1, "expected true or false, got 1"),
        (
            "rd_body_level",
            "regional",
            "expected one of none, below_city, city, provincial, national, got regional",
        ),
        ("nobody", 1, "expected a fact of the vocabulary, got an unknown name"),
    ],
)
def test_values_that_cannot(name, raw, problem):
    reading = read_facts({name: raw, "own_brand": True}, ON, row=3)
    assert [str(error) for error in reading.errors] == [f"row 3, column {name}: {problem}"]
    assert reading.facts == {"applied_on": ON.toordinal(), "own_brand": True, "reexamination": False}
