"""Groups: compared by permutation, hidden where people could be recognised."""

from math import comb

import numpy as np
import pytest

from satisfaction.analyse import analyse
from satisfaction.answers.table import Answers, answers_from
from satisfaction.document import document
from satisfaction.groups.suppression import split_by_size
from satisfaction.index import index_values
from satisfaction.options import Options
from satisfaction.questionnaire.parse import model_from
from satisfaction.resample.multiple import holm
from satisfaction.resample.permutation import permutation_test


def grouped(answers, labels):
    return Answers(answers.items, answers.values, np.array(labels))


@pytest.mark.parametrize(
    ("sizes", "n", "shown"),
    [
        ({"a": 20, "b": 30}, 50, ["a", "b"]),
        ({"a": 20, "b": 5}, 25, ["a", "b"]),
        ({"a": 20, "b": 30, "c": 4}, 54, ["b"]),  # c alone would follow from the total: a goes with it
        ({"a": 20, "b": 30, "c": 4, "d": 3}, 57, ["a", "b"]),  # seven hidden together are enough
        ({"a": 20, "b": 30}, 52, ["b"]),  # two answers of no group
        ({"a": 4, "b": 3}, 7, []),
        ({"a": 50, "b": 4}, 54, []),
    ],
)
def test_small_groups_are_hidden_and_cannot_be_worked_out(sizes, n, shown):
    assert split_by_size(sizes, n, floor=5) == (shown, [name for name in sizes if name not in shown])


def test_holm_by_hand():
    """0.01·4, 0.02·3, then 0.03·2 and 0.04·1 are kept from falling below 0.06 (Holm 1979)."""
    assert holm(np.array([0.04, 0.01, 0.03, 0.02])) == pytest.approx([0.06, 0.04, 0.06, 0.06])
    assert holm(np.array([0.6, 0.7])) == pytest.approx([1.0, 1.0])


def test_p_value_of_the_most_extreme_grouping():
    """All answers of one group above all of the other: 2 of the C(10, 5) groupings are as extreme."""
    model = model_from({"constructs": {"A": ["a"], "B": ["b"]}, "paths": {"B": ["A"]}})
    first = answers_from(model=model, items=("a", "b"), values=[[i, i] for i in (1, 2, 3, 4, 5)])
    second = answers_from(model=model, items=("a", "b"), values=[[i, i] for i in (6, 7, 8, 9, 10)])
    test = permutation_test(
        first=first, second=second, difference=lambda one, other: one.mean - other.mean, draws=20000, seed=1
    )
    true = 2 / comb(10, 5)
    assert test.difference.tolist() == [-5.0, -5.0]
    assert test.p_value == pytest.approx([true, true], abs=4 * np.sqrt(true / 20000))


def test_equal_groups_do_not_differ():
    model = model_from({"constructs": {"A": ["a"], "B": ["b"]}, "paths": {"B": ["A"]}})
    values = [[1 + i % 10, 1 + i % 7] for i in range(30)]
    one = answers_from(model=model, items=("a", "b"), values=values)
    test = permutation_test(
        first=one, second=one, difference=lambda one, other: one.mean - other.mean, draws=99, seed=1
    )
    assert test.difference.tolist() == [0.0, 0.0]
    assert test.p_value.tolist() == [1.0, 1.0]


def test_permuted_groups_keep_their_sizes_and_add_up(small_answers):
    """Whatever the draw, the mean of both groups together is that of all answers."""
    means = []

    def difference(one, other):
        means.append((one.n * one.mean + other.n * other.mean) / (one.n + other.n))
        assert (one.n, other.n) == (100, 150)
        return one.mean - other.mean

    first, second = (small_answers.keep(np.arange(*ends)) for ends in ((0, 100), (100, 250)))
    permutation_test(first=first, second=second, difference=difference, draws=64, seed=1, workers=1)
    expected = small_answers.values.astype(float).mean(axis=0)
    for found in means:
        assert found == pytest.approx(np.broadcast_to(expected, found.shape), abs=1e-10)


@pytest.fixture(scope="module")
def halves(small_model, small_answers):
    labels = ["北" if place % 2 else "南" for place in range(250)]
    options = Options(permutations=200)
    return analyse(model=small_model, answers=grouped(small_answers, labels), options=options)


def test_each_group_has_its_index_by_common_weights(halves, small_answers):
    for group, start in zip(halves.groups.groups, (1, 0), strict=True):
        mean = small_answers.values[start::2].astype(float).mean(axis=0)
        assert group.n == 125
        expected = index_values(mean, halves.shares, halves.layout)
        assert group.index.estimate == pytest.approx(expected, abs=1e-10)


def test_indices_and_paths_are_compared(halves):
    (pair,) = document(halves)["groups"]["comparisons"]
    assert (pair["first"], pair["second"]) == ("北", "南")
    assert set(pair["paths"]) == {f"{name}->Satisfaction" for name in ("Image", "Expectation", "Value")}
    first, second = halves.groups.groups
    for place, name in enumerate(halves.layout.constructs):
        expected = first.index.estimate[place] - second.index.estimate[place]
        assert pair["index"][name]["difference"] == pytest.approx(expected, abs=1e-10)
        assert 1 / 201 <= pair["index"][name]["p"] == pair["index"][name]["p_holm"] <= 1


def test_small_groups_have_no_paths_to_compare(small_model, small_answers):
    labels = ["小"] * 20 + ["大"] * 230
    result = analyse(
        model=small_model, answers=grouped(small_answers, labels), options=Options(permutations=20)
    )
    (pair,) = document(result)["groups"]["comparisons"]
    assert pair["paths"] == {}


def test_a_real_difference_is_found_and_others_are_not(small_model, small_answers):
    values = small_answers.values.copy()
    rows, own = np.arange(0, 250, 2), [small_answers.items.index(item) for item in ("PERV1", "PERV2")]
    values[np.ix_(rows, own)] = np.maximum(1, values[np.ix_(rows, own)] - 3)
    labels = ["少" if place % 2 == 0 else "多" for place in range(250)]
    answers = grouped(Answers(small_answers.items, values), labels)
    (pair,) = document(analyse(model=small_model, answers=answers))["groups"]["comparisons"]
    assert pair["index"]["Value"]["p"] == pytest.approx(1 / 1001)
    assert pair["index"]["Image"]["p"] > 0.05


def test_hidden_groups_leave_no_trace_in_the_results(small_model, small_answers):
    labels = ["甲"] * 120 + ["乙"] * 124 + ["丙"] * 3 + ["丁"] * 3
    result = document(
        analyse(model=small_model, answers=grouped(small_answers, labels), options=Options(permutations=20))
    )
    assert set(result["groups"]["shown"]) == {"甲", "乙"}
    assert result["groups"]["hidden"] == 2
    assert "丙" not in str(result)
    assert "groups-hidden" in [warning["name"] for warning in result["warnings"]]


def test_many_groups_are_shown_but_not_compared(small_model, small_answers):
    labels = [f"组{place % 10}" for place in range(250)]
    result = document(analyse(model=small_model, answers=grouped(small_answers, labels)))
    assert len(result["groups"]["shown"]) == 10
    assert result["groups"]["comparisons"] == []
    assert "too-many-groups" in [warning["name"] for warning in result["warnings"]]
