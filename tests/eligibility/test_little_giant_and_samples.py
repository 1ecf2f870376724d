"""Little giant, from 工信部企业〔2022〕63号 (a draft) and 工信部企业〔2026〕2号, and the invented sample calls."""

from datetime import date

import pytest
from tests.eligibility.cases import judge

from eligibility import evaluate, find_version, read_facts
from eligibility.errors import ProgrammeNotFoundError
from eligibility.library import shipped_programmes

M = 1_000_000
# Version 2 on every edge: revenue 55.125 after 50 million two years before, 1.05 × 1.05; main income 90 %, debt 75 %;
# R&D 10.5 + 1.5 = 12 million, of the 50 million between 3 %.
GIANT = {
    "registered_on": "2015-01-01",
    "srdi_title_valid": True,
    "niche_years": 3,
    "revenue_y1": 55_125_000,
    "revenue_y2": 50 * M,
    "revenue_y3": 50 * M,
    "income_main_y1": 49_612_500,
    "liabilities_y1": 75 * M,
    "assets_y1": 100 * M,
    "rd_expense_audit_y1": 10_500_000,
    "rd_expense_audit_y2": 1_500_000,
    "ip_class1_applied": 4,
    "award_national_3y_top3": False,
    "market_share_niche": "10%",
    "market_rank_domestic": 4,
    "market_position_high": True,
    "six_bases_or_key_link": True,
    "srdi_score_now": 60,
    "srdi_score_previous": 59,
    "single_champion_valid": False,
    "giant_control_conflict": False,
    "serious_incident_3y": False,
}
APRIL_2026, LAST_OF_2026, NEXT_YEAR = date(2026, 4, 1), date(2026, 12, 31), date(2027, 1, 1)


@pytest.mark.parametrize(
    ("on", "application", "label", "state"),
    [
        (date(2026, 3, 31), "new", "v1", "draft"),
        (APRIL_2026, "new", "v2", "verified"),
        (APRIL_2026, "reexamination", "v1", "draft"),  # the re-examination of 2026 was still measured by 63号
        (LAST_OF_2026, "reexamination", "v1", "draft"),
        (NEXT_YEAR, "reexamination", "v2", "verified"),
    ],
)
def test_day_and_kind_of_application_choose_the_version(on, application, label, state):
    version = find_version("LITTLE_GIANT", on, application=application)
    assert (version.label, version.state) == (label, state)
    facts = read_facts({}, on).facts
    assert evaluate("LITTLE_GIANT", facts, application=application).version is version
    programme = shipped_programmes()["LITTLE_GIANT"]
    assert evaluate(programme, facts, application=application).version is version
    told = read_facts({"复核申请": "是" if application == "reexamination" else "否"}, on).facts
    assert evaluate(programme, told).version is version


def test_a_kind_that_is_none():
    facts = read_facts({}, APRIL_2026).facts
    with pytest.raises(
        ProgrammeNotFoundError, match="expected one of new, reexamination as application, got old"
    ):
        evaluate("LITTLE_GIANT", facts, application="old")


def test_little_giant_on_every_edge_is_met():
    evaluation = judge("LITTLE_GIANT", GIANT, APRIL_2026)
    assert (evaluation.verdict, evaluation.score) == ("met", None)


@pytest.mark.parametrize(
    ("condition", "just_missed"),
    [
        ("title", {"srdi_title_valid": False}),
        ("niche_years", {"niche_years": "2.9999"}),
        # main income, R&D and the years before fall along
        ("revenue", {"revenue_y1": 50 * M - 1, "income_main_y1": 48 * M, "revenue_y3": 45 * M}),
        ("main_share", {"income_main_y1": 49_612_499}),
        ("revenue_growth", {"revenue_y3": "50000000.01"}),
        ("debt", {"liabilities_y1": "75000000.01"}),
        ("rd_amount", {"rd_expense_audit_y1": "10499999.99"}),
        ("rd_ratio", {"revenue_y2": "50000000.01"}),
        ("ip", {"ip_class1_applied": 3}),
        ("market_share", {"market_share_niche": "9.9999%"}),
        ("reputation", {"market_position_high": False}),
        ("field", {"six_bases_or_key_link": False}),
        ("development_score", {"srdi_score_now": 59}),
        ("no_champion", {"single_champion_valid": True}),
        ("no_control", {"giant_control_conflict": True}),
        ("no_serious_incident", {"serious_incident_3y": True}),
    ],
)
def test_little_giant_just_missed(condition, just_missed):
    evaluation = judge("LITTLE_GIANT", GIANT | just_missed, APRIL_2026)
    assert [r.id for r in evaluation.conditions if r.verdict != "met"] == [condition]
    assert evaluation.verdict == "not_met"


@pytest.mark.parametrize(
    "other_way",
    [
        {"market_share_niche": "1%", "market_rank_domestic": 3},
        {"ip_class1_applied": 0, "award_national_3y_top3": True},
    ],
)
def test_the_other_ways_of_little_giant(other_way):
    assert judge("LITTLE_GIANT", GIANT | other_way, APRIL_2026).verdict == "met"


def test_a_re_examination_is_not_asked_to_have_grown():
    shrunk = GIANT | {"revenue_y3": 60 * M, "srdi_score_now": 59, "srdi_score_previous": 60}
    new = judge("LITTLE_GIANT", shrunk, NEXT_YEAR)
    assert [r.id for r in new.conditions if r.verdict != "met"] == ["revenue_growth", "development_score"]
    assert judge("LITTLE_GIANT", shrunk, NEXT_YEAR, "reexamination").verdict == "met"


@pytest.mark.parametrize(
    ("year_3", "verdict"),
    [
        ({"revenue_y3": 0}, "not_met"),  # nothing to grow from
        ({"revenue_y3": None, "registered_on": "2024-05-01"}, "not_met"),  # 2023 was before it was founded
        ({"revenue_y3": None, "registered_on": "2023-05-01"}, "unknown"),
        ({"revenue_y3": None, "registered_on": None}, "unknown"),
    ],
)
def test_growth_from_nothing_is_none(year_3, verdict):
    assert judge("LITTLE_GIANT", GIANT | year_3, APRIL_2026).verdict == verdict


@pytest.mark.parametrize(
    "fact", ["niche_years", "revenue_y2", "rd_expense_audit_y1", "ip_class1_applied", "market_share_niche"]
)
def test_little_giant_missing(fact):
    evaluation = judge("LITTLE_GIANT", GIANT | {fact: None}, APRIL_2026)
    assert (evaluation.verdict, evaluation.missing) == ("unknown", (fact,))


# Version 1: 3 years, main income 70 %, growing 5 % twice, debt 70 %; revenue of 100 million with R&D of 3 % in each year.
OLD_GIANT = {
    "registered_on": "2015-01-01",
    "srdi_title_valid": True,
    "niche_years": 3,
    "leading_product_field": "foundation",
    "revenue_y1": 100 * M,
    "revenue_y2": 100 * M,
    "income_main_y1": 77_175_000,
    "income_main_y2": 73_500_000,
    "income_main_y3": 70 * M,
    "strategy_governance": True,
    "quality_system_certified": True,
    "liabilities_y1": 70 * M,
    "assets_y1": 100 * M,
    "core_system_digital": True,
    "market_share_niche": "10%",
    "market_position_high": True,
    "own_brand": True,
    "six_bases_or_key_link": True,
    "rd_expense_audit_y1": 3 * M,
    "rd_expense_audit_y2": 3 * M,
    "equity_financing_2y": 0,
    "staff_research": 10,
    "staff_total": 100,
    "rd_body_level": "below_city",
    "ip_class1_applied": 2,
    "award_national_3y_top3": False,
    "chuangke_top50_3y": False,
}


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({}, "met"),
        ({"niche_years": 2}, "not_met"),
        ({"niche_years": 2, "leading_product_field": "key_link"}, "met"),
        ({"income_main_y3": "70000000.01"}, "not_met"),
        ({"liabilities_y1": 70 * M + 1}, "not_met"),
        ({"rd_expense_audit_y2": 3 * M - 1}, "not_met"),
        ({"rd_expense_audit_y2": 3 * M - 1, "chuangke_top50_3y": True}, "met"),
        ({"ip_class1_applied": 1}, "not_met"),
        ({"rd_body_level": "none"}, "not_met"),
        ({"rd_body_level": "none", "award_national_3y_top3": True}, "met"),
        # below 100 million 6 % are asked in each year
        ({"revenue_y1": 99 * M, "rd_expense_audit_y1": 5_940_000, "rd_expense_audit_y2": 6 * M}, "met"),
        ({"revenue_y1": 99 * M, "rd_expense_audit_y1": 5_939_999, "rd_expense_audit_y2": 6 * M}, "not_met"),
    ],
)
def test_the_first_version_of_little_giant(changes, verdict):
    evaluation = judge("LITTLE_GIANT", OLD_GIANT | changes, APRIL_2026, "reexamination")
    assert (evaluation.version.label, evaluation.verdict) == ("v1", verdict)
    assert not any(condition.checked for condition in evaluation.conditions)


def test_states_follow_what_was_checked():
    states = {
        f"{code}@{version.label}": version.state
        for code, programme in shipped_programmes().items()
        for version in programme.versions
        if not programme.sample
    }
    assert states == {
        "HNTE@v1": "verified",
        "INSME@v1": "verified",
        "LITTLE_GIANT@v1": "draft",
        "LITTLE_GIANT@v2": "verified",
        "SRDI@v1": "superseded",
        "SRDI@v2": "verified",
        "TSME@v1": "verified",
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
        "sales_y1": 110, "sales_y2": 100, "registered_on": "2020-01-01",
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


NOT_ASKED = {
    ("SAMPLE_A2", "rd_expense_y2"),
    ("SAMPLE_F1", "standard_led_5y"),
    ("SAMPLE_B1", "registered_on"),
}


@pytest.mark.parametrize(
    ("code", "fact"),
    [(code, fact) for code, facts in SAMPLES.items() for fact in facts if (code, fact) not in NOT_ASKED],
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
