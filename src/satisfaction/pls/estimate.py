"""From correlations of items to weights, loadings, path coefficients and R²."""

from dataclasses import dataclass

import numpy as np

from satisfaction.arrays import BoolArray, FloatArray, IntArray
from satisfaction.pls.consistent import factor_correlations, factor_loadings, rho_a
from satisfaction.pls.layout import Layout
from satisfaction.pls.signs import majority_signs
from satisfaction.pls.weights import Iteration, find_weights


@dataclass(frozen=True, eq=False)
class Estimates:
    """Results of one or many samples; the first axis of every array counts them."""

    weights: FloatArray  # [sample, item]
    loadings: FloatArray  # [sample, item]
    crossed: FloatArray  # [sample, item, construct]: correlation of each item with each composite
    correlations: FloatArray  # [sample, construct, construct]
    paths: FloatArray  # [sample, cause, effect]
    r2: FloatArray  # [sample, construct]
    rho_a: FloatArray  # [sample, construct]
    iterations: IntArray
    converged: BoolArray


@np.errstate(divide="ignore", invalid="ignore", over="ignore")
def estimate(
    *, correlations: FloatArray, layout: Layout, how: Iteration | None = None, plsc: bool = False
) -> Estimates:
    """PLS path models of samples given as correlation matrices [sample, item, item].

    Paths are least squares of each composite on its causes and R² its explained share of variance (Wold
    1982); with `plsc` both come from correlations corrected for attenuation (Dijkstra & Henseler 2015).
    """
    weights = find_weights(correlations, layout, how or Iteration())
    crossed = correlations @ weights.outer
    signs = majority_signs(crossed * layout.member)[:, None, :]
    outer, crossed = weights.outer * signs, crossed * signs
    rho = rho_a(outer, layout)
    loadings = factor_loadings(outer, crossed, rho, layout) if plsc else crossed * layout.member
    links = outer.swapaxes(1, 2) @ crossed
    links = factor_correlations(links, rho) if plsc else links
    paths = layout.regressions.coefficients(links)
    return Estimates(
        weights=outer.sum(axis=2),
        loadings=loadings.sum(axis=2),
        crossed=crossed,
        correlations=links,
        paths=paths,
        r2=(paths * links).sum(axis=1),
        rho_a=rho,
        iterations=weights.iterations,
        converged=weights.converged & np.isfinite(paths).all(axis=(1, 2)),
    )
