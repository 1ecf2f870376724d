"""TSME, worked by hand from 国科发政〔2017〕115号.

BASE stands on every edge: 500 staff, sales and assets of 200 million. Staff 50 / 500 = 10 %: 4 points.
R&D 10 million / 200 million = 5 %: 40 points; over costs of 100 million = 10 %: 10 points; the better is 40.
Three class II items: 18. 4 + 40 + 18 = 62; with two items 12, so 56, just below 60.
"""

import pytest
from tests.eligibility.cases import judge, points_of_band

M = 1_000_000
BASE = {
    "mainland_resident": True,
    "staff_total": 500,
    "staff_rd": 50,
    "sales_y1": 200 * M,
    "assets_y1": 200 * M,
    "products_restricted": False,
    "serious_incident_2y": False,
    "on_abnormal_list": False,
    "on_violation_list": False,
    "rd_expense_tax_y1": 10 * M,
    "cost_expense_y1": 100 * M,
    "ip_class1": 0,
    "ip_class2": 3,
    "hnte_certificate_valid": False,
    "national_award_5y_top3": False,
    "rd_body_level": "city",
    "standard_led_5y": False,
}


def test_base_is_met_with_62_points():
    evaluation = judge("TSME", BASE)
    assert evaluation.verdict == "met"
    assert evaluation.score == (62, 62)


@pytest.mark.parametrize(
    ("condition", "just_missed"),
    [
        ("mainland_resident", {"mainland_resident": False}),
        ("staff_limit", {"staff_total": 501, "staff_rd": 60}),
        ("sales_limit", {"sales_y1": "200000000.01", "rd_expense_tax_y1": 11 * M}),
        ("assets_limit", {"assets_y1": "200000000.01"}),
        ("products_allowed", {"products_restricted": True}),
        ("no_serious_incident", {"serious_incident_2y": True}),
        ("not_abnormal", {"on_abnormal_list": True}),
        ("not_violating", {"on_violation_list": True}),
        ("score", {"ip_class2": 2}),  # 4 + 40 + 12 = 56
        ("staff_score", {"staff_rd": 49, "ip_class1": 1}),  # 0 + 40 + 30 = 70, but no staff points
    ],
)
def test_one_condition_just_missed_makes_it_not_met(condition, just_missed):
    evaluation = judge("TSME", BASE | just_missed)
    failed = [r.id for r in evaluation.conditions if r.verdict != "met" and not r.id.startswith("direct")]
    assert failed == [condition]
    assert evaluation.verdict == "not_met"


@pytest.mark.parametrize(
    "fact",
    [
        "mainland_resident",
        "staff_total",  # the limit, and 0 to 20 points for the share: 58 to 78
        "sales_y1",  # the limit, and 10 to 50 points for R&D: 32 to 72
        "assets_y1",
        "staff_rd",  # 58 to 78 points, and the staff points themselves
        "rd_expense_tax_y1",  # 0 to 50: 22 to 72
        "ip_class2",  # 0 to 24: 44 to 68
        "products_restricted",
        "serious_incident_2y",
        "on_abnormal_list",
        "on_violation_list",
    ],
)
def test_one_missing_fact_leaves_it_unknown_and_is_named(fact):
    evaluation = judge("TSME", BASE | {fact: None})
    assert evaluation.verdict == "unknown"
    assert evaluation.missing == (fact,)


@pytest.mark.parametrize(
    "direct",
    [
        {"hnte_certificate_valid": True},
        {"national_award_5y_top3": True},
        {"rd_body_level": "provincial"},
        {"rd_body_level": "national"},
        {"standard_led_5y": True},
    ],
)
def test_a_direct_condition_replaces_the_score_but_not_the_rest(direct):
    weak = BASE | {"ip_class2": 0, "staff_rd": 0}
    assert judge("TSME", weak).verdict == "not_met"
    assert judge("TSME", weak | direct).verdict == "met"
    assert judge("TSME", weak | direct | {"staff_total": 501}).verdict == "not_met"


@pytest.mark.parametrize(
    "fact", ["hnte_certificate_valid", "national_award_5y_top3", "rd_body_level", "standard_led_5y"]
)
def test_a_missing_direct_condition_leaves_a_weak_one_unknown(fact):
    found = judge("TSME", BASE | {"ip_class2": 0, "staff_rd": 0, fact: None})
    assert (found.verdict, found.missing, found.deciding) == ("unknown", (fact,), (fact,))


def test_a_direct_condition_settles_it_though_every_score_fact_is_missing():
    gone = dict.fromkeys(["staff_rd", "rd_expense_tax_y1", "cost_expense_y1", "ip_class1", "ip_class2"])
    evaluation = judge("TSME", BASE | gone | {"standard_led_5y": True})
    assert evaluation.score == (0, 100)
    assert evaluation.verdict == "met"


def test_a_missing_direct_condition_matters_only_while_the_score_falls_short():
    assert judge("TSME", BASE | {"standard_led_5y": None}).verdict == "met"
    short = judge("TSME", BASE | {"ip_class2": 2, "standard_led_5y": None})
    assert short.verdict == "unknown"
    assert short.missing == ("standard_led_5y",)


@pytest.mark.parametrize(
    ("staff_rd", "points"),
    [
        (150, 20),
        (149, 16),
        (125, 16),
        (124, 12),
        (100, 12),
        (99, 8),
        (75, 8),
        (74, 4),
        (50, 4),
        (49, 0),
        (0, 0),
    ],
)
def test_staff_bands_of_500(staff_rd, points):
    evaluation = judge("TSME", BASE | {"staff_rd": staff_rd})
    assert points_of_band(evaluation, "staff") == (points, points)


@pytest.mark.parametrize(
    ("rd", "points"),
    [
        (12 * M, 50),
        (12 * M - 1, 40),
        (10 * M, 40),
        (10 * M - 1, 30),
        (8 * M, 30),
        (8 * M - 1, 20),
        (6 * M, 20),
        (6 * M - 1, 10),
        (4 * M, 10),
        (4 * M - 1, 0),
    ],
)
def test_rd_bands_over_sales_of_200_million(rd, points):
    evaluation = judge("TSME", BASE | {"rd_expense_tax_y1": rd})
    assert points_of_band(evaluation, "rd_sales") == (points, points)


@pytest.mark.parametrize(
    ("rd", "points"),
    [
        (300, 50),
        (299, 40),
        (250, 40),
        (249, 30),
        (200, 30),
        (199, 20),
        (150, 20),
        (149, 10),
        (100, 10),
        (99, 0),
    ],
)
def test_rd_bands_over_costs_of_1000(rd, points):
    evaluation = judge("TSME", BASE | {"rd_expense_tax_y1": rd, "cost_expense_y1": 1000})
    assert points_of_band(evaluation, "rd_cost") == (points, points)


def test_the_better_of_two_rd_scores_counts_and_an_open_one_leaves_a_range():
    # Costs of 33 million make 10 / 33 = 30.3 %: 50 points instead of 40.
    assert judge("TSME", BASE | {"cost_expense_y1": 33 * M}).score == (72, 72)
    # Costs not known: at least the 40 by sales, at most 50.
    assert judge("TSME", BASE | {"cost_expense_y1": None}).score == (62, 72)
    # No sales make no ratio, which earns nothing: 10 points by costs instead of 40.
    assert judge("TSME", BASE | {"sales_y1": 0}).score == (32, 32)
    # Neither sales nor costs: 4 + 0 + 18.
    nothing = {"sales_y1": 0, "cost_expense_y1": 0, "rd_expense_tax_y1": 0}
    assert judge("TSME", BASE | nothing).score == (22, 22)


@pytest.mark.parametrize(
    ("class1", "class2", "points"),
    [
        (1, 0, (30, 30)),
        (0, 4, (24, 24)),
        (0, 5, (24, 24)),
        (0, 3, (18, 18)),
        (0, 2, (12, 12)),
        (0, 1, (6, 6)),
        (0, 0, (0, 0)),
        (None, 4, (24, 30)),
        (0, None, (0, 24)),
    ],
)
def test_achievement_bands(class1, class2, points):
    assert (
        points_of_band(judge("TSME", BASE | {"ip_class1": class1, "ip_class2": class2}), "achievements")
        == points
    )


def test_before_2017_no_version_is_in_force():
    from datetime import date

    from eligibility.errors import ProgrammeNotFoundError
    from eligibility.library import find_version

    with pytest.raises(ProgrammeNotFoundError) as caught:
        find_version("TSME", date(2017, 5, 2))
    assert str(caught.value) == (
        "expected a version of TSME in force on 2017-05-02, got only v1 [2017-05-03, open)"
    )
