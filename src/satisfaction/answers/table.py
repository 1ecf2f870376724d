"""Answers in memory: one row a respondent, one column an item, NaN where nothing was answered."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from satisfaction.arrays import BoolArray, IntArray, Reals
from satisfaction.problems import SatisfactionError, listed
from satisfaction.questionnaire.model import Model

BLOCK_ROWS = 65_536  # rows looked at together, so that working memory does not grow with the survey
FLOAT32_WHOLE = 2**24  # up to here every whole number, and so every sum of them, is exact in 32 bits


@dataclass(frozen=True, eq=False)
class Answers:
    """Answers of the named items, in 32 bits where that keeps every answer exact, else in 64."""

    items: tuple[str, ...]
    values: Reals
    groups: NDArray[np.str_] | None = None

    @property
    def n(self) -> int:
        return int(self.values.shape[0])

    @cached_property
    def whole_limit(self) -> float:
        """The largest size of an answer if all are whole numbers, else infinity."""
        limit = 0.0
        for rows in blocks(self.values):
            if not bool(np.array_equal(rows, np.rint(rows))):
                return np.inf
            limit = max(limit, float(np.abs(rows).max()))
        return limit

    def exact_in_32_bits(self, rows: int) -> bool:
        """Whether sums of products over so many rows are exact in 32 bits, twice as fast as 64."""
        return self.values.dtype == np.float32 and rows * self.whole_limit**2 <= FLOAT32_WHOLE

    def keep(self, rows: BoolArray | IntArray) -> "Answers":
        groups = None if self.groups is None else self.groups[rows]
        return Answers(self.items, self.values[rows], groups)


def blocks(values: Reals, rows: int = BLOCK_ROWS) -> Iterator[Reals]:
    for start in range(0, len(values), rows):
        yield values[start : start + rows]


def compact(values: NDArray[Any]) -> Reals:
    """The same numbers in 32 bits if none of them changes by it."""
    with np.errstate(over="ignore"):  # what overflows is not equal, and so stays in 64 bits
        narrow = values.astype(np.float32)
    wide: Reals = values.astype(np.float64, copy=False)
    for short, full in zip(blocks(narrow), blocks(wide), strict=True):
        if not np.array_equal(short, full, equal_nan=True):
            return wide
    return narrow


def answers_from(
    *, model: Model, items: tuple[str, ...], values: ArrayLike, groups: ArrayLike | None = None
) -> Answers:
    """Checked answers of the model's items, in its order, from any table whose columns are `items`."""
    table = _numbers(values, width=len(items))
    columns = _columns(model, items)
    answers = Answers(model.items, compact(table[:, columns]), _labels(groups, len(table)))
    check_answers(model, answers)
    return answers


def _numbers(values: ArrayLike, width: int) -> NDArray[Any]:
    try:
        table = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise SatisfactionError("answers-not-numbers", why=error) from error
    if table.ndim != 2 or table.shape[1] != width:  # noqa: PLR2004 a table has rows and columns
        raise SatisfactionError(
            "answers-shape", expected=f"n × {width}", got=" × ".join(map(str, table.shape))
        )
    return table


def _columns(model: Model, items: tuple[str, ...]) -> list[int]:
    missing = [item for item in model.items if item not in items]
    if missing:
        raise SatisfactionError("missing-column", name=listed(missing), known=listed(items))
    return [items.index(item) for item in model.items]


def _labels(groups: ArrayLike | None, n: int) -> NDArray[np.str_] | None:
    if groups is None:
        return None
    labels = np.asarray(groups).astype(np.str_)
    if labels.shape != (n,):
        raise SatisfactionError("answers-shape", expected=f"{n}", got=" × ".join(map(str, labels.shape)))
    return labels


def check_answers(model: Model, answers: Answers) -> None:
    """Refuse an empty table, an item nobody answered, and an answer off its scale."""
    if answers.n == 0:
        raise SatisfactionError("no-answers")
    low = np.array([model.scale_of(item).low for item in answers.items])
    high = np.array([model.scale_of(item).high for item in answers.items])
    answered = np.zeros(len(answers.items), dtype=bool)
    for index, rows in enumerate(blocks(answers.values)):
        off = (rows < low) | (rows > high)
        if off.any():
            _refuse_off_scale(model, answers, off, index * BLOCK_ROWS)
        answered |= ~np.isnan(rows).all(axis=0)
    if not answered.all():
        silent = [item for item, any_ in zip(answers.items, answered, strict=True) if not any_]
        raise SatisfactionError("item-without-answers", item=listed(silent))


def _refuse_off_scale(model: Model, answers: Answers, off: BoolArray, first_row: int) -> None:
    row, column = (int(place[0]) for place in np.nonzero(off))
    item = answers.items[column]
    scale = model.scale_of(item)
    raise SatisfactionError(
        "answer-off-scale",
        item=item,
        row=first_row + row + 1,
        got=f"{answers.values[first_row + row, column]:g}",
        low=f"{scale.low:g}",
        high=f"{scale.high:g}",
        count=int(off.sum()),
    )
