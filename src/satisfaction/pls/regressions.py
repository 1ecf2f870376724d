"""Regressions of each construct on its causes, for many samples at once."""

import numpy as np

from satisfaction.arrays import FloatArray


class Regressions:
    """All regressions of a model as one stack of equally large systems.

    A construct with fewer causes than the largest is filled up with unit equations whose answer is zero.
    """

    def __init__(self, arrow: FloatArray) -> None:
        count = len(arrow)
        effects = np.flatnonzero(arrow.any(axis=0))
        causes = [np.flatnonzero(arrow[:, effect]) for effect in effects]
        width = max(map(len, causes))
        index = np.zeros((len(effects), width), dtype=np.intp)
        real = np.zeros((len(effects), width))
        for row, names in enumerate(causes):
            index[row, : len(names)] = names
            real[row, : len(names)] = 1.0
        self._among = index[:, :, None] * count + index[:, None, :]
        self._onto = index * count + effects[:, None]
        self._real = real
        self._both = real[:, :, None] * real[:, None, :]
        self._filler = np.eye(width) * (1.0 - real)[:, :, None]
        self._scatter = np.zeros((real.size, count * count))
        self._scatter[np.arange(real.size), self._onto.ravel()] = real.ravel()
        self._count = count

    def coefficients(self, correlations: FloatArray) -> FloatArray:
        """Path coefficients [sample, cause, effect] from construct correlations [sample, i, j]."""
        flat = correlations.reshape(len(correlations), -1)
        among = flat.take(self._among, axis=1) * self._both + self._filler
        onto = flat.take(self._onto, axis=1) * self._real
        slopes = solve_stack(among, onto).reshape(len(flat), -1)
        return (slopes @ self._scatter).reshape(correlations.shape)


def solve_stack(systems: FloatArray, right: FloatArray) -> FloatArray:
    """Solutions of many small systems; NaN where one has none, so that the others still count."""
    try:
        solution: FloatArray = np.asarray(np.linalg.solve(systems, right[..., None]), dtype=np.float64)
    except np.linalg.LinAlgError:
        return _solve_each(systems, right)
    return solution[..., 0]


def _solve_each(systems: FloatArray, right: FloatArray) -> FloatArray:
    answer = np.full(right.shape, np.nan)
    for place in np.ndindex(right.shape[:-1]):
        if np.linalg.matrix_rank(systems[place]) == right.shape[-1]:
            answer[place] = np.linalg.solve(systems[place], right[place])
    return answer
