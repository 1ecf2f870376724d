"""Inner weighting schemes: how much each neighbour counts in the inner estimate of a construct.

Each takes construct correlations [sample, i, j] and gives weights [sample, i, j] of construct i for
construct j.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum

import numpy as np

from satisfaction.arrays import FloatArray
from satisfaction.pls.layout import Layout


class Scheme(StrEnum):
    CENTROID = "centroid"
    FACTORIAL = "factorial"
    PATH = "path"


def centroid(correlations: FloatArray, layout: Layout) -> FloatArray:
    """The sign of the correlation with each neighbour (Wold 1982; Tenenhaus et al. 2005, section 2.3)."""
    weights: FloatArray = np.sign(correlations) * layout.adjacent
    return weights


def factorial(correlations: FloatArray, layout: Layout) -> FloatArray:
    """The correlation with each neighbour (Lohmöller 1989; Tenenhaus et al. 2005, section 2.3)."""
    return correlations * layout.adjacent


def path(correlations: FloatArray, layout: Layout) -> FloatArray:
    """Causes by regression coefficient, effects by correlation (Lohmöller 1989; Tenenhaus et al. 2005)."""
    return correlations * layout.arrow.T + layout.regressions.coefficients(correlations)


INNER_WEIGHTS: Mapping[Scheme, Callable[[FloatArray, Layout], FloatArray]] = {
    Scheme.CENTROID: centroid,
    Scheme.FACTORIAL: factorial,
    Scheme.PATH: path,
}
