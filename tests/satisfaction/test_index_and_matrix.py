"""Index and strategy matrix on figures small enough for paper."""

import numpy as np
import pytest

from satisfaction.analyse import analyse
from satisfaction.answers.table import answers_from
from satisfaction.index import IndexWeights, index_error, index_values, item_shares
from satisfaction.moments import Moments
from satisfaction.options import Options
from satisfaction.pls.effects import indirect_effects, reachable, total_effects
from satisfaction.pls.layout import Layout
from satisfaction.questionnaire.parse import model_from
from satisfaction.report.reading import points_per_ten
from satisfaction.strategy import Quadrant, strategy_matrix

MODEL = model_from(
    {
        "constructs": {"A": ["a1", "a2"], "B": ["b1"], "Satisfaction": ["s1"]},
        "paths": {"Satisfaction": ["A", "B"]},
        "scales": {"a2": [0, 100]},
    }
)
LAYOUT = Layout(MODEL)
WEIGHTS = np.array([0.6, 0.3, 1.0, 1.0])
DEVIATION = np.array([2.0, 10.0, 1.0, 1.0])


@pytest.mark.parametrize(
    ("convention", "first"),
    # 0.6·9/2 = 2.7 and 0.3·100/10 = 3; 0.6 and 0.3; 1 and 1
    [(IndexWeights.UNSTANDARDISED, 2.7 / 5.7), (IndexWeights.STANDARDISED, 2 / 3), (IndexWeights.EQUAL, 0.5)],
)
def test_shares_of_items(convention, first):
    shares = item_shares(weights=WEIGHTS, deviation=DEVIATION, layout=LAYOUT, convention=convention)
    assert shares == pytest.approx([first, 1 - first, 1.0, 1.0])


def test_index_between_worst_and_best():
    shares = np.array([0.25, 0.75, 1.0, 1.0])
    worst, best = [1, 0, 1, 1], [10, 100, 10, 10]
    middle = [5.5, 20, 1, 10]  # 0.25·50 + 0.75·20 = 27.5
    found = index_values(np.array([worst, best, middle], dtype=float), shares, LAYOUT)
    assert found == pytest.approx(np.array([[0, 0, 0], [100, 100, 100], [27.5, 0, 100]]))


def test_index_error_is_that_of_a_weighted_mean():
    covariance = np.diag([9.0, 400.0, 81.0, 81.0])
    covariance[0, 1] = covariance[1, 0] = 30.0
    moments = Moments(25, np.zeros(4), covariance)
    # on 0…1: variances 1/9 and 0.04, covariance 1/30; shares one half each
    variance = 0.25 / 9 + 0.25 * 0.04 + 0.5 / 30
    found = index_error(moments, np.array([0.5, 0.5, 1.0, 1.0]), LAYOUT)
    assert found == pytest.approx([100 * np.sqrt(variance / 25), 20.0, 20.0])


def test_effects_along_all_ways():
    """A → B → C and A → C: 0.5 · 0.4 + 0.3."""
    paths = np.array([[[0, 0.5, 0.3], [0, 0, 0.4], [0, 0, 0]]])
    assert total_effects(paths)[0] == pytest.approx(np.array([[0, 0.5, 0.5], [0, 0, 0.4], [0, 0, 0]]))
    assert indirect_effects(paths)[0, 0, 2] == pytest.approx(0.2)
    assert reachable((paths[0] > 0).astype(float)).tolist() == [[0, 1, 1], [0, 0, 1], [0, 0, 0]]


def placed(importance, performance):
    names = [f"C{place}" for place in range(len(importance))]
    model = model_from(
        {
            "constructs": {**{name: [name.lower()] for name in names}, "Satisfaction": ["s"]},
            "paths": {"Satisfaction": names},
        }
    )
    layout = Layout(model)
    effects = np.zeros((len(names) + 1, len(names) + 1))
    effects[:-1, -1] = importance
    index = np.array([*performance, 50.0])
    return strategy_matrix(
        effects=effects, index=index, shares=np.ones(len(index)), unit_mean=index / 100, layout=layout
    )


def test_the_four_quadrants():
    matrix = placed([0.6, 0.6, 0.2, 0.2], [80, 40, 40, 80])
    assert (matrix.importance_cut, matrix.performance_cut) == pytest.approx((0.4, 60.0))
    assert [point.quadrant for point in matrix.points] == [
        Quadrant.KEEP_UP,
        Quadrant.IMPROVE_FIRST,
        Quadrant.LOW_PRIORITY,
        Quadrant.OVERKILL,
    ]


def test_a_point_on_the_cut_counts_as_high():
    assert placed([0.3], [70]).points[0].quadrant is Quadrant.KEEP_UP
    middle = placed([0.2, 0.4, 0.3], [50, 70, 60]).points[2]
    assert middle.quadrant is Quadrant.KEEP_UP


def test_most_important_first_in_a_quadrant():
    matrix = placed([0.5, 0.7, 0.1, 0.1], [40, 50, 90, 90])
    assert [point.name for point in matrix.quadrant(Quadrant.IMPROVE_FIRST)] == ["C1", "C0"]


def test_ten_points_of_a_cause_in_points_of_the_target():
    """One cause, one item each: the slope of an ordinary regression, between indices."""
    model = model_from({"constructs": {"A": ["a"], "Satisfaction": ["s"]}, "paths": {"Satisfaction": ["A"]}})
    cause = np.tile([2, 4, 6, 8], 10)
    noise = np.repeat([-1, 1], 20)
    target = 1 + cause / 2 + np.roll(noise, 3)
    answers = answers_from(model=model, items=("a", "s"), values=np.c_[cause, target])
    result = analyse(model=model, answers=answers)
    slope = np.polyfit(cause, target, 1)[0]
    assert points_per_ten(result, 0) == pytest.approx(10 * slope, abs=1e-9)


def test_too_few_answers_give_means_and_say_why(small_model, small_answers):
    result = analyse(model=small_model, answers=small_answers.keep(np.arange(29)), options=Options(draws=50))
    values = small_answers.values[:29].astype(float)
    image = 100 * (values[:, :5].mean() - 1) / 9
    assert result.estimates is result.matrix is result.bootstrap is None
    assert result.index.estimate[0] == pytest.approx(image)
    assert [warning.name for warning in result.warnings] == ["too-few-for-model"]
    assert result.warnings[0].facts == {"n": 29, "needed": 30}


def test_ten_answers_for_each_arrow(full_model, full_answers):
    """Four arrows lead to satisfaction: forty answers are needed."""
    few, enough = (analyse(model=full_model, answers=full_answers.keep(np.arange(n))) for n in (39, 40))
    assert few.estimates is None
    assert enough.estimates is not None
