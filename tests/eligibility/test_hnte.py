"""HNTE, worked by hand from article 11 of 32号 and the score of 195号.

BASE meets every condition at its very edge, applying on 2026-06-15:
staff 10 / 100 = 10 %; R&D 2.5 + 2.0 + 0.5 = 5.0 million on sales 50 + 40 + 10 = 100 million = 5 %, last
year's sales 50 million, so the 5 % band; in China 3.0 / 5.0 = 60 %; high-tech income 30 / 50 = 60 %.
Score: IP 8 + 8 + 8 + 6 + 2 = 32, capped at 30; 15 transformations / 3 years = 5 a year, so 25-30, entered
25; management 6 + 1 + 0 + 0 = 7; net assets did not grow: 0; sales grew ½(40/10 + 50/40) − 1 = 162.5 %,
so 9-10, entered 9. 30 + 25 + 7 + 0 + 9 = 71, one above the limit of 70.
"""

import pytest
from tests.eligibility.cases import judge, points_of_band, verdict_of_condition

M = 1_000_000
BASE = {
    "registered_on": "2015-01-01",
    "ip_core_support": True,
    "tech_field_supported": True,
    "staff_rd": 10,
    "staff_total": 100,
    "sales_y1": 50 * M,
    "sales_y2": 40 * M,
    "sales_y3": 10 * M,
    "rd_expense_hnte_y1": 2_500_000,
    "rd_expense_hnte_y2": 2 * M,
    "rd_expense_hnte_y3": 500_000,
    "rd_expense_domestic_3y": 3 * M,
    "income_total_y1": 50 * M,
    "income_hightech_y1": 30 * M,
    "hnte_advancement": 8,
    "hnte_core_support": 8,
    "ip_class1": 1,
    "ip_class2": 0,
    "hnte_quantity": 8,
    "hnte_obtained": 6,
    "hnte_standards": 2,
    "transformations_3y": 15,
    "hnte_transformation": 25,
    "hnte_rd_system": 6,
    "hnte_rd_body": 1,
    "hnte_incentive": 0,
    "hnte_talent": 0,
    "net_assets_y1": 10 * M,
    "net_assets_y2": 10 * M,
    "net_assets_y3": 10 * M,
    "hnte_growth_assets": 0,
    "hnte_growth_sales": 9,
    "serious_incident_1y": False,
}


def test_base_is_met_with_71_points():
    evaluation = judge("HNTE", BASE)
    assert evaluation.verdict == "met"
    assert evaluation.score == (71, 71)
    assert evaluation.missing == ()


@pytest.mark.parametrize(
    ("condition", "just_missed"),
    [
        # 2025-06-16 to 2026-06-15 are 364 days; the enterprise then has one fiscal year: R&D 2.5 / 50 = 5 %
        ("registered_one_year", {"registered_on": "2025-06-16", "rd_expense_domestic_3y": 1_500_000}),
        ("owns_core_ip", {"ip_core_support": False}),
        ("supported_field", {"tech_field_supported": False}),
        ("staff_share", {"staff_rd": 99, "staff_total": 991}),  # 9.99 %
        ("rd_intensity", {"rd_expense_hnte_y3": 499_999}),  # 4,999,999 / 100 million < 5 %
        ("rd_domestic", {"rd_expense_domestic_3y": "2999999.99"}),  # a fen below 60 %
        ("hightech_income", {"income_hightech_y1": 30 * M - 1}),
        ("innovation_score", {"hnte_rd_body": 0}),  # 70 points: the limit itself does not pass
        ("no_serious_incident", {"serious_incident_1y": True}),
    ],
)
def test_one_condition_just_missed_makes_it_not_met(condition, just_missed):
    evaluation = judge("HNTE", BASE | just_missed)
    failed = [result.id for result in evaluation.conditions if result.verdict != "met"]
    assert failed == [condition]
    assert evaluation.verdict == "not_met"
    assert evaluation.missing == ()


@pytest.mark.parametrize(
    ("condition", "fact"),
    [
        ("owns_core_ip", "ip_core_support"),
        ("supported_field", "tech_field_supported"),
        ("staff_share", "staff_rd"),
        ("staff_share", "staff_total"),
        ("rd_domestic", "rd_expense_domestic_3y"),
        ("hightech_income", "income_hightech_y1"),
        ("hightech_income", "income_total_y1"),
        ("innovation_score", "hnte_rd_body"),  # 70 without it, up to 76 with it
        ("no_serious_incident", "serious_incident_1y"),
    ],
)
def test_one_missing_fact_leaves_it_unknown_and_is_named(condition, fact):
    evaluation = judge("HNTE", {k: v for k, v in BASE.items() if k != fact})
    undecided = [result.id for result in evaluation.conditions if result.verdict == "unknown"]
    assert undecided == [condition]
    assert evaluation.verdict == "unknown"
    assert evaluation.missing == (fact,)


def test_registration_date_missing_leaves_age_and_intensity_open():
    # Which fiscal years count is not known either, so intensity and the share in China hang on the date too.
    evaluation = judge("HNTE", BASE | {"registered_on": None})
    undecided = [result.id for result in evaluation.conditions if result.verdict == "unknown"]
    assert undecided == ["registered_one_year", "rd_intensity", "rd_domestic"]
    assert evaluation.missing == ("registered_on",)


def test_registered_exactly_365_days_ago_is_old_enough():
    evaluation = judge("HNTE", BASE | {"registered_on": "2025-06-15"})
    assert verdict_of_condition(evaluation, "registered_one_year") == "met"


@pytest.mark.parametrize(
    ("sales", "rd", "verdict"),
    [
        # All sales in one year, so the intensity is rd / sales.
        (50 * M, 2_500_000, "met"),  # 5 % of exactly 50 million: still the 5 % band
        (50 * M, 2_499_999, "not_met"),
        (50 * M + 100, 2_000_004, "met"),  # a hundred yuan more: 4 % is enough, 4 % of 50,000,100
        (50 * M + 100, 2_000_003, "not_met"),
        (200 * M, 8 * M, "met"),  # 4 % of exactly 200 million
        (200 * M, 8 * M - 1, "not_met"),
        (200 * M + 100, 6_000_003, "met"),  # 3 % of 200,000,100
        (200 * M + 100, 6_000_002, "not_met"),
        (0, 100, "not_met"),  # nothing sold: there is no ratio, and none meets a condition
    ],
)
def test_rd_intensity_at_the_edges_of_the_sales_bands(sales, rd, verdict):
    facts = {"sales_y1": sales, "sales_y2": 0, "sales_y3": 0}
    facts |= {
        "rd_expense_hnte_y1": rd,
        "rd_expense_hnte_y2": 0,
        "rd_expense_hnte_y3": 0,
        "hnte_growth_sales": None,
    }
    facts |= {"rd_expense_domestic_3y": 0}
    evaluation = judge("HNTE", BASE | facts)
    assert verdict_of_condition(evaluation, "rd_intensity") == verdict


def test_younger_than_three_years_counts_only_the_years_since_founding():
    # Founded in 2024, applying in 2026: fiscal years 2025 (y1) and 2024 (y2) exist, 2023 (y3) does not.
    # R&D 2.5 + 2.0 = 4.5 million on 50 + 40 = 90 million is exactly 5 %; in China 2.7 / 4.5 = 60 %.
    young = BASE | {"registered_on": "2024-03-01", "sales_y3": None, "rd_expense_hnte_y3": None}
    young |= {"rd_expense_domestic_3y": 2_700_000, "hnte_growth_sales": 9}
    evaluation = judge("HNTE", young)
    assert verdict_of_condition(evaluation, "rd_intensity") == "met"
    assert verdict_of_condition(evaluation, "rd_domestic") == "met"
    short = judge("HNTE", young | {"rd_expense_hnte_y2": 2 * M - 1})
    assert verdict_of_condition(short, "rd_intensity") == "not_met"


def test_founded_in_the_last_fiscal_year_counts_that_year_alone():
    young = BASE | {"registered_on": "2025-06-15"}
    young |= dict.fromkeys(["sales_y2", "sales_y3", "rd_expense_hnte_y2", "rd_expense_hnte_y3"])
    evaluation = judge("HNTE", young | {"rd_expense_domestic_3y": 1_500_000})  # 1.5 / 2.5 = 60 %
    assert verdict_of_condition(evaluation, "rd_intensity") == "met"  # 2.5 / 50
    assert verdict_of_condition(evaluation, "rd_domestic") == "met"


def test_a_year_since_founding_that_is_missing_leaves_the_intensity_open():
    # Registered on the last day of 2023: fiscal year 2023 exists.
    evaluation = judge("HNTE", BASE | {"registered_on": "2023-12-31", "rd_expense_hnte_y3": None})
    assert verdict_of_condition(evaluation, "rd_intensity") == "unknown"
    assert evaluation.missing == ("rd_expense_hnte_y3",)


# 195号: an enterprise younger than three years is measured over the time it has existed. On 2026-06-15 y1 is 2025.
@pytest.mark.parametrize(
    ("registered", "sales", "points"),
    [
        ("2024-03-01", {"sales_y3": None}, (7, 8)),  # 2025 and 2024: 50 / 40 - 1 = 25 %
        ("2024-03-01", {"sales_y3": 0}, (7, 8)),  # a zero for a year before founding says the same
        ("2023-12-31", {"sales_y3": None}, (0, 10)),  # 2023 was; its sales are missing
        (None, {"sales_y3": None}, (0, 10)),  # nobody knows whether it was
        ("2025-03-01", {"sales_y2": None, "sales_y3": None}, (0, 0)),  # one year is no growth
        (
            "2023-12-31",
            {"sales_y2": 0, "sales_y3": None},
            (0, 0),
        ),  # a second year of zero, whatever the first
        ("2024-03-01", {"sales_y1": None, "sales_y3": None}, (0, 10)),
    ],
)
def test_growth_over_the_years_an_enterprise_has_existed(registered, sales, points):
    evaluation = judge("HNTE", BASE | {"registered_on": registered, "hnte_growth_sales": None} | sales)
    assert points_of_band(evaluation, "sales_growth") == points


@pytest.mark.parametrize(
    ("class1", "class2", "points"),
    [
        (1, 0, (7, 8)),
        (0, 5, (5, 6)),
        (0, 4, (3, 4)),
        (0, 3, (3, 4)),
        (0, 2, (1, 2)),
        (0, 1, (1, 2)),
        (0, 0, (0, 0)),
        (1, None, (7, 8)),  # class I decides whatever class II is
        (0, None, (0, 6)),
        (None, 0, (0, 8)),
        (None, 5, (5, 8)),
        (None, None, (0, 8)),
    ],
)
def test_quantity_bands(class1, class2, points):
    evaluation = judge("HNTE", BASE | {"ip_class1": class1, "ip_class2": class2, "hnte_quantity": None})
    assert points_of_band(evaluation, "quantity") == points


@pytest.mark.parametrize(
    ("items", "points"),
    [
        (15, (25, 30)),
        (14, (19, 24)),
        (12, (19, 24)),
        (11, (13, 18)),
        (9, (13, 18)),
        (8, (7, 12)),
        (6, (7, 12)),
        (5, (1, 6)),
        (3, (1, 6)),
        (2, (0, 0)),  # two in three years are less than one a year
        (0, (0, 0)),
        (None, (0, 30)),
    ],
)
def test_transformation_bands_by_the_yearly_mean_of_three_years(items, points):
    evaluation = judge("HNTE", BASE | {"transformations_3y": items, "hnte_transformation": None})
    assert points_of_band(evaluation, "transformation") == points


@pytest.mark.parametrize(
    ("y3", "y2", "y1", "points"),
    [
        # ½(y2/y3 + y1/y2) − 1, on the edge of each band and one yuan below it
        (10_000, 13_500, 18_225, (9, 10)),  # 1.35 and 1.35
        (10_000, 13_500, 18_224, (7, 8)),
        (10_000, 12_500, 15_625, (7, 8)),  # 1.25 and 1.25
        (10_000, 12_500, 15_624, (5, 6)),
        (10_000, 11_500, 13_225, (5, 6)),  # 1.15 and 1.15
        (10_000, 11_500, 13_224, (3, 4)),
        (10_000, 10_500, 11_025, (3, 4)),  # 1.05 and 1.05
        (10_000, 10_500, 11_024, (1, 2)),
        (10_000, 10_000, 10_001, (1, 2)),  # any growth above nothing
        (10_000, 10_000, 10_000, (0, 0)),  # none
        (10_000, 10_000, 9_999, (0, 0)),
        (10_000, 5_000, 7_500, (0, 0)),  # ½(0.5 + 1.5) − 1 is exactly 0
        (3, 4, 6, (9, 10)),  # ½(4/3 + 3/2) − 1 = 5/12
        (20, 21, 22, (1, 2)),  # (441 + 440) / 840 − 1 = 41/840 = 4.88 %
        (0, 5, 6, (5, 6)),  # the first year zero: the last two count, 6 / 5 - 1 = 20 %
        (5, 0, 6, (0, 0)),  # the second year zero: no points
        (0, 0, 6, (0, 0)),
        (-1, -2, -4, (0, 0)),  # losses that double are no growth, though the bare formula gives 100 %
        (-1, 2, 4, (0, 0)),  # nor is what starts from less than nothing
        (10, 40, -20, (0, 0)),  # nor what ends there: the bare formula gives 75 %
        (10, 5, 0, (0, 0)),  # 0.5 and 0: -75 %
    ],
)
def test_growth_bands_with_the_mean_exactly_on_a_threshold(y3, y2, y1, points):
    changed = {"net_assets_y3": y3, "net_assets_y2": y2, "net_assets_y1": y1, "hnte_growth_assets": None}
    assert points_of_band(judge("HNTE", BASE | changed), "assets_growth") == points


def test_growth_points_of_sales_use_the_sales():
    changed = {"sales_y3": 10_000, "sales_y2": 13_500, "sales_y1": 18_225, "hnte_growth_sales": None}
    assert points_of_band(judge("HNTE", BASE | changed), "sales_growth") == (9, 10)


def test_ranged_parts_settle_the_verdict_when_their_ends_agree():
    # Without entered sales growth: 71 − 9 + (9..10) = 71..72, above 70 either way.
    evaluation = judge("HNTE", BASE | {"hnte_growth_sales": None})
    assert evaluation.score == (71, 72)
    assert evaluation.verdict == "met"
    # Three management points less: 68..69, below either way.
    evaluation = judge("HNTE", BASE | {"hnte_growth_sales": None, "hnte_rd_system": 3})
    assert evaluation.score == (68, 69)
    assert evaluation.verdict == "not_met"
    # One less: 70..71, open; the assessor's point is what is missing.
    evaluation = judge("HNTE", BASE | {"hnte_growth_sales": None, "hnte_rd_system": 5})
    assert evaluation.score == (70, 71)
    assert evaluation.verdict == "unknown"
    assert evaluation.missing == ("hnte_growth_sales",)


def test_ip_points_are_capped_at_30():
    # 8 + 8 + 8 + 6 + 2 = 32 counts 30, and so does 8 + 8 + 8 + 6 + 0.
    assert judge("HNTE", BASE | {"hnte_standards": 0}).score == (71, 71)
    assert judge("HNTE", BASE | {"hnte_standards": 0, "hnte_obtained": 5}).score == (70, 70)


def test_entered_points_outside_the_band_of_the_counts_are_an_error_naming_the_fact():
    evaluation = judge("HNTE", BASE | {"hnte_quantity": 6})  # one class I item: 7-8
    assert evaluation.verdict == "unknown"
    assert [str(error) for error in evaluation.errors] == [
        (
            "column hnte_quantity: expected 7 to 8 points by the counts for hnte_quantity, got 6; "
            "correct the points or the counts"
        )
    ]


def test_entered_points_are_taken_while_the_counts_are_missing():
    evaluation = judge("HNTE", BASE | {"ip_class1": None, "hnte_quantity": 6})
    assert evaluation.errors == ()
    assert points_of_band(evaluation, "quantity") == (6, 6)
    assert evaluation.score == (71, 71)  # 8 + 8 + 6 + 6 + 2 = 30


def test_the_explanation_cites_and_shows_the_values_used():
    condition = {c.id: c for c in judge("HNTE", BASE).conditions}["staff_share"]
    assert condition.article == "32号 第十一条（四）"
    assert [(use.name, use.zh, use.value) for use in condition.facts] == [
        ("staff_rd", "科技人员数", 10),
        ("staff_total", "职工总数", 100),
    ]
    assert {name: str(value) for name, value in condition.metrics.items()} == {"staff_share": "1/10"}


def test_general_figures_stand_in_for_those_counted_the_hnte_way_and_it_is_told():
    general = {name.replace("_hnte", ""): value for name, value in BASE.items() if "rd_expense_hnte" in name}
    plain = {name: value for name, value in BASE.items() if "rd_expense_hnte" not in name}
    evaluation = judge("HNTE", plain | general)
    assert (evaluation.verdict, evaluation.score) == ("met", (71, 71))
    assert evaluation.stood_in == tuple((f"rd_expense_hnte_y{n}", f"rd_expense_y{n}") for n in (1, 2, 3))
    # Counted the HNTE way it is less than counted any way: 2.4 + 2.0 + 0.5 million are below 5 % of 100.
    both = judge("HNTE", plain | general | {"rd_expense_hnte_y1": 2_400_000})
    assert verdict_of_condition(both, "rd_intensity") == "not_met"
    assert both.stood_in == (("rd_expense_hnte_y2", "rd_expense_y2"), ("rd_expense_hnte_y3", "rd_expense_y3"))
    # Nobody is asked for the general figure.
    missing = judge("HNTE", plain | general | {"rd_expense_y1": None})
    assert missing.missing == ("rd_expense_hnte_y1",)
