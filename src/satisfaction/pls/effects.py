"""Effects of one construct on another: along the arrow, and along all ways."""

import numpy as np

from satisfaction.arrays import FloatArray


def total_effects(paths: FloatArray) -> FloatArray:
    """B + B² + B³ + …, [sample, cause, effect] (Bollen 1987, eq. 11).

    Without cycles no chain is longer than the number of constructs, so the sum ends there.
    """
    total = chains = paths
    for _ in range(paths.shape[-1] - 2):
        chains = chains @ paths
        total = total + chains
    return total


def indirect_effects(paths: FloatArray) -> FloatArray:
    """Total less direct effects (Bollen 1987)."""
    return total_effects(paths) - paths


def reachable(arrow: FloatArray) -> FloatArray:
    """1 where some chain of arrows leads from the row's construct to the column's."""
    return (total_effects(arrow) > 0.5).astype(np.float64)  # noqa: PLR2004 number of ways, a whole number
