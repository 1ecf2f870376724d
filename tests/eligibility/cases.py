"""Judging worked cases: both engines are asked, and must say the same."""

from datetime import date

from eligibility.evaluation import Evaluation, evaluate, evaluate_reference
from eligibility.facts import read_facts
from eligibility.library import find_version

ON = date(2026, 6, 15)


def judge(code: str, raw: dict, on: date = ON) -> Evaluation:
    """The evaluation of raw facts; None drops a fact."""
    reading = read_facts(raw, on)
    assert reading.errors == ()
    version = find_version(code, on)
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
