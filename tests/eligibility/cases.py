"""Judging worked cases: both engines are asked, and must say the same."""

from datetime import date
from pathlib import Path

from eligibility.evaluation import Evaluation, evaluate, evaluate_reference
from eligibility.facts import read_facts
from eligibility.library import find_version
from eligibility.loading import load_programme

ON = date(2026, 6, 15)

SMALL_FILE = Path(__file__).with_name("small.yaml")
SMALL = load_programme(SMALL_FILE)
"""Three conditions, invented."""
# y3 400,000, y2 420,000, y1 441,000 yuan grow exactly 5 % twice; of a revenue of 630,000 that is 70 %.
ON_EVERY_EDGE = {
    "niche_years": 3,
    "revenue_y1": 630_000,
    "income_main_y1": 441_000,
    "income_main_y2": 420_000,
    "income_main_y3": 400_000,
}


def judge(code: str, raw: dict, on: date = ON, application: str = "new") -> Evaluation:
    """The evaluation of raw facts; None drops a fact."""
    reading = read_facts(raw, on, application=application)
    assert reading.errors == ()
    version = find_version(code, on, [SMALL], application=application)
    fast, slow = evaluate(version, reading.facts), evaluate_reference(version, reading.facts)
    assert fast.verdict == slow.verdict
    assert fast.score == slow.score
    assert fast.conditions == slow.conditions
    assert fast.bands == slow.bands
    return fast


def verdict_of_condition(evaluation: Evaluation, condition: str) -> str:
    return {result.id: result.verdict for result in evaluation.conditions}[condition]


def points_of_band(evaluation: Evaluation, band: str) -> tuple[int, int]:
    return {result.name: (result.lo, result.hi) for result in evaluation.bands}[band]
