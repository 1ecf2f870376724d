"""The iteration that finds the outer weights, on correlations only: its cost does not depend on the rows."""

from dataclasses import dataclass

import numpy as np

from satisfaction.arrays import BoolArray, FloatArray, IntArray
from satisfaction.pls.layout import Layout
from satisfaction.pls.schemes import INNER_WEIGHTS, Scheme

SINGULAR = 1e-12  # smallest eigenvalue of item correlations that can still be inverted


@dataclass(frozen=True)
class Iteration:
    """How to iterate. The tolerance is a convention; 1e-7 is the field's usual one, ours is safer."""

    scheme: Scheme = Scheme.PATH
    tolerance: float = 1e-9
    limit: int = 300


@dataclass(frozen=True, eq=False)
class Weights:
    """Outer weights [sample, item, construct] of composites with unit variance, and how they were reached."""

    outer: FloatArray
    iterations: IntArray
    converged: BoolArray


def find_weights(correlations: FloatArray, layout: Layout, how: Iteration) -> Weights:
    """Wold's algorithm for many samples together (Wold 1982; Lohmöller 1989, table 2.1; Tenenhaus et al.
    2005).

    Start from equal weights; a sample that has settled leaves the stack. Composites have unit variance in
    every step (convention). Weights are compared in size only: a construct whose sign alternates has settled.
    """
    result = _blank(len(correlations), layout)
    going = np.arange(len(correlations))
    regress = _mode_b(correlations, layout)
    outer, spread = _scaled(correlations, np.broadcast_to(layout.member, result.outer.shape))
    for step in range(1, how.limit + 1):
        inner = INNER_WEIGHTS[how.scheme](outer.swapaxes(1, 2) @ spread, layout)
        fresh = (spread @ inner) * layout.member
        if regress is not None:
            fresh = regress @ fresh
        fresh, spread = _scaled(correlations, fresh)
        change = np.abs(np.abs(fresh) - np.abs(outer)).max(axis=(1, 2))
        outer, on = fresh, change > how.tolerance
        if not on.all():
            # samples without weights leave too: NaN is neither settled nor going on
            _store(result, going, outer, step, change <= how.tolerance)
            going, correlations, outer, spread = going[on], correlations[on], outer[on], spread[on]
            regress = None if regress is None else regress[on]
            if not len(going):
                break
    return result


def _blank(samples: int, layout: Layout) -> Weights:
    shape = (samples, *layout.member.shape)
    return Weights(np.full(shape, np.nan), np.zeros(samples, dtype=np.intp), np.zeros(samples, dtype=bool))


def _store(result: Weights, going: IntArray, outer: FloatArray, step: int, settled: BoolArray) -> None:
    result.outer[going[settled]] = outer[settled]
    result.converged[going[settled]] = True
    result.iterations[going[settled]] = step


def _scaled(correlations: FloatArray, outer: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Weights brought to composites of unit variance, and the covariances of items and composites."""
    spread = correlations @ outer
    scale = 1.0 / np.sqrt((outer * spread).sum(axis=1, keepdims=True))
    return outer * scale, spread * scale


def _mode_b(correlations: FloatArray, layout: Layout) -> FloatArray | None:
    """Inverse item correlations of mode B blocks, whose weights are regression coefficients (Wold 1982)."""
    if not layout.formative:
        return None
    inverse = np.broadcast_to(np.eye(len(layout.items)), correlations.shape).copy()
    for block in layout.formative:
        inside = np.ix_(np.arange(len(correlations)), block, block)
        inverse[inside] = _inverses(correlations[inside])
    return inverse


def _inverses(stack: FloatArray) -> FloatArray:
    """Inverses of correlation matrices; NaN for one that is singular, so that the others still count."""
    values = np.linalg.eigvalsh(np.nan_to_num(stack))[:, 0]
    singular = values < SINGULAR
    inverse: FloatArray = np.linalg.inv(np.where(singular[:, None, None], np.eye(stack.shape[-1]), stack))
    inverse[singular] = np.nan
    return inverse
