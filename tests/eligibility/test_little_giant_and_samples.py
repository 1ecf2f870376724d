"""Little giant (the part that is known) and the invented sample calls."""

from datetime import date

import pytest
from tests.eligibility.cases import judge

from eligibility.errors import ProgrammeNotFoundError
from eligibility.library import shipped_programmes

M = 1_000_000
# y3 400,000, y2 420,000, y1 441,000 yuan grow exactly 5 % twice; of a revenue of 630,000 that is 70 %.
GIANT = {"niche_years": 3, "revenue_y1": 630_000}
GIANT |= {"income_main_y1": 441_000, "income_main_y2": 420_000, "income_main_y3": 400_000}


def test_little_giant_on_every_edge_is_met_and_a_draft():
    evaluation = judge("LITTLE_GIANT", GIANT)
    assert evaluation.verdict == "met"
    assert evaluation.version.state == "draft"
    assert evaluation.score is None


@pytest.mark.parametrize(
    ("condition", "just_missed"),
    [
        ("niche_years", {"niche_years": "2.9999"}),
        ("main_share", {"revenue_y1": "630000.01"}),
        ("main_growth", {"income_main_y3": "400000.01"}),
    ],
)
def test_little_giant_just_missed(condition, just_missed):
    evaluation = judge("LITTLE_GIANT", GIANT | just_missed)
    assert [r.id for r in evaluation.conditions if r.verdict == "not_met"] == [condition]
    assert evaluation.verdict == "not_met"


@pytest.mark.parametrize(
    "fact", ["niche_years", "revenue_y1", "income_main_y1", "income_main_y2", "income_main_y3"]
)
def test_little_giant_missing(fact):
    evaluation = judge("LITTLE_GIANT", GIANT | {fact: None})
    assert evaluation.verdict == "unknown"
    assert evaluation.missing == (fact,)


def test_states_follow_what_was_checked():
    states = {code: p.versions[0].state for code, p in shipped_programmes().items() if not p.sample}
    assert states == {
        "HNTE": "draft",
        "INSME": "verified",
        "LITTLE_GIANT": "draft",
        "SRDI": "draft",
        "TSME": "verified",
    }


def test_samples_are_labelled_and_cover_three_kinds():
    samples = [programme for programme in shipped_programmes().values() if programme.sample]
    assert sorted(programme.kind for programme in samples) == [
        *["demonstration"] * 2,
        *["industrial_project"] * 2,
        *["major_project"] * 2,
    ]
    assert all("示例，虚构" in programme.zh for programme in samples)
    assert all("(invented sample)" in programme.en for programme in samples)


def test_a_call_is_open_in_its_window_only():
    call = shipped_programmes()["SAMPLE_A1"]
    assert call.on(date(2026, 3, 1)).label == "v1"
    assert call.on(date(2026, 4, 30)).label == "v1"
    for day in (date(2026, 2, 28), date(2026, 5, 1)):
        with pytest.raises(ProgrammeNotFoundError):
            call.on(day)


# Each on its edges. A1: 1,095 days; 5 of 83.33 million is 6.00002 %. B1: debt 70 %, digital level 2 25 points, sales
# 110 after 100 grow 10 % 40: 65. F2: main income 60 %.
APRIL = {"SAMPLE_A1": date(2026, 4, 1), "SAMPLE_B1": date(2026, 4, 1)}
SAMPLES = {
    "SAMPLE_A1": {
        "registered_on": "2023-04-02", "rd_expense_y1": 5 * M, "sales_y1": 83_330_000,
        "ip_core_support": True, "on_violation_list": False,
    },
    "SAMPLE_A2": {
        "hnte_certificate_valid": True, "rd_body_level": "city", "staff_research": 50,
        "rd_expense_y1": 0, "rd_expense_y2": 0,
    },
    "SAMPLE_B1": {
        "revenue_y1": 20 * M, "liabilities_y1": 7, "assets_y1": 10, "digital_level": 2,
        "sales_y1": 110, "sales_y2": 100,
    },
    "SAMPLE_B2": {"emerging_industry": True, "is_sme": True, "revenue_y1": 400 * M, "net_profit_y1": "0.01"},
    "SAMPLE_F1": {
        "quality_system_certified": True, "provincial_quality_award": True, "standard_led_5y": False,
        "serious_incident_1y": False,
    },
    "SAMPLE_F2": {
        "leading_product_field": "foundation", "ip_class1_own": 2, "income_main_y1": 6, "revenue_y1": 10,
    },
}  # fmt: skip
MISSED = [
    ("SAMPLE_A1", "registered", {"registered_on": "2023-04-03"}),  # 1,094 days
    ("SAMPLE_A1", "rd_amount", {"rd_expense_y1": "4999999.99", "sales_y1": 50 * M}),
    ("SAMPLE_A1", "rd_ratio", {"sales_y1": 83_333_334}),  # 5 million is 6 % of 83,333,333.33
    ("SAMPLE_A1", "core_ip", {"ip_core_support": False}),
    ("SAMPLE_A1", "integrity", {"on_violation_list": True}),
    ("SAMPLE_A2", "hnte", {"hnte_certificate_valid": False}),
    ("SAMPLE_A2", "body", {"rd_body_level": "below_city"}),
    ("SAMPLE_A2", "staff", {"staff_research": 49, "rd_expense_y1": 10 * M, "rd_expense_y2": 10 * M - 1}),
    ("SAMPLE_B1", "revenue", {"revenue_y1": 20 * M - 1}),
    ("SAMPLE_B1", "debt", {"liabilities_y1": "7.01"}),
    ("SAMPLE_B1", "score", {"sales_y1": 109}),  # 20 points: 45
    ("SAMPLE_B2", "industry", {"emerging_industry": False}),
    ("SAMPLE_B2", "sme", {"is_sme": False}),
    ("SAMPLE_B2", "revenue", {"revenue_y1": "400000000.01"}),
    ("SAMPLE_B2", "profit", {"net_profit_y1": 0}),
    ("SAMPLE_F1", "system", {"quality_system_certified": False}),
    ("SAMPLE_F1", "award", {"provincial_quality_award": False}),
    ("SAMPLE_F1", "incident", {"serious_incident_1y": True}),
    ("SAMPLE_F2", "field", {"leading_product_field": "other"}),
    ("SAMPLE_F2", "patents", {"ip_class1_own": 1}),
    ("SAMPLE_F2", "share", {"income_main_y1": "5.99"}),
]


def judged(code: str, changes: dict):
    return judge(code, SAMPLES[code] | changes, APRIL.get(code, date(2026, 6, 15)))


@pytest.mark.parametrize("code", SAMPLES)
def test_a_sample_on_every_edge_is_met(code):
    assert judged(code, {}).verdict == "met"


@pytest.mark.parametrize(("code", "condition", "changes"), MISSED)
def test_a_condition_of_a_sample_just_missed(code, condition, changes):
    found = judged(code, changes)
    # The other ways of A2 and F1 are not open to these either.
    failed = [result.id for result in found.conditions if result.verdict != "met"]
    assert [name for name in failed if name == condition or (code, name) not in OTHER_WAYS] == [condition]
    assert found.verdict == "not_met"


OTHER_WAYS = {("SAMPLE_A2", "rd"), ("SAMPLE_F1", "standard")}


@pytest.mark.parametrize(
    ("code", "fact"),
    [
        (code, fact)
        for code, facts in SAMPLES.items()
        for fact in facts
        if fact not in ("rd_expense_y2", "standard_led_5y")
    ],
)
def test_a_missing_fact_of_a_sample(code, fact):
    found = judged(code, {fact: None})
    if (code, fact) == ("SAMPLE_A2", "rd_expense_y1"):  # fifty researchers are enough
        assert found.verdict == "met"
    elif (code, fact) == ("SAMPLE_A2", "staff_research"):  # R&D of nothing is known
        assert (found.verdict, found.missing) == ("unknown", (fact,))
    else:
        assert (found.verdict, found.missing, found.deciding) == ("unknown", (fact,), (fact,))


def test_the_other_way_of_a_sample():
    rd = {"staff_research": 49, "rd_expense_y1": 10 * M, "rd_expense_y2": 10 * M}
    assert judged("SAMPLE_A2", rd).verdict == "met"
    assert judged("SAMPLE_F1", {"provincial_quality_award": False, "standard_led_5y": True}).verdict == "met"


@pytest.mark.parametrize(
    ("changes", "score"),
    [
        ({"digital_level": 3}, (80, 80)),
        ({"digital_level": 1}, (50, 50)),
        ({"digital_level": None}, (50, 80)),
        ({"sales_y1": 120}, (85, 85)),
        ({"sales_y1": "119.99"}, (65, 65)),
        ({"sales_y1": 100}, (45, 45)),
        ({"sales_y1": "99.99"}, (25, 25)),
        ({"sales_y2": None}, (25, 85)),
    ],
)
def test_band_edges_of_sample_b1(changes, score):
    assert judged("SAMPLE_B1", changes).score == score
