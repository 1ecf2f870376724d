"""SRDI, worked by hand: version 1 from the annex of 工信部企业〔2022〕63号, version 2 from annex 1 of 工信部企业〔2026〕2号.

BASE: main income 8 of revenue 10 million, 80 %: 5. Main income 8, 8, 8 million, no growth: 2. Two years in
the niche: 1. Field other: 0. 专业化 8. Digital level 3: 5; quality award and system 3 + 3, at most 5; profit
1 / 10 = 10 %: 10; debt 5 / 10 = 50 %: 5. 精细化 25. Local score 5. IP class I 6; R&D 1 million = 10 %: 10, by
amount 2; research staff 10 / 100 = 10 %: 3; R&D body of the city 4: 创新 23. 8 + 25 + 5 + 23 = 61.
"""

from datetime import date

import pytest
from tests.eligibility import cases
from tests.eligibility.cases import points_of_band, verdict_of_condition

M = 1_000_000
LAST_DAY = date(2026, 3, 31)
"""Of version 1; from 2026-04-01 there is no score any more."""
BASE = {
    "registered_on": "2015-01-01",
    "niche_years": 2,
    "rd_expense_audit_y1": M,
    "rd_expense_audit_y2": M,
    "revenue_y1": 10 * M,
    "equity_financing_2y": 0,
    "income_main_y1": 8 * M,
    "income_main_y2": 8 * M,
    "income_main_y3": 8 * M,
    "leading_product_field": "other",
    "digital_level": 3,
    "provincial_quality_award": True,
    "quality_system_certified": True,
    "own_brand": False,
    "standards_participated": False,
    "net_profit_y1": M,
    "liabilities_y1": 5 * M,
    "assets_y1": 10 * M,
    "local_distinctive_score": 5,
    "ip_class1_high_value": 0,
    "ip_class1_own": 0,
    "ip_class1": 1,
    "ip_class2": 0,
    "staff_research": 10,
    "staff_total": 100,
    "rd_body_level": "city",
    "award_3y_leading": False,
    "chuangke_top500_3y": False,
}


def judge(code: str, raw: dict):
    return cases.judge(code, raw, LAST_DAY)


def test_base_is_met_with_61_points():
    evaluation = judge("SRDI", BASE)
    assert evaluation.score == (61, 61)
    assert evaluation.verdict == "met"


@pytest.mark.parametrize(
    ("condition", "just_missed"),
    [
        ("niche_years", {"niche_years": "1.9999", "local_distinctive_score": 6}),  # one point less there
        (
            "rd_amount",
            {"rd_expense_audit_y1": "999999.99", "local_distinctive_score": 7},
        ),  # 9.99 %: 8, two less
        # 1 / 34 million is below 3 %: 2 points. High-value class I 10, national body 10. Main income and
        # profit grow along, 8 to 27.2 million being 120 %: 5 + 10 + 1 + 25 + 5 + 10 + 2 + 3 + 10 = 71.
        (
            "rd_ratio",
            {
                "revenue_y1": 34 * M,
                "income_main_y1": 27_200_000,
                "net_profit_y1": 3_400_000,
                "ip_class1_high_value": 1,
                "rd_body_level": "national",
            },
        ),
        ("revenue_or_financing", {"revenue_y1": 10 * M - 1, "equity_financing_2y": 20 * M - 1}),
        ("score", {"local_distinctive_score": 3}),  # 59
    ],
)
def test_one_condition_just_missed_makes_it_not_met(condition, just_missed):
    evaluation = judge("SRDI", BASE | just_missed)
    failed = [r.id for r in evaluation.conditions if r.verdict != "met" and not r.id.startswith("direct")]
    assert failed == [condition]
    assert evaluation.verdict == "not_met"


def test_the_score_limit_of_60_is_included():
    assert judge("SRDI", BASE | {"local_distinctive_score": 4}).verdict == "met"


@pytest.mark.parametrize("fact", ["niche_years", "revenue_y1", "rd_expense_audit_y1"])
def test_a_missing_fact_leaves_it_unknown_and_is_named_first(fact):
    evaluation = judge("SRDI", BASE | {fact: None})
    assert evaluation.verdict == "unknown"
    assert evaluation.missing[0] == fact


def test_low_revenue_passes_with_new_equity_of_20_million():
    small = BASE | {"revenue_y1": 10 * M - 1, "equity_financing_2y": 20 * M}
    assert verdict_of_condition(judge("SRDI", small), "revenue_or_financing") == "met"


def test_rd_of_exactly_three_percent_passes():
    # 1 / 33,333,333.33 is above, 1,000,000 / 33,333,334 below 3 %.
    assert verdict_of_condition(judge("SRDI", BASE | {"revenue_y1": "33333333.33"}), "rd_ratio") == "met"
    assert verdict_of_condition(judge("SRDI", BASE | {"revenue_y1": 33_333_334}), "rd_ratio") == "not_met"
    exact = BASE | {"rd_expense_audit_y1": 3 * M, "revenue_y1": 100 * M}
    assert verdict_of_condition(judge("SRDI", exact), "rd_ratio") == "met"


@pytest.mark.parametrize(
    "direct",
    [
        {"award_3y_leading": True},
        {"rd_expense_audit_y1": 8 * M, "rd_expense_audit_y2": 12 * M},  # mean exactly 10 million
        {"equity_financing_2y": 60 * M},
        {"chuangke_top500_3y": True},
    ],
)
def test_a_direct_condition_replaces_the_score_but_not_the_rest(direct):
    poor = BASE | {
        "local_distinctive_score": 0,
        "digital_level": 1,
        "net_profit_y1": 0,
        "rd_body_level": "none",
    }
    assert judge("SRDI", poor).verdict == "not_met"  # 61 − 5 − 5 − 10 − 4 = 37
    assert judge("SRDI", poor | direct).verdict == "met"
    assert judge("SRDI", poor | direct | {"niche_years": 1}).verdict == "not_met"


def test_direct_conditions_just_missed():
    poor = BASE | {
        "local_distinctive_score": 0,
        "digital_level": 1,
        "net_profit_y1": 0,
        "rd_body_level": "none",
    }
    missed = {"rd_expense_audit_y1": M, "rd_expense_audit_y2": 19 * M - 1, "equity_financing_2y": 60 * M - 1}
    assert judge("SRDI", poor | missed).verdict == "not_met"


@pytest.mark.parametrize(
    "fact", ["award_3y_leading", "rd_expense_audit_y2", "equity_financing_2y", "chuangke_top500_3y"]
)
def test_a_missing_direct_condition_leaves_a_poor_one_unknown(fact):
    poor = {"local_distinctive_score": 0, "digital_level": 1, "net_profit_y1": 0, "rd_body_level": "none"}
    found = judge("SRDI", BASE | poor | {fact: None})
    assert (found.verdict, found.missing, found.deciding) == ("unknown", (fact,), (fact,))


def test_missing_financing_matters_while_the_revenue_is_low():
    assert judge("SRDI", BASE | {"equity_financing_2y": None}).verdict == "met"
    found = judge("SRDI", BASE | {"revenue_y1": 10 * M - 1, "equity_financing_2y": None})
    assert verdict_of_condition(found, "revenue_or_financing") == "unknown"
    assert (found.verdict, found.missing) == ("unknown", ("equity_financing_2y",))


@pytest.mark.parametrize(
    ("band", "fact", "steps"),
    [
        (
            "main_income",
            "income_main_y1",
            [(8 * M, 5), (8 * M - 1, 3), (7 * M, 3), (7 * M - 1, 1), (6 * M, 1)],
        ),
        ("main_income", "income_main_y1", [(6 * M - 1, 0)]),
        # ½(8/8 + y1/8) − 1: y1 = 9.6 million makes exactly 10 %, 9.28 8 %, 8.96 6 %, 8.64 4 %, 8 0 %
        ("growth", "income_main_y1", [(9_600_000, 10), (9_599_999, 8), (9_280_000, 8), (9_279_999, 6)]),
        ("growth", "income_main_y1", [(8_960_000, 6), (8_959_999, 4), (8_640_000, 4), (8_639_999, 2)]),
        ("growth", "income_main_y1", [(8 * M, 2), (8 * M - 1, 0)]),
        (
            "niche",
            "niche_years",
            [(12, 5), (10, 5), ("9.9", 4), (8, 4), (7, 3), (6, 3), (5, 2), (4, 2), (3, 1)],
        ),
        ("niche", "niche_years", [(2, 1), ("1.9", 0), (0, 0)]),
        ("field", "leading_product_field", [("key_link", 5), ("foundation", 3), ("other", 0)]),
        ("digital", "digital_level", [(4, 5), (3, 5), (2, 3), (1, 0), (0, 0)]),
        (
            "profit",
            "net_profit_y1",
            [(M, 10), (M - 1, 8), (800_000, 8), (799_999, 6), (600_000, 6), (599_999, 4)],
        ),
        ("profit", "net_profit_y1", [(400_000, 4), (399_999, 2), (200_000, 2), (199_999, 0), (-1, 0)]),
        ("debt", "liabilities_y1", [(5 * M, 5), (5 * M + 1, 3), (6 * M, 3), (6 * M + 1, 1), (7 * M, 1)]),
        ("debt", "liabilities_y1", [(7 * M + 1, 0)]),
        (
            "rd_amount",
            "rd_expense_audit_y1",
            [(5 * M, 10), (5 * M - 1, 8), (4 * M, 8), (4 * M - 1, 6), (3 * M, 6)],
        ),
        (
            "rd_amount",
            "rd_expense_audit_y1",
            [(3 * M - 1, 4), (2 * M, 4), (2 * M - 1, 2), (M, 2), (M - 1, 0)],
        ),
        ("rd_ratio", "rd_expense_audit_y1", [(M, 10), (M - 1, 8), (800_000, 8), (799_999, 6), (600_000, 6)]),
        (
            "rd_ratio",
            "rd_expense_audit_y1",
            [(599_999, 4), (400_000, 4), (399_999, 2), (300_000, 2), (299_999, 0)],
        ),
        ("research_staff", "staff_research", [(20, 5), (19, 3), (10, 3), (9, 1), (5, 1), (4, 0)]),
        ("rd_body", "rd_body_level", [("national", 10), ("provincial", 8), ("city", 4), ("below_city", 2)]),
        ("rd_body", "rd_body_level", [("none", 0)]),
        ("ip", "ip_class1_high_value", [(1, 10), (0, 6)]),
        ("ip", "ip_class1_own", [(1, 8), (0, 6)]),
    ],
)
def test_band_edges(band, fact, steps):
    for value, points in steps:
        assert points_of_band(judge("SRDI", BASE | {fact: value}), band) == (points, points), value


def test_class_two_ip_alone_gives_two_points():
    assert points_of_band(judge("SRDI", BASE | {"ip_class1": 0, "ip_class2": 1}), "ip") == (2, 2)
    assert points_of_band(judge("SRDI", BASE | {"ip_class1": 0}), "ip") == (0, 0)


def test_quality_adds_up_to_at_most_five():
    # Three points each: four count 5, two count 5, one counts 3, none nothing.
    names = ["provincial_quality_award", "quality_system_certified", "own_brand", "standards_participated"]
    for earned, score in ((4, 61), (2, 61), (1, 59), (0, 56)):
        held = {name: place < earned for place, name in enumerate(names)}
        assert judge("SRDI", BASE | held).score == (score, score)


def test_the_local_score_is_a_range_until_the_province_enters_it():
    evaluation = judge("SRDI", BASE | {"local_distinctive_score": None})
    assert evaluation.score == (56, 71)
    assert evaluation.verdict == "unknown"
    assert evaluation.missing == ("local_distinctive_score",)


# Version 2, on every edge: revenue 15 million, main income 12 = 80 %, debt 8 / 10 = 80 %; R&D of 1 million each year
# on 15 million = 6.7 % and on 33 million = 3.03 %.
EDGE = {
    "tech_innovative_title_valid": True,
    "niche_years": 3,
    "is_sme": True,
    "on_abnormal_list": False,
    "on_violation_list": False,
    "serious_incident_3y": False,
    "revenue_y1": 15 * M,
    "revenue_y2": 33 * M,
    "equity_financing_2y": 0,
    "income_main_y1": 12 * M,
    "liabilities_y1": 8 * M,
    "assets_y1": 10 * M,
    "rd_expense_audit_y1": M,
    "rd_expense_audit_y2": M,
    "ip_class1_applied": 1,
    "award_provincial_3y_top3": False,
    "rd_body_level": "city",
    "market_position_high": True,
    "srdi_score_now": 50,
    "srdi_score_previous": 49,
}
FIRST_DAY = date(2026, 4, 1)


def test_from_april_2026_the_second_version_holds_and_has_no_score():
    evaluation = cases.judge("SRDI", EDGE, FIRST_DAY)
    assert (evaluation.version.label, evaluation.version.state) == ("v2", "verified")
    assert (evaluation.verdict, evaluation.score) == ("met", None)
    assert cases.judge("SRDI", BASE, LAST_DAY).version.label == "v1"


@pytest.mark.parametrize(
    ("condition", "just_missed"),
    [
        ("title", {"tech_innovative_title_valid": False}),
        ("niche_years", {"niche_years": "2.9999"}),
        ("is_sme", {"is_sme": False}),
        ("not_abnormal", {"on_abnormal_list": True}),
        ("not_violating", {"on_violation_list": True}),
        ("no_serious_incident", {"serious_incident_3y": True}),
        ("revenue_or_financing", {"revenue_y1": 15 * M - 1, "equity_financing_2y": 20 * M - 1}),
        ("main_share", {"income_main_y1": 12 * M - 1}),
        ("debt", {"liabilities_y1": 8 * M + 1}),
        ("rd_amount", {"rd_expense_audit_y2": M - 1}),
        ("rd_ratio", {"revenue_y2": "33333333.34"}),  # a million is 3 % of 33,333,333.33
        ("ip", {"ip_class1_applied": 0}),
        ("market_position", {"market_position_high": False}),
        ("development_score", {"srdi_score_now": 49}),
    ],
)
def test_each_condition_of_the_second_version_just_missed(condition, just_missed):
    evaluation = cases.judge("SRDI", EDGE | just_missed, FIRST_DAY)
    assert [result.id for result in evaluation.conditions if result.verdict != "met"] == [condition]
    assert evaluation.verdict == "not_met"


@pytest.mark.parametrize(
    "other_way",
    [
        {"revenue_y1": 15 * M - 1, "equity_financing_2y": 20 * M},
        {"ip_class1_applied": 0, "award_provincial_3y_top3": True},
        {"ip_class1_applied": 0, "rd_body_level": "provincial"},
        {"ip_class1_applied": 0, "rd_body_level": "national"},
    ],
)
def test_the_other_ways_of_the_second_version(other_way):
    assert cases.judge("SRDI", EDGE | other_way, FIRST_DAY).verdict == "met"


def test_a_re_examination_may_rest_on_the_score_of_the_year_before():
    poor = EDGE | {"srdi_score_now": 49, "srdi_score_previous": 50}
    assert cases.judge("SRDI", poor, FIRST_DAY).verdict == "not_met"
    again = cases.judge("SRDI", poor, FIRST_DAY, "reexamination")
    assert (again.version.label, again.verdict) == ("v2", "met")
    worse = cases.judge("SRDI", poor | {"srdi_score_previous": 49}, FIRST_DAY, "reexamination")
    assert worse.verdict == "not_met"


@pytest.mark.parametrize("fact", ["niche_years", "revenue_y2", "ip_class1_applied", "srdi_score_now"])
def test_a_missing_fact_of_the_second_version(fact):
    found = cases.judge("SRDI", EDGE | {fact: None}, FIRST_DAY)
    assert (found.verdict, found.missing, found.deciding) == ("unknown", (fact,), (fact,))
