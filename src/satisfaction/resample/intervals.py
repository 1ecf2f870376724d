"""From the draws of a bootstrap to standard errors and intervals."""

import math
from dataclasses import dataclass
from enum import StrEnum
from statistics import NormalDist

import numpy as np

from satisfaction.arrays import FloatArray


class IntervalKind(StrEnum):
    PERCENTILE = "percentile"  # the middle share of the draws (Efron & Tibshirani 1993, ch. 13): the default
    NORMAL = "normal"  # estimate ± z · standard error (Efron & Tibshirani 1993, ch. 12)


@dataclass(frozen=True, eq=False)
class Spread:
    """Arrays of one shape: the estimates, and from the draws their mean, standard error and interval."""

    estimate: FloatArray
    mean: FloatArray
    error: FloatArray
    low: FloatArray
    high: FloatArray


def z_value(confidence: float) -> float:
    """The two-sided normal quantile: 1.96 at 95 %."""
    return NormalDist().inv_cdf(0.5 + confidence / 2.0)


def spread(
    *,
    estimate: FloatArray,
    draws: FloatArray,
    confidence: float,
    kind: IntervalKind = IntervalKind.PERCENTILE,
) -> Spread:
    """Standard error with divisor draws − 1; linearly interpolated quantiles (Hyndman & Fan 1996, no. 7)."""
    error = draws.std(axis=0, ddof=1)
    if kind is IntervalKind.NORMAL:
        margin = z_value(confidence) * error
        return Spread(estimate, draws.mean(axis=0), error, estimate - margin, estimate + margin)
    tail = (1.0 - confidence) / 2.0
    low, high = np.quantile(draws, [tail, 1.0 - tail], axis=0)
    return Spread(estimate, draws.mean(axis=0), error, low, high)


def t_value(confidence: float, freedom: int) -> float:
    """The two-sided quantile of Student's t, by its expansion around z (Abramowitz & Stegun 1964, 26.7.5).

    Off by less than 0.002 at 95 % from 4 degrees of freedom on.
    """
    z = z_value(confidence)
    terms = (
        (z**3 + z) / 4.0,
        (5.0 * z**5 + 16.0 * z**3 + 3.0 * z) / 96.0,
        (3.0 * z**7 + 19.0 * z**5 + 17.0 * z**3 - 15.0 * z) / 384.0,
        (79.0 * z**9 + 776.0 * z**7 + 1482.0 * z**5 - 1920.0 * z**3 - 945.0 * z) / 92160.0,
    )
    return z + math.fsum(term / freedom**power for power, term in enumerate(terms, start=1))


def formula_spread(*, estimate: FloatArray, error: FloatArray, confidence: float, n: int) -> Spread:
    """Estimate ± t · standard error, where the error comes from a formula for n answers."""
    margin = t_value(confidence, max(n - 1, 1)) * error
    return Spread(estimate, estimate, error, estimate - margin, estimate + margin)
