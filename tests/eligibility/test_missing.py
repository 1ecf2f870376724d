"""Missing facts, ranked by what each alone could flip: every flip claimed is one that was seen."""

import random
from datetime import date

import pytest
from tests.eligibility.agreement import CONDITIONS, enterprise, rules_of
from tests.eligibility.cases import ON, ON_EVERY_EDGE, judge

from eligibility import evaluate, rank_missing_over, read_facts, shipped_programmes, verdict_of
from eligibility.loading import parse_programme
from eligibility.order import facts_of
from eligibility.relations import breaks_relation
from eligibility.sensitivity import could_decide

HEAD = """
programme: OPEN
zh: 缺项
en: open
kind: test
versions:
  - {version: v1, effective: 2020-01-01, state: draft, require: {all: [
"""


def version_of(*conditions: str):
    leaves = ",".join(
        f"{{id: c{i}, article: a, text: t, condition: '{c}'}}" for i, c in enumerate(conditions)
    )
    return parse_programme(f"{HEAD}{leaves}]}}}}\n".encode()).versions[0]


def of(version, raw: dict):
    return evaluate(version, read_facts(raw, ON).facts)


def test_a_fact_that_alone_can_fail_the_verdict_comes_before_one_that_needs_others():
    found = judge("SMALL", ON_EVERY_EDGE | {"income_main_y3": None, "niche_years": None})
    # Two years fail it whatever the growth, so does a shrinking income whatever the years.
    assert found.deciding == found.missing == ("income_main_y3", "niche_years")
    found = judge(
        "SMALL", ON_EVERY_EDGE | {"income_main_y2": None, "income_main_y3": None, "niche_years": None}
    )
    # Growth needs both years, but either alone shows that there is none, where it was zero.
    assert found.missing == ("niche_years", "income_main_y2", "income_main_y3")
    assert found.deciding == ("niche_years", "income_main_y2", "income_main_y3")


def test_among_equals_the_more_conditions_a_fact_opens_alone_the_earlier():
    version = version_of("sales_y1 + sales_y2 > 5", "sales_y1 + sales_y2 > 6 or staff_total > 0", "own_brand")
    found = of(version, {"own_brand": True, "sales_y3": 1})
    # Neither year decides alone; more staff only settles the second condition.
    assert found.deciding == ()
    assert found.missing == ("sales_y1", "sales_y2", "staff_total")


def test_a_decided_verdict_misses_nothing():
    assert judge("SMALL", ON_EVERY_EDGE | {"niche_years": 2, "income_main_y3": None}).missing == ()


def test_nothing_is_missing_for_what_has_no_ratio():
    version = version_of("staff_rd / staff_total >= 10% or staff_research >= 1")
    found = of(version, {"staff_total": 0})
    # Nobody is on the staff, so whoever is in research changes nothing about the share, nor about the count.
    assert (found.verdict, found.missing) == ("unknown", ("staff_research",))
    version = version_of("staff_rd / staff_total >= 10%", "staff_research >= 0")
    found = of(version, {"staff_total": 0})
    assert (found.verdict, found.missing) == ("not_met", ())


def test_a_middle_value_level_with_other_years_is_tried():
    # Only a year between the others keeps the growth below 10 %: at both ends it is above.
    version = version_of(
        "not (sales_y2 / sales_y3 + sales_y1 / sales_y2 >= 220% or sales_y2 > 1000000) or own_brand or is_sme"
    )
    found = of(version, {"sales_y1": 100, "sales_y3": 100, "own_brand": False})
    assert found.deciding == ("is_sme", "sales_y2")


def test_with_points_against_the_counts_no_fact_decides():
    raw = {"ip_class1": 0, "ip_class2": 3, "hnte_quantity": 3}
    assert "ip_core_support" in judge("HNTE", raw).deciding
    # One class II item allows 1 or 2 points: until that is corrected the verdict stays open whatever comes.
    found = judge("HNTE", raw | {"ip_class2": 1})
    assert found.deciding == ()
    assert "ip_core_support" in found.missing


def test_a_first_application_day_of_the_calendar_is_no_trouble():
    version = version_of("year(registered_on) >= 2024 and applied_on - registered_on >= 365 or own_brand")
    found = evaluate(version, read_facts({}, date(1, 1, 1)).facts)
    assert found.deciding == ("own_brand",)


def test_over_programmes_each_counts_the_verdicts_it_could_flip():
    facts = read_facts(ON_EVERY_EDGE | {"niche_years": None, "income_main_y1": None}, ON).facts
    one = evaluate(version_of("niche_years >= 3"), facts)
    two = evaluate(version_of("niche_years >= 5", "income_main_y1 + sales_y1 > 1"), facts)
    assert rank_missing_over((one, two)) == (("niche_years", 2), ("sales_y1", 0), ("income_main_y1", 0))


@pytest.mark.parametrize("seed", range(3))
def test_every_flip_claimed_and_none_that_a_search_finds_is_left_out(seed):
    """Against all values at which any comparison turns, found by stepping through a grid of them."""
    chance = random.Random(seed)
    versions = [p.versions[-1] for p in shipped_programmes().values()] + [rules_of(c) for c in CONDITIONS]
    for _ in range(25):
        version, facts = chance.choice(versions), enterprise(chance)
        found = evaluate(version, facts)
        assert set(found.deciding) <= set(found.missing) <= set(facts_of(*version.roots)) - set(facts)
        for name in found.missing:
            tried = [read_facts({name: raw}, ON).facts.get(name) for raw in GRID]
            flips = [value for value in tried if value is not None and _decides(version, facts, name, value)]
            assert name in found.deciding or not flips, (version.code, name, flips)
            assert could_decide(version, facts, found.values, name) == (name in found.deciding)


GRID = [
    0,
    1,
    2,
    3,
    5,
    9,
    15,
    95,
    100,
    105,
    110,
    135,
    10**6,
    49_999_999,
    5 * 10**7,
    2 * 10**8,
    10**12,
    -1,
    -(10**9),
]
GRID += [True, False, "none", "city", "provincial", "national", "key_link", "other"]
GRID += ["2026-06-15", "2025-06-15", "2025-06-16", "2024-01-01", "2001-01-01"]


def _decides(version, facts, name, value) -> bool:
    altered = facts | {name: value}
    return verdict_of(version, altered) != "unknown" and not breaks_relation(altered, name)
