"""Missing answers are filled or left out, and counted."""

import numpy as np
import pytest

from satisfaction.analyse import analyse
from satisfaction.answers.missing import Completeness, Missing, complete
from satisfaction.answers.table import Answers, answers_from
from satisfaction.options import Options
from satisfaction.problems import SatisfactionError
from satisfaction.questionnaire.parse import model_from

NONE = np.nan
MODEL = model_from(
    {"constructs": {"A": ["a1", "a2", "a3"], "B": ["b1"]}, "paths": {"B": ["A"]}, "scales": {"a3": [0, 100]}}
)
ROWS = [
    [2, 4, 50, 5],  # complete
    [1, NONE, 50, 5],  # a2 is half way between 0 and 0.5 of its scale: 1 + 9 · 0.25
    [NONE, 10, NONE, 5],  # both gaps get the top of their scales
    [NONE, NONE, NONE, 5],  # nothing of A to go by
    [1, 1, 1, NONE],  # nothing of B to go by
]


def completed(rule):
    return complete(model=MODEL, answers=answers_from(model=MODEL, items=MODEL.items, values=ROWS), rule=rule)


def test_filling_with_the_mean_of_the_construct():
    answers, counts = completed(Missing.CONSTRUCT_MEAN)
    assert answers.values.tolist() == [[2, 4, 50, 5], [1, 3.25, 50, 5], [10, 10, 100, 5]]
    assert counts == Completeness(
        rows=5, cells_missing=7, rows_with_missing=4, rows_dropped=2, cells_filled=3
    )


def test_leaving_out_rows_with_gaps():
    answers, counts = completed(Missing.CASEWISE)
    assert answers.values.tolist() == [[2, 4, 50, 5]]
    assert counts == Completeness(
        rows=5, cells_missing=7, rows_with_missing=4, rows_dropped=4, cells_filled=0
    )


def test_complete_answers_stay_as_they_are(small_model, small_answers):
    answers, counts = complete(model=small_model, answers=small_answers, rule=Missing.CONSTRUCT_MEAN)
    assert answers is small_answers
    assert counts == Completeness(250, 0, 0, 0, 0)


def test_groups_go_with_their_rows():
    answers = answers_from(model=MODEL, items=MODEL.items, values=ROWS, groups=list("vwxyz"))
    kept, _ = complete(model=MODEL, answers=answers, rule=Missing.CONSTRUCT_MEAN)
    assert kept.groups.tolist() == ["v", "w", "x"]


def test_nothing_complete():
    answers = Answers(MODEL.items, np.array(ROWS[3:]))
    with pytest.raises(SatisfactionError, match="no-complete-answers"):
        complete(model=MODEL, answers=answers, rule=Missing.CONSTRUCT_MEAN)


@pytest.mark.parametrize(
    ("rule", "n", "names"),
    [
        (Missing.CONSTRUCT_MEAN, 249, {"answers-filled", "answers-left-out"}),
        (Missing.CASEWISE, 248, {"answers-left-out"}),
    ],
)
def test_the_counts_are_told(small_model, small_answers, rule, n, names):
    values = small_answers.values.copy()
    values[3, small_answers.items.index("IMAG1")] = NONE
    values[8, [small_answers.items.index("PERV1"), small_answers.items.index("PERV2")]] = NONE
    result = analyse(
        model=small_model, answers=Answers(small_answers.items, values), options=Options(missing=rule)
    )
    assert result.n == n
    assert names == {warning.name for warning in result.warnings if warning.name.startswith("answers-")}
