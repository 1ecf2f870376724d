"""Means and covariances: all that estimation needs of the answers, however many rows there are."""

from dataclasses import dataclass

import numpy as np

from satisfaction.answers.table import Answers, blocks
from satisfaction.arrays import FloatArray, Reals


@dataclass(frozen=True, eq=False)
class Moments:
    """Means and covariances (divisor n − 1) of the items; leading axes count samples, if there are
    several."""

    n: int
    mean: FloatArray
    covariance: FloatArray

    @property
    def deviation(self) -> FloatArray:
        variance: FloatArray = np.diagonal(self.covariance, axis1=-2, axis2=-1)
        return np.sqrt(variance)

    def correlation(self) -> FloatArray:
        """NaN in the rows and columns of an item that does not vary."""
        with np.errstate(divide="ignore", invalid="ignore"):
            scale = 1.0 / self.deviation
            return self.covariance * scale[..., :, None] * scale[..., None, :]


def moments_of(answers: Answers) -> Moments:
    """Sums and products by blocks of rows, shifted by the first row (Chan, Golub & LeVeque 1983, eq. 1.5).

    Whole numbers small enough need no shift: their sums are exact in 32 bits, at half the cost.
    """
    exact = answers.exact_in_32_bits(min(answers.n, 65_536))
    origin = np.zeros(len(answers.items)) if exact else answers.values[0].astype(np.float64)
    total = np.zeros(len(answers.items))
    products = np.zeros((len(answers.items), len(answers.items)))
    for rows in blocks(answers.values):
        shifted: Reals = rows if exact else rows - origin
        total += np.ones(len(rows), dtype=shifted.dtype) @ shifted
        products += shifted.T @ shifted
    return from_sums(answers.n, total, products, origin)


def from_sums(n: int, total: FloatArray, products: FloatArray, origin: FloatArray) -> Moments:
    """Moments from Σ(x − origin) and Σ(x − origin)(x − origin)ᵀ over n rows."""
    mean = total / n
    covariance = (products - total[..., :, None] * mean[..., None, :]) / max(n - 1, 1)
    return Moments(n, mean + origin, covariance)
