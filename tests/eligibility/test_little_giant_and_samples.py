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


@pytest.mark.parametrize("fact", ["niche_years", "revenue_y1", "income_main_y3"])
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


def test_sample_b1_needs_65_points():
    # Digital level 2: 25; sales 110 after 100, exactly 10 %: 40; together 65.
    facts = {"revenue_y1": 20 * M, "liabilities_y1": 7, "assets_y1": 10, "digital_level": 2}
    facts |= {"sales_y1": 110, "sales_y2": 100}
    assert judge("SAMPLE_B1", facts).score == (65, 65)
    assert judge("SAMPLE_B1", facts).verdict == "met"
    assert judge("SAMPLE_B1", facts | {"sales_y1": 109}).score == (45, 45)
    assert judge("SAMPLE_B1", facts | {"sales_y1": 109}).verdict == "not_met"
    assert judge("SAMPLE_B1", facts | {"digital_level": None}).score == (50, 80)


def test_sample_f2_lists_two_fields():
    facts = {"leading_product_field": "foundation", "ip_class1_own": 2, "income_main_y1": 6, "revenue_y1": 10}
    assert judge("SAMPLE_F2", facts).verdict == "met"
    assert judge("SAMPLE_F2", facts | {"leading_product_field": "other"}).verdict == "not_met"
    assert judge("SAMPLE_F2", facts | {"leading_product_field": None}).missing == ("leading_product_field",)
