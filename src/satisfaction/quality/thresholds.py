"""The field's usual thresholds. They are conventions: falling short is reported, never forbidden."""

from collections.abc import Iterator

import numpy as np

from satisfaction.arrays import BoolArray, FloatArray
from satisfaction.pls.estimate import Estimates
from satisfaction.pls.layout import Layout
from satisfaction.problems import Problem, listed, problem
from satisfaction.quality.assess import Quality

RELIABILITY = 0.7  # Nunnally 1978, p. 245
EXTRACTED = 0.5  # Fornell & Larcker 1981
HTMT_LIMIT = 0.9  # Henseler et al. 2015; they also give a strict 0.85
VIF_LIMIT = 5.0  # Hair, Ringle & Sarstedt 2011


def quality_warnings(quality: Quality, estimates: Estimates, layout: Layout) -> Iterator[Problem]:
    yield from _blocks_below(quality, layout)
    yield from _not_distinct(quality, layout)
    yield from _item_warnings(quality, estimates, layout)
    yield from _improper(quality, estimates, layout)
    single = [name for name, size in zip(layout.constructs, layout.sizes, strict=True) if size == 1]
    formative = [layout.constructs[layout.home[block[0]]] for block in layout.formative if len(block) > 1]
    for name, constructs in (("single-item-construct", single), ("formative-construct", formative)):
        if constructs:
            yield problem(name, constructs=listed(constructs))


def _blocks_below(quality: Quality, layout: Layout) -> Iterator[Problem]:
    """Only mode A blocks are held to these: the items of a mode B block need not agree (Hair et al. 2011)."""
    for name, values, limit in (
        ("low-alpha", quality.alpha, RELIABILITY),
        ("low-composite-reliability", quality.rho_c, RELIABILITY),
        ("low-ave", quality.ave, EXTRACTED),
    ):
        reflective = np.flatnonzero(layout.reflective)
        low = [f"{layout.constructs[k]} {values[k]:.3f}" for k in reflective if values[k] < limit]
        if low:
            yield problem(name, constructs=listed(low), limit=limit)


def _not_distinct(quality: Quality, layout: Layout) -> Iterator[Problem]:
    table = np.abs(quality.fornell_larcker)
    diagonal = np.diagonal(table)
    close = _pairs(layout, table > np.minimum.outer(diagonal, diagonal), table)
    if close:
        yield problem("fornell-larcker", pairs=listed(close))
    high = _pairs(layout, quality.htmt > HTMT_LIMIT, quality.htmt)
    if high:
        yield problem("high-htmt", pairs=listed(high), limit=HTMT_LIMIT)


def _pairs(layout: Layout, where: BoolArray, values: FloatArray) -> list[str]:
    """Pairs of different constructs, each once; single items and mode B have no AVE to compare with."""
    several = [k for k in range(len(layout.constructs)) if layout.reflective[k]]
    return [
        f"{layout.constructs[i]}–{layout.constructs[j]} {values[i, j]:.3f}"
        for i in several
        for j in several
        if i < j and where[i, j]
    ]


def _item_warnings(quality: Quality, estimates: Estimates, layout: Layout) -> Iterator[Problem]:
    vif = [f"{layout.items[i]} {quality.vif[i]:.1f}" for i in np.flatnonzero(quality.vif > VIF_LIMIT)]
    if vif:
        yield problem("high-vif", items=listed(vif), limit=VIF_LIMIT)
    against = [layout.items[i] for i in np.flatnonzero(estimates.weights[0] < 0)]
    if against:
        yield problem("negative-weight", items=listed(against))


def _improper(quality: Quality, estimates: Estimates, layout: Layout) -> Iterator[Problem]:
    """Values a proper solution cannot have. NaN counts as one of them."""
    off_diagonal = ~np.eye(len(layout.constructs), dtype=bool)
    values = [
        *_beyond_one("path", estimates.paths[0], layout),
        *_beyond_one("r", np.where(off_diagonal, estimates.correlations[0], 0.0), layout),
        *_beyond_one("HTMT", np.where(off_diagonal, quality.htmt, 0.0), layout),
        *[
            f"ρA {layout.constructs[k]} {value:.3f}"
            for k, value in enumerate(quality.rho_a)
            if not 0.0 < value <= 1.0 + 1e-9
        ],
    ]
    if values:
        yield problem("improper-solution", values=listed(values, 12))


def _beyond_one(what: str, table: FloatArray, layout: Layout) -> list[str]:
    """Cells above 1 in size; a symmetric table names each pair once."""
    cells = [(int(i), int(j)) for i, j in np.argwhere(~(np.abs(table) <= 1.0 + 1e-9))]
    once = [(i, j) for i, j in cells if i < j or (j, i) not in cells]
    return [f"{what} {layout.constructs[i]}–{layout.constructs[j]} {table[i, j]:.3f}" for i, j in once]
