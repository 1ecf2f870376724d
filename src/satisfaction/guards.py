"""What stops an analysis: answers no model can be made of, and estimates that are none."""

import numpy as np

from satisfaction.arrays import FloatArray
from satisfaction.moments import Moments
from satisfaction.pls.estimate import Estimates
from satisfaction.pls.layout import Layout
from satisfaction.pls.weights import Iteration
from satisfaction.problems import SatisfactionError, listed

SINGULAR = 1e-10  # smallest eigenvalue of a correlation matrix that still counts as independent
CANCELLED = 1e6  # a share of an item beyond which weights have cancelled out but for rounding


def check_enough(n: int, layout: Layout, floor: int) -> None:
    """n answers give item correlations of rank n − 1 at most; few answers could be traced to people."""
    for construct, items in layout.model.constructs.items():
        if len(items) > 1 and n <= len(items):
            raise SatisfactionError("fewer-answers-than-items", construct=construct, n=n, items=len(items))
    if n < floor:
        raise SatisfactionError("too-few-to-show", n=n, floor=floor)


def constant_items(moments: Moments, layout: Layout) -> list[str]:
    """Items everybody answered alike. Rounding may leave a trace of variance, so it is judged by size."""
    trace = 1e-12 * np.maximum(layout.span, np.abs(moments.mean))
    return [layout.items[place] for place in np.flatnonzero(moments.deviation <= trace)]


def check_varies(moments: Moments, layout: Layout) -> None:
    constant = constant_items(moments, layout)
    if constant:
        raise SatisfactionError("constant-item", item=listed(constant), n=moments.n)


def check_independent(correlation: FloatArray, layout: Layout) -> None:
    """An item that follows from others of its construct adds nothing and makes its weight arbitrary."""
    for construct, block in zip(layout.constructs, layout.blocks, strict=True):
        together = dependent(correlation[np.ix_(block, block)])
        if together:
            items = [layout.items[block[place]] for place in together]
            raise SatisfactionError("collinear-items", construct=construct, items=listed(items))


def dependent(correlation: FloatArray) -> list[int]:
    """Which variables take part in an exact linear relation, none if there is no such relation."""
    values, vectors = np.linalg.eigh(correlation)
    if values[0] > SINGULAR:
        return []
    return [int(place) for place in np.flatnonzero(np.abs(vectors[:, 0]) > SINGULAR**0.5)]


def check_estimates(
    correlation: FloatArray, estimates: Estimates, layout: Layout, how: Iteration, *, plsc: bool
) -> None:
    """Refuse to show numbers that are not estimates of anything."""
    if not np.isfinite(estimates.weights).all():
        # the usual reason, told apart by composites with equal weights
        _check_constructs(layout.member.T @ correlation @ layout.member, layout)
        raise SatisfactionError("no-convergence", limit=how.limit, scheme=how.scheme.value)
    composites = estimates.crossed[0].T @ (layout.member * estimates.weights[0][:, None])
    _check_constructs(composites, layout)
    if plsc:
        _check_reliabilities(estimates.rho_a[0], layout)


def _check_constructs(covariance: FloatArray, layout: Layout) -> None:
    """Causes of one construct that determine each other have no effects of their own."""
    scale = 1.0 / np.sqrt(np.diagonal(covariance))
    correlation = covariance * np.outer(scale, scale)
    for effect, name in enumerate(layout.constructs):
        causes = np.flatnonzero(layout.arrow[:, effect])
        together = dependent(correlation[np.ix_(causes, causes)]) if len(causes) > 1 else []
        if together:
            named = [layout.constructs[causes[place]] for place in together]
            raise SatisfactionError("collinear-constructs", construct=name, causes=listed(named))


def check_shares(shares: FloatArray, layout: Layout) -> None:
    """Weights of both signs may add up to nothing, and then no mean can be made with them."""
    undefined = sorted({layout.home[item] for item in np.flatnonzero(~(np.abs(shares) < CANCELLED))})
    if undefined:
        raise SatisfactionError("weights-cancel", construct=listed([layout.constructs[k] for k in undefined]))


def _check_reliabilities(rho: FloatArray, layout: Layout) -> None:
    """The correction divides by √ρA: without a positive one there is nothing to divide by."""
    bad = [name for name, value in zip(layout.constructs, rho, strict=True) if not 0.0 < value < np.inf]
    if bad:
        raise SatisfactionError("improper-reliability", construct=listed(bad))
