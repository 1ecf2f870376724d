"""What is compared between two groups."""

import numpy as np

from satisfaction.arrays import FloatArray
from satisfaction.index import index_values
from satisfaction.moments import Moments
from satisfaction.options import Options
from satisfaction.pls.estimate import estimate
from satisfaction.pls.layout import Layout


class Difference:
    """Index differences, then path differences, of many pairs of samples."""

    def __init__(self, layout: Layout, shares: FloatArray, options: Options, *, with_paths: bool) -> None:
        self._layout, self._shares, self._options = layout, shares, options
        self._with_paths = with_paths

    def __call__(self, first: Moments, second: Moments) -> FloatArray:
        difference = self._index(first) - self._index(second)
        if not self._with_paths:
            return difference
        return np.concatenate([difference, self._paths(first) - self._paths(second)], axis=1)

    def _index(self, moments: Moments) -> FloatArray:
        return index_values(moments.mean, self._shares, self._layout)

    def _paths(self, moments: Moments) -> FloatArray:
        estimates = estimate(
            correlations=moments.correlation(),
            layout=self._layout,
            how=self._options.iteration,
            plsc=self._options.plsc,
        )
        return estimates.paths[:, self._layout.cause_of_arrow, self._layout.effect_of_arrow]
