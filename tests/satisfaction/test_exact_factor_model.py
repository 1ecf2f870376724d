"""On an exact factor model the estimates equal the closed forms, to eight digits."""

from itertools import combinations
from math import sqrt

import numpy as np
import pytest
from tests.satisfaction.factor_model import (
    DEVIATIONS,
    ITEMS,
    LAMBDA,
    MEANS,
    MODEL,
    P,
    Q,
    R,
    composite_reliability,
    exact_answers,
    factor_correlations,
    true_r2,
)

from satisfaction.analyse import analyse
from satisfaction.document import document
from satisfaction.options import Options
from satisfaction.pls.schemes import Scheme
from satisfaction.pls.weights import Iteration

CLOSE = {"rel": 0, "abs": 1e-8}


def found(scheme=Scheme.PATH, *, plsc):
    options = Options(iteration=Iteration(scheme), plsc=plsc)
    return document(analyse(model=MODEL, answers=exact_answers(), options=options))


@pytest.mark.parametrize("scheme", list(Scheme))
def test_consistent_paths_are_the_true_ones(scheme):
    result = found(scheme, plsc=True)
    assert result["paths"] == pytest.approx({"A->C": P, "B->C": Q}, **CLOSE)
    assert result["r2"] == pytest.approx({"C": true_r2()}, **CLOSE)


def test_consistent_loadings_are_the_true_ones():
    expected = {item: value for name in LAMBDA for item, value in zip(ITEMS[name], LAMBDA[name], strict=True)}
    assert found(plsc=True)["loadings"] == pytest.approx(expected, **CLOSE)


def test_composite_paths_are_the_attenuated_ones():
    reliability = np.array([composite_reliability(LAMBDA[name]) for name in "ABC"])
    attenuated = factor_correlations() * np.sqrt(np.outer(reliability, reliability))
    a_b, a_c, b_c = attenuated[0, 1], attenuated[0, 2], attenuated[1, 2]
    expected = {"A->C": (a_c - a_b * b_c) / (1 - a_b**2), "B->C": (b_c - a_b * a_c) / (1 - a_b**2)}
    assert found(plsc=False)["paths"] == pytest.approx(expected, **CLOSE)


def test_rho_a_is_the_reliability_of_the_composite():
    expected = {name: composite_reliability(loadings) for name, loadings in LAMBDA.items()}
    assert found(plsc=False)["rho_a"] == pytest.approx(expected, **CLOSE)


def test_composite_reliability_and_ave_from_true_loadings():
    result = found(plsc=True)
    for name, loadings in LAMBDA.items():
        squares = sum(value**2 for value in loadings)
        common = sum(loadings) ** 2
        assert result["rho_c"][name] == pytest.approx(common / (common + len(loadings) - squares), **CLOSE)
        assert result["ave"][name] == pytest.approx(squares / len(loadings), **CLOSE)


def mean_product(loadings):
    products = [one * other for one, other in combinations(loadings, 2)]
    return sum(products) / len(products)


def test_standardised_alpha():
    result = found(plsc=False)
    for name, loadings in LAMBDA.items():
        size, mean = len(loadings), mean_product(loadings)
        assert result["alpha"][name] == pytest.approx(size * mean / (1 + (size - 1) * mean), **CLOSE)


def test_raw_alpha():
    result = found(plsc=False)
    for name, loadings in LAMBDA.items():
        size, deviations = len(loadings), DEVIATIONS[name]
        own = sum(value**2 for value in deviations)
        scaled = [value * deviation for value, deviation in zip(loadings, deviations, strict=True)]
        total = own + 2 * sum(one * other for one, other in combinations(scaled, 2))
        assert result["alpha_raw"][name] == pytest.approx(size / (size - 1) * (1 - own / total), **CLOSE)


def test_htmt():
    mean = {name: sum(loadings) / len(loadings) for name, loadings in LAMBDA.items()}
    expected = mean["A"] * mean["B"] * R / sqrt(mean_product(LAMBDA["A"]) * mean_product(LAMBDA["B"]))
    assert found(plsc=False)["htmt"]["A|B"] == pytest.approx(expected, **CLOSE)


def test_the_index():
    """Weights are proportional to the loadings, so each mean counts by loading over deviation."""
    result = found(plsc=False)
    for name, loadings in LAMBDA.items():
        weights = [value / deviation for value, deviation in zip(loadings, DEVIATIONS[name], strict=True)]
        mean = sum(w * m for w, m in zip(weights, MEANS[name], strict=True)) / sum(weights)
        assert result["index"][name] == pytest.approx(mean, **CLOSE)
