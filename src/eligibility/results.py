"""An evaluation as plain data: the shape `--json` prints."""

from typing import Any

from eligibility.evaluation import Evaluation
from eligibility.tree import Points


def as_record(evaluation: Evaluation, *, row_has_errors: bool = False) -> dict[str, Any]:
    """One object: programme, version, verdict, score, conditions, missing.

    A row with an unusable value is never met. Conditions come first, then the parts of the score;
    `lo` and `hi` are there where points are compared or given.
    """
    conditions = [
        entry_of(result.id, result.article, result.verdict, result.points) for result in evaluation.conditions
    ]
    conditions += [
        entry_of(band.name, band.article, band.verdict, (band.lo, band.hi)) for band in evaluation.bands
    ]
    return {
        "programme": evaluation.version.code,
        "version": evaluation.version.label,
        "verdict": final_verdict(evaluation, row_has_errors=row_has_errors),
        "score": None if evaluation.score is None else list(evaluation.score),
        "conditions": conditions,
        "missing": list(evaluation.missing),
    }


def final_verdict(evaluation: Evaluation, *, row_has_errors: bool) -> str:
    """The verdict; `met` becomes `unknown` where the row holds an unusable value."""
    return "unknown" if row_has_errors and evaluation.verdict == "met" else evaluation.verdict


def entry_of(name: str, article: str, verdict: str, points: Points | None) -> dict[str, Any]:
    """A condition or a part of the score as plain data."""
    entry: dict[str, Any] = {"id": name, "article": article, "verdict": verdict}
    if points is not None:
        entry |= {"lo": points[0], "hi": points[1]}
    return entry
