"""Consistent PLS: estimates as if the constructs were common factors behind their items."""

import numpy as np

from satisfaction.arrays import FloatArray
from satisfaction.pls.layout import Layout


def rho_a(outer: FloatArray, layout: Layout) -> FloatArray:
    """Reliability ρA of composites with unit variance, [sample, construct] (Dijkstra & Henseler 2015, eq. 3).

    ρA = (w′w)² · w′(S − diag S)w / w′(ww′ − diag ww′)w. With w′Sw = 1 and diag S = 1 the second numerator is
    1 − w′w and the denominator (w′w)² − Σw⁴. Convention: 1 for a single item and for a mode B block, which
    are taken as measured without error.
    """
    squares = (outer**2).sum(axis=1)
    fourths = (outer**4).sum(axis=1)
    rho = squares**2 * (1.0 - squares) / (squares**2 - fourths)
    return np.where(layout.reflective > 0, rho, 1.0)


def factor_correlations(correlations: FloatArray, rho: FloatArray) -> FloatArray:
    """Construct correlations corrected for attenuation (Dijkstra & Henseler 2015, eq. 7)."""
    scale = 1.0 / np.sqrt(rho)
    corrected = correlations * scale[:, :, None] * scale[:, None, :]
    diagonal = np.arange(rho.shape[1])
    corrected[:, diagonal, diagonal] = 1.0
    return corrected


def factor_loadings(outer: FloatArray, loadings: FloatArray, rho: FloatArray, layout: Layout) -> FloatArray:
    """λ = w √ρA / w′w for corrected blocks, the others unchanged (Dijkstra & Henseler 2015, eq. 5)."""
    factor = np.sqrt(rho) / (outer**2).sum(axis=1)
    return np.where(layout.reflective > 0, outer * factor[:, None, :], loadings * layout.member)
