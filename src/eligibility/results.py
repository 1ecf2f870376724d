"""An evaluation as plain data: the shape `--json` prints."""

from collections.abc import Iterable
from typing import Any

from eligibility.errors import FactError
from eligibility.evaluation import Evaluation
from eligibility.tree import Points
from eligibility.vocabulary import chinese_name


def as_record(
    evaluation: Evaluation, *, row_has_errors: bool = False, doubts: Iterable[FactError] = ()
) -> dict[str, Any]:
    """One object: programme, version and its state, verdict, score, conditions, missing, warnings.

    A row with an unusable value is never met. Conditions come first, then the parts of the score; `lo` and `hi` are
    there where points are compared or given. Warnings tell which general figure was taken for one that says how it
    is counted, then the doubts.
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
        "state": evaluation.version.state,
        "verdict": final_verdict(evaluation, row_has_errors=row_has_errors),
        "score": None if evaluation.score is None else list(evaluation.score),
        "conditions": conditions,
        "missing": list(evaluation.missing),
        "warnings": [*stand_in_warnings(evaluation), *map(warning_of, doubts)],
    }


def stand_in_warnings(evaluation: Evaluation) -> list[str]:
    """What is to be said of general figures taken for those that say how they are counted."""
    return [stand_in_warning(name, general) for name, general in evaluation.stood_in]


def stand_in_warning(name: str, general: str) -> str:
    """That a general figure was taken for one that says how it is counted."""
    return f"{general} {chinese_name(general)} was taken for {name} {chinese_name(name)}, which is not given"


def warning_of(doubt: FactError) -> str:
    """A doubt about a figure, without its row."""
    return f"{doubt.column}: {doubt.problem}"


def final_verdict(evaluation: Evaluation, *, row_has_errors: bool) -> str:
    """The verdict; `met` becomes `unknown` where the row holds an unusable value."""
    return "unknown" if row_has_errors and evaluation.verdict == "met" else evaluation.verdict


def entry_of(name: str, article: str, verdict: str, points: Points | None) -> dict[str, Any]:
    """A condition or a part of the score as plain data."""
    entry: dict[str, Any] = {"id": name, "article": article, "verdict": verdict}
    if points is not None:
        entry |= {"lo": points[0], "hi": points[1]}
    return entry
