"""Many tests at once: the more are made, the more likely one of them looks surprising by chance."""

import numpy as np

from satisfaction.arrays import FloatArray


def holm(p_values: FloatArray) -> FloatArray:
    """Step-down adjusted p values: the i-th smallest of m times m − i + 1, kept increasing (Holm 1979)."""
    order = np.argsort(p_values)
    factors = np.arange(len(p_values), 0, -1)
    adjusted = np.empty_like(p_values)
    adjusted[order] = np.minimum(1.0, np.maximum.accumulate(p_values[order] * factors))
    return adjusted
