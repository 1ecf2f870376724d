"""R&D expense counted two ways, worked by hand in yuan."""

from decimal import Decimal
from fractions import Fraction

import pytest

from eligibility.rd_expense import LedgerEntry, count_hnte, count_super_deduction, head_totals


def ledger(**heads) -> list[LedgerEntry]:
    return [LedgerEntry("P1", head, amount) for head, amount in heads.items()]


def test_other_is_limited_to_a_tenth_of_the_whole():
    # 900,000 × 10 % ÷ 90 % = 100,000; 120,000 were spent, 100,000 count: a tenth of 1,000,000.
    counted = count_super_deduction(ledger(staff=900_000, other=120_000))
    assert counted.other_limit == 100_000
    assert counted.other == 100_000
    assert counted.total == 1_000_000
    assert counted.extra_deduction == 1_000_000


@pytest.mark.parametrize(("spent", "counts"), [(99_999, 99_999), (100_000, 100_000), (100_001, 100_000)])
def test_the_edge_of_the_limit(spent, counts):
    assert count_super_deduction(ledger(staff=900_000, other=spent)).other == counts


def test_the_limit_is_taken_over_all_projects_and_the_first_five_heads():
    entries = [
        LedgerEntry("P1", "staff", 500_000),
        LedgerEntry("P2", "direct_input", 200_000),
        LedgerEntry("P2", "depreciation", 100_000),
        LedgerEntry("P3", "amortisation", 60_000),
        LedgerEntry("P3", "design_trial", 40_000),
        LedgerEntry("P3", "other", 100_000),  # far above a tenth of P3, not of all
    ]
    assert count_super_deduction(entries).other == 100_000


def test_entrusted_at_home_counts_80_percent():
    counted = count_super_deduction(ledger(staff=100, entrusted_domestic=50))
    assert counted.entrusted_domestic == 40
    assert counted.total == 140


@pytest.mark.parametrize(
    ("abroad", "counts"),
    [
        (750, 600),  # 80 % of it is 600, two thirds of 900 are 600
        (749, Fraction("599.2")),
        (751, 600),  # 600.80 is above two thirds of the domestic expense
    ],
)
def test_entrusted_abroad_counts_the_lesser_of_80_percent_and_two_thirds_of_the_domestic_expense(
    abroad, counts
):
    # domestic: 820 + 80 % of 100 = 900
    counted = count_super_deduction(ledger(staff=820, entrusted_domestic=100, entrusted_abroad=abroad))
    assert counted.entrusted_abroad == counts


def test_limits_are_rounded_down_to_the_fen():
    # 1,000 ÷ 9 = 111.111…
    assert count_super_deduction(ledger(staff=1_000, other=200)).other == Fraction("111.11")


def test_hnte_counts_other_up_to_a_fifth_of_the_total():
    # Rest 700,000 + 80 % of 125,000 = 800,000; a quarter of it, 200,000, is a fifth of 1,000,000.
    counted = count_hnte(ledger(staff=700_000, entrusted_domestic=125_000, other=250_000))
    assert counted.other == 200_000
    assert counted.total == 1_000_000


def test_hnte_keeps_work_abroad_apart_from_the_domestic_sum():
    counted = count_hnte(ledger(staff=600, entrusted_abroad=500))  # 80 % are 400
    assert counted.domestic == 600
    assert counted.total == 1_000


def test_nothing_spent_counts_nothing():
    assert count_super_deduction([]).total == 0
    assert count_hnte([]).total == 0


def test_corrections_lower_a_head():
    entries = [LedgerEntry("P1", "staff", Decimal("10.50")), LedgerEntry("P1", "staff", Decimal("-0.25"))]
    assert head_totals(entries)["staff"] == Fraction("10.25")


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (LedgerEntry("P1", "travel", 1), "expected one of staff, direct_input"),
        (LedgerEntry("P1", "staff", Decimal("0.001")), "expected yuan with at most two decimals, got 0.001"),
        (LedgerEntry("P1", "staff", Decimal("NaN")), "expected yuan, got NaN"),
        (LedgerEntry("P1", "staff", -1), "expected at least 0 yuan for staff in all, got -1"),
    ],
)
def test_wrong_entries(entry, message):
    with pytest.raises(ValueError, match=message):
        head_totals([entry])
