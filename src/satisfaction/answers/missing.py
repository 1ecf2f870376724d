"""What to do where a respondent gave no answer, and how often it was done."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from satisfaction.answers.table import Answers, blocks, compact
from satisfaction.arrays import BoolArray, FloatArray, Reals
from satisfaction.problems import SatisfactionError
from satisfaction.questionnaire.model import Model


class Missing(StrEnum):
    """Two conventions: the mean of the respondent's other answers on the construct, or leaving the row
    out."""

    CONSTRUCT_MEAN = "construct-mean"
    CASEWISE = "casewise"


@dataclass(frozen=True)
class Completeness:
    """What was missing and what became of it."""

    rows: int
    cells_missing: int
    rows_with_missing: int
    rows_dropped: int
    cells_filled: int


def complete(*, model: Model, answers: Answers, rule: Missing) -> tuple[Answers, Completeness]:
    """Answers without gaps, and the counts.

    Filling is done on the answers brought to 0…1 by each item's scale, so items of one construct may differ
    in scale. A respondent who answered nothing of a construct has no mean to fill in with, and is left out.
    """
    gaps = np.isnan(answers.values)
    if not gaps.any():
        return answers, Completeness(answers.n, 0, 0, 0, 0)
    per_row = gaps.sum(axis=1)
    keep, filled = per_row == 0, answers.values
    if rule is Missing.CONSTRUCT_MEAN:
        filled = compact(np.concatenate([_fill(model, rows) for rows in blocks(answers.values)]))
        keep = np.isnan(filled).sum(axis=1) == 0
    counts = Completeness(
        rows=answers.n,
        cells_missing=int(per_row.sum()),
        rows_with_missing=int((per_row > 0).sum()),
        rows_dropped=int((~keep).sum()),
        cells_filled=int(per_row[keep].sum()),
    )
    if not keep.any():
        raise SatisfactionError("no-complete-answers", rows=answers.n)
    return Answers(answers.items, filled, answers.groups).keep(keep), counts


def _fill(model: Model, rows: Reals) -> FloatArray:
    scales = [model.scale_of(item) for item in model.items]
    low = np.array([scale.low for scale in scales])
    span = np.array([scale.high - scale.low for scale in scales])
    unit = (rows - low) / span
    filled = rows.astype(np.float64)
    start = 0
    for items in model.constructs.values():
        block = slice(start, start + len(items))
        mean = _row_means(unit[:, block])
        gaps: BoolArray = np.isnan(filled[:, block])
        guess = mean[:, None] * span[block] + low[block]
        filled[:, block] = np.where(gaps, guess, filled[:, block])
        start += len(items)
    return filled


def _row_means(unit: FloatArray) -> FloatArray:
    """Mean of what each respondent answered; NaN where nothing was."""
    answered = ~np.isnan(unit)
    total: FloatArray = np.where(answered, unit, 0.0).sum(axis=1)
    count = answered.sum(axis=1)
    mean: FloatArray = np.divide(total, count, out=np.full(len(unit), np.nan), where=count > 0)
    return mean
