"""Quantiles and intervals against published tables and closed forms."""

import numpy as np
import pytest

from satisfaction.resample.intervals import IntervalKind, formula_spread, spread, t_value, z_value

# Student's t, two-sided 95 % (Fisher & Yates 1963, table III)
T_TABLE = [(4, 2.776), (5, 2.571), (8, 2.306), (10, 2.228), (20, 2.086), (29, 2.045), (60, 2.0), (120, 1.98)]


@pytest.mark.parametrize(("confidence", "expected"), [(0.9, 1.644854), (0.95, 1.959964), (0.99, 2.575829)])
def test_normal_quantiles(confidence, expected):
    assert z_value(confidence) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(("freedom", "expected"), T_TABLE)
def test_t_quantiles(freedom, expected):
    assert t_value(0.95, freedom) == pytest.approx(expected, abs=0.002)


def test_percentile_interval():
    """Of 0…100 the middle 90 % is 5…95."""
    draws = np.arange(101.0)[::-1][:, None]
    found = spread(estimate=np.array([40.0]), draws=draws, confidence=0.9)
    assert (found.low[0], found.high[0], found.mean[0]) == pytest.approx((5.0, 95.0, 50.0))
    assert found.error[0] == pytest.approx(np.sqrt(101 * 102 / 12))  # deviation of 101 consecutive numbers


def test_normal_interval():
    draws = np.array([[1.0], [3.0]])
    found = spread(estimate=np.array([5.0]), draws=draws, confidence=0.95, kind=IntervalKind.NORMAL)
    half = 1.959964 * np.sqrt(2.0)
    assert (found.low[0], found.high[0]) == pytest.approx((5 - half, 5 + half), abs=1e-5)


def test_interval_from_a_formula():
    found = formula_spread(estimate=np.array([50.0]), error=np.array([2.0]), confidence=0.95, n=21)
    assert (found.low[0], found.high[0]) == pytest.approx((50 - 2 * 2.086, 50 + 2 * 2.086), abs=0.004)
