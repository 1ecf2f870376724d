"""INSME, worked by hand from the annex of 工信部企业〔2022〕63号.

BASE: one class II item 5, R&D 3 / 100 = 3 % 15: innovation 20, its limit. Main income 52.5 after 50, so
growth exactly 5 % 10; debt 75 / 100 = 75 % 5: growth 15, its limit. Emerging industry 10; main income
52.5 / 100 = 52.5 % 5: specialisation 15, its limit. Together 50, so the total of 60 fails until R&D is 5 %
(20, innovation 25) and debt 55 % (10, growth 20): 25 + 20 + 15 = 60, met exactly.
"""

import pytest
from tests.eligibility.cases import judge, points_of_band, verdict_of_condition

M = 1_000_000
BASE = {
    "registered_on": "2015-01-01",
    "is_sme": True,
    "ip_class1": 0,
    "ip_class1_own": 0,
    "ip_class1_high_value": 0,
    "ip_class2": 1,
    "rd_expense_audit_y1": 3 * M,
    "revenue_y1": 100 * M,
    "income_main_y1": 52_500_000,
    "income_main_y2": 50 * M,
    "liabilities_y1": 75 * M,
    "assets_y1": 100 * M,
    "emerging_industry": True,
    "award_3y": False,
    "hnte_certificate_valid": False,
    "honours_valid": False,
    "rd_body_level": "none",
    "equity_financing_3y": 4_999_999,
}
MET = BASE | {"rd_expense_audit_y1": 5 * M, "liabilities_y1": 55 * M}


def test_each_part_exactly_at_its_limit_but_the_total_short():
    evaluation = judge("INSME", BASE)
    assert evaluation.score == (50, 50)
    verdicts = {result.id: result.verdict for result in evaluation.conditions}
    assert verdicts == {
        "is_sme": "met",
        "score": "not_met",
        "innovation": "met",
        "growth": "met",
        "specialisation": "met",
        "direct_award": "not_met",
        "direct_honour": "not_met",
        "direct_rd_body": "not_met",
        "direct_financing": "not_met",
    }
    assert evaluation.verdict == "not_met"


def test_exactly_60_points_are_enough():
    assert judge("INSME", MET).score == (60, 60)
    assert judge("INSME", MET).verdict == "met"
    assert judge("INSME", MET | {"ip_class2": 0}).verdict == "not_met"  # 55


@pytest.mark.parametrize(
    ("condition", "changes"),
    [
        ("is_sme", {"is_sme": False}),
        # No IP, R&D 3 %: 15, below 20; main income of 70 % gives 15 more, so the total stays 15 + 30 + 30.
        ("innovation", {"ip_class2": 0, "rd_expense_audit_y1": 3 * M, "income_main_y1": 70 * M}),
        # Growth 0 %: 5, debt 75 %: 5; 10 is below 15. High-value class I makes 20 + 20 + 10 + 10 + 20.
        (
            "growth",
            {
                "ip_class1_high_value": 1,
                "ip_class1": 1,
                "income_main_y1": 70 * M,
                "income_main_y2": 70 * M,
                "liabilities_y1": 75 * M,
            },
        ),
        # Main income just below 50 %: 0, emerging 10; high-value class I: 20 + 20 + (20 + 10) + 10.
        (
            "specialisation",
            {
                "ip_class1_high_value": 1,
                "ip_class1": 1,
                "income_main_y1": 49_999_999,
                "income_main_y2": 40 * M,
            },
        ),
    ],
)
def test_one_condition_just_missed_makes_it_not_met(condition, changes):
    evaluation = judge("INSME", MET | changes)
    failed = [r.id for r in evaluation.conditions if r.verdict != "met" and not r.id.startswith("direct")]
    assert failed == [condition]
    assert evaluation.verdict == "not_met"


@pytest.mark.parametrize(
    "direct",
    [
        {"award_3y": True},
        {"hnte_certificate_valid": True},
        {"honours_valid": True},
        {"rd_body_level": "provincial"},
        {"equity_financing_3y": 5 * M},
    ],
)
def test_a_direct_condition_replaces_the_score(direct):
    assert judge("INSME", BASE | direct).verdict == "met"
    assert judge("INSME", BASE | direct | {"is_sme": False}).verdict == "not_met"


@pytest.mark.parametrize(
    "fact", ["award_3y", "hnte_certificate_valid", "honours_valid", "rd_body_level", "equity_financing_3y"]
)
def test_a_missing_direct_condition_leaves_it_unknown(fact):
    found = judge("INSME", BASE | {fact: None})
    assert (found.verdict, found.missing, found.deciding) == ("unknown", (fact,), (fact,))


def test_direct_conditions_just_missed():
    assert (
        judge("INSME", BASE | {"rd_body_level": "city", "equity_financing_3y": "4999999.99"}).verdict
        == "not_met"
    )


@pytest.mark.parametrize(
    ("fact", "conditions", "score"),
    [
        ("is_sme", ["is_sme"], (60, 60)),
        ("rd_expense_audit_y1", ["score", "innovation"], (40, 60)),  # 0 to 20 instead of 20
        ("ip_class2", ["score"], (55, 60)),  # 0 to 5; R&D alone makes the 20 of innovation
        ("liabilities_y1", ["score", "growth"], (50, 60)),  # 0 to 10 instead of 10
        ("income_main_y2", ["score", "growth"], (50, 70)),  # 0 to 20 instead of 10
    ],
)
def test_a_missing_fact_opens_its_conditions_and_is_named(fact, conditions, score):
    found = judge("INSME", MET | {fact: None})
    assert [result.id for result in found.conditions if result.verdict == "unknown"] == conditions
    assert (found.verdict, found.score, found.missing) == ("unknown", score, (fact,))


@pytest.mark.parametrize(
    ("counts", "points"),
    [
        ((1, 1, 1, 1), (20, 20)),
        ((0, 1, 1, 1), (15, 15)),
        ((0, 0, 1, 1), (10, 10)),
        ((0, 0, 0, 1), (5, 5)),
        ((0, 0, 0, 0), (0, 0)),
        ((None, 0, 0, 1), (5, 20)),
        ((0, None, 1, 0), (10, 15)),
    ],
)
def test_ip_bands(counts, points):
    names = ("ip_class1_high_value", "ip_class1_own", "ip_class1", "ip_class2")
    evaluation = judge("INSME", BASE | dict(zip(names, counts, strict=True)))
    assert points_of_band(evaluation, "ip") == points


@pytest.mark.parametrize(
    ("band", "fact", "steps"),
    [
        (
            "rd",
            "rd_expense_audit_y1",
            [(5 * M, 20), (5 * M - 1, 15), (3 * M, 15), (3 * M - 1, 10), (2 * M, 10)],
        ),
        ("rd", "rd_expense_audit_y1", [(2 * M - 1, 5), (M, 5), (M - 1, 0)]),
        (
            "growth_income",
            "income_main_y1",
            [(57_500_000, 20), (57_499_999, 15), (55 * M, 15), (55 * M - 1, 10)],
        ),
        (
            "growth_income",
            "income_main_y1",
            [(52_500_000, 10), (52_499_999, 5), (50 * M, 5), (50 * M - 1, 0)],
        ),
        ("debt", "liabilities_y1", [(55 * M, 10), (55 * M + 1, 5), (75 * M, 5), (75 * M + 1, 0)]),
        ("industry", "emerging_industry", [(True, 10), (False, 5)]),
        ("main_income", "income_main_y1", [(70 * M, 20), (70 * M - 1, 15), (60 * M, 15), (60 * M - 1, 10)]),
        ("main_income", "income_main_y1", [(55 * M, 10), (55 * M - 1, 5), (50 * M, 5), (50 * M - 1, 0)]),
    ],
)
def test_band_edges(band, fact, steps):
    for value, points in steps:
        assert points_of_band(judge("INSME", BASE | {fact: value}), band) == (points, points), value


def test_missing_parts_leave_a_range():
    evaluation = judge("INSME", MET | {"emerging_industry": None})  # 5 to 10
    assert evaluation.score == (55, 60)
    assert verdict_of_condition(evaluation, "specialisation") == "unknown"
    assert evaluation.missing == ("emerging_industry",)
