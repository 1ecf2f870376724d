"""Do the items of a construct agree with each other?"""

import numpy as np

from satisfaction.arrays import FloatArray
from satisfaction.pls.layout import Layout


def alpha(matrix: FloatArray, layout: Layout) -> FloatArray:
    """Cronbach's α of each construct: k/(k−1) · (1 − Σ variances / variance of the sum) (Cronbach 1951, eq.
    2).

    From covariances it is the raw α; from correlations the standardised α, which equals k·r̄ / (1 + (k−1)·r̄).
    Convention: 1 for a single item, whose reliability cannot be estimated.
    """
    own = np.diagonal(matrix) @ layout.member
    total = np.einsum("ik,ij,jk->k", layout.member, matrix, layout.member)
    several = layout.sizes > 1
    share = np.divide(own, total, out=np.zeros_like(own), where=several)
    factor = np.divide(layout.sizes, layout.sizes - 1, out=np.ones_like(own), where=several)
    result: FloatArray = factor * (1.0 - share)
    return result


def rho_c(loadings: FloatArray, layout: Layout) -> FloatArray:
    """Composite reliability: (Σλ)² / ((Σλ)² + Σ(1 − λ²)) (Jöreskog 1971; Werts, Linn & Jöreskog 1974)."""
    common = (loadings @ layout.member) ** 2
    unique = (1.0 - loadings**2) @ layout.member
    ratio: FloatArray = common / (common + unique)
    return ratio
