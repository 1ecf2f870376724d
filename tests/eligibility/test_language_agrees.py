"""Every kind of node, also those no shipped programme uses: generated Python equals the interpreter."""

from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.eligibility.cases import ON

from eligibility.evaluation import evaluate, evaluate_reference
from eligibility.facts import read_facts
from eligibility.loading import parse_programme
from eligibility.order import topological

CONDITIONS = [
    "min(sales_y1, sales_y2, sales_y3) > 100",
    "max(sales_y1 / sales_y2, sales_y2 / sales_y3, 50%) >= 110%",
    "coalesce(sales_y1 / sales_y2, staff_rd / staff_total, 20%) <= 20%",
    "coalesce(sales_y3, sales_y2) == 100",
    "when(is_sme, sales_y1 / sales_y2, sales_y2 / sales_y3) / 3 != 1/3",
    "when(own_brand, sales_y1 / sales_y2, 50%) < 50%",
    "when(is_sme, sales_y1, sales_y2) >= 100",
    "sales_y1 / (0 - sales_y2) * 50% > -1/2",
    "sales_y1 / -4 + sales_y2 * 1.5 - sales_y3 <= 0",
    "-(sales_y1 - sales_y2) / (sales_y2 - sales_y3) >= 1",
    "year(registered_on) == 2024 or registered_on >= 2025-06-15",
    "applied_on - registered_on > 365 and not (is_sme or own_brand)",
    "rd_body_level in (city, national) and leading_product_field is other",
    "niche_years / 4 >= 0.25",
    "part == 8",
    "part != 7",
    "part + 3 < 10",
    "min(7, part + hnte_standards) >= 7",
    "max(part, hnte_obtained) <= 6.5",
    "mixed >= 2",
]
HEAD = """
programme: LANGUAGE
zh: 语言
en: language
kind: test
versions:
  - version: v1
    effective: 2020-01-01
    state: draft
    bands:
      part:
        article: a
        metric: sales_y1 / sales_y2
        entered: hnte_quantity
        rows:
          - {above: 150%, points: 7-8}
          - {at_least: 100%, points: 3-6}
          - {else: 0}
      mixed:
        article: a
        rows:
          - {when: is_sme and sales_y1 > 100, points: 3}
          - {when: own_brand, points: 1-2}
          - {else: 0}
    require:
      any:
"""
BODY = "".join(
    f"        - {{id: c{i}, article: a, text: t, condition: '{c}'}}\n" for i, c in enumerate(CONDITIONS)
)
[VERSION] = parse_programme((HEAD + BODY).encode()).versions

MONEY = st.sampled_from([None, 0, 1, 50, 99, 100, 101, 110, 150, 151, Fraction(9999, 100)])
FLAG = st.sampled_from([None, True, False])
FACTS = {
    **dict.fromkeys(["sales_y1", "sales_y2", "sales_y3"], MONEY),
    **dict.fromkeys(["staff_rd", "staff_total"], st.sampled_from([None, 0, 1, 5, 10])),
    **dict.fromkeys(["is_sme", "own_brand"], FLAG),
    "registered_on": st.sampled_from([None, "2024-01-01", "2023-12-31", "2025-06-15", "2025-06-14"]),
    "rd_body_level": st.sampled_from([None, "none", "city", "national"]),
    "leading_product_field": st.sampled_from([None, "other", "key_link"]),
    "niche_years": st.sampled_from([None, 0, 1, "0.9999", 4]),
    "hnte_quantity": st.sampled_from([None, 0, 3, 6, 7, 8]),
    "hnte_standards": st.sampled_from([None, 0, 2]),
    "hnte_obtained": st.sampled_from([None, 0, 6]),
}


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.fixed_dictionaries(FACTS))
def test_generated_python_equals_the_interpreter_on_every_kind_of_node(raw):
    facts = read_facts(raw, ON).facts
    fast, slow = evaluate(VERSION, facts), evaluate_reference(VERSION, facts)
    for node in topological(VERSION.roots):
        assert fast.values[node] == slow.values[node], node
    nodes = topological(VERSION.roots)
    assert fast.values.openness(nodes) == slow.values.openness(nodes)
    assert fast.faults == slow.faults
    assert fast.missing == slow.missing


def verdicts(raw: dict) -> dict[str, str]:
    results = evaluate(VERSION, read_facts(raw, ON).facts).conditions
    return {CONDITIONS[int(result.id[1:])]: result.verdict for result in results}


@pytest.mark.parametrize(
    ("condition", "raw", "verdict"),
    [
        (
            "sales_y1 / (0 - sales_y2) * 50% > -1/2",
            {"sales_y1": 100, "sales_y2": 100},
            "not_met",
        ),  # −1/2 itself
        ("sales_y1 / (0 - sales_y2) * 50% > -1/2", {"sales_y1": "99.99", "sales_y2": 100}, "met"),
        ("sales_y1 / (0 - sales_y2) * 50% > -1/2", {"sales_y1": 100, "sales_y2": 0}, "not_met"),
        ("sales_y1 / (0 - sales_y2) * 50% > -1/2", {"sales_y2": 0}, "not_met"),  # whatever was sold
        ("sales_y1 / (0 - sales_y2) * 50% > -1/2", {"sales_y1": 100}, "unknown"),
        # no ratio meets neither a condition nor its opposite
        ("when(own_brand, sales_y1 / sales_y2, 50%) < 50%", {"own_brand": True, "sales_y2": 0}, "not_met"),
        (
            "when(is_sme, sales_y1 / sales_y2, sales_y2 / sales_y3) / 3 != 1/3",
            {"is_sme": True, "sales_y1": 5, "sales_y2": 0},
            "not_met",
        ),
        (
            "max(sales_y1 / sales_y2, sales_y2 / sales_y3, 50%) >= 110%",
            {"sales_y2": 5, "sales_y3": 0},
            "not_met",
        ),
        # coalesce passes it over, and goes on waiting for what is missing
        (
            "coalesce(sales_y1 / sales_y2, staff_rd / staff_total, 20%) <= 20%",
            {"sales_y1": 5, "sales_y2": 0, "staff_rd": 1, "staff_total": 10},
            "met",
        ),
        ("coalesce(sales_y3, sales_y2) == 100", {"sales_y2": 100}, "met"),
        ("coalesce(sales_y3, sales_y2) == 100", {"sales_y2": 100, "sales_y3": 1}, "not_met"),
        ("min(sales_y1, sales_y2, sales_y3) > 100", {"sales_y1": 101, "sales_y2": 102}, "unknown"),
        ("niche_years / 4 >= 0.25", {"niche_years": 1}, "met"),
        ("niche_years / 4 >= 0.25", {"niche_years": "0.9999"}, "not_met"),
        ("part == 8", {"sales_y1": 151, "sales_y2": 100}, "unknown"),  # 7-8
        ("part == 8", {"sales_y1": 150, "sales_y2": 100}, "not_met"),  # 3-6: above leaves the edge out
        ("part == 8", {"hnte_quantity": 8}, "met"),
        ("part + 3 < 10", {"sales_y1": 100, "sales_y2": 100}, "met"),  # 6-9
        ("part + 3 < 10", {"sales_y1": 200, "sales_y2": 100}, "not_met"),  # 10-11
        ("mixed >= 2", {"is_sme": True, "sales_y1": 101}, "met"),
        ("mixed >= 2", {"is_sme": False, "own_brand": True}, "unknown"),  # 1-2
        ("mixed >= 2", {"is_sme": False, "own_brand": False}, "not_met"),
        ("mixed >= 2", {"own_brand": False, "sales_y1": 101}, "unknown"),  # 0 or 3
    ],
)
def test_single_conditions(condition, raw, verdict):
    assert verdicts(raw)[condition] == verdict
