"""How many edges a value passes, exactly, by numpy.

A quotient of whole numbers below 2**53 is rounded once, and rounding keeps order; so the rounded quotient
decides unless it equals a rounded threshold. Those rows are settled by multiplying crosswise. A sum of
quotients carries an error bound; rows within it of a threshold are settled in Python's whole numbers, and
counted.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from eligibility.bulk.arrays import EXACT, Floats, Mask, Wholes
from eligibility.bulk.encoding_plan import Ranked, whole_edges
from eligibility.bulk.machine import Register

Objects = npt.NDArray[Any]
HALF = 26
FEW_EDGES = 8
"""Up to here comparing with each edge beats searching among them."""
UNIT = 2.0**-53


class Ranks:
    """Edges passed, rows without a value, which of them are no ratio, and how many rows went to Python's whole
    numbers.
    """

    def __init__(
        self, passed: npt.NDArray[Any], missing: Mask, fallbacks: int = 0, none: Mask | None = None
    ) -> None:
        self.passed = passed
        self.missing = missing
        self.fallbacks = fallbacks
        self.none = none


def rank_whole(ranked: Ranked, register: Register) -> Ranks:
    """Ranks of whole numbers: nothing is rounded."""
    edges, values = whole_edges(ranked), register[0]
    if len(edges) > FEW_EDGES:
        return Ranks(np.searchsorted(edges, values, side="right"), register[1])
    passed = np.zeros(len(values), np.uint8)
    for edge in edges:
        passed += (values >= edge).view(np.uint8)
    return Ranks(passed, register[1])


def rank_quotients(ranked: Ranked, terms: list[tuple[Register, Register]]) -> Ranks:
    """Ranks of a sum of quotients; a zero below any of them is no ratio, though others are missing."""
    missing, none = np.zeros(len(terms[0][0][0]), np.bool_), None
    quotients, large = [], None if ranked.core.exact else missing.copy()
    with np.errstate(divide="ignore", invalid="ignore"):
        for above, below in terms:
            zero = below[0] == 0
            missing |= above[1] | below[1] | zero
            np.greater(zero, below[1], out=zero)
            if zero.any():
                none = zero if none is None else none | zero
            quotients.append(np.divide(above[0], below[0]))
            if large is not None:
                large |= (np.abs(above[0]) >= EXACT) | (np.abs(below[0]) >= EXACT)
        if len(terms) == 1:
            ranks = _rank_one(ranked, quotients[0], terms[0], missing, large)
            ranks.none = none
            return ranks
        total, size = quotients[0].copy(), np.abs(quotients[0])
        for quotient in quotients[1:]:
            total += quotient
            size += np.abs(quotient)
        size *= UNIT * 2 * (len(terms) + 2)
        lo, hi = near(ranked, total, size)
    ranks = settle_pairs(ranked, lo, hi, missing, large, lambda rows: _pair(terms, rows))
    ranks.none = none
    return ranks


def _below(ranked: Ranked, values: Floats) -> tuple[npt.NDArray[Any], Mask]:
    """How many rounded edges lie below each value, and where it equals one."""
    if ranked.buckets is not None:
        return ranked.buckets.passed(values)
    if len(ranked.floats) > FEW_EDGES:
        places = np.searchsorted(ranked.floats, values, side="left")
        return places, np.append(ranked.floats, np.nan)[places] == values
    below, equal = np.zeros(len(values), np.uint8), np.zeros(len(values), np.bool_)
    for edge in ranked.floats:
        below += (values > edge).view(np.uint8)
        equal |= values == edge
    return below, equal


def _rank_one(
    ranked: Ranked, quotient: Floats, term: tuple[Register, Register], missing: Mask, large: Mask | None
) -> Ranks:
    lo, equal = _below(ranked, quotient)
    if not ranked.narrow or (large is not None and large.any()):
        wide = np.searchsorted(ranked.floats, quotient, side="right")
        return settle_pairs(ranked, lo, wide, missing, large, lambda rows: _pair([term], rows))
    equal &= ~missing
    ties = np.flatnonzero(equal)
    if ties.size:
        above, below = term[0][0][ties], term[1][0][ties]
        sign = np.where(below < 0, -1, 1)
        lo[ties] = lo[ties] + settled(ranked, lo[ties], quotient[ties], above * sign, below * sign)
    return Ranks(lo, missing)


def settled(ranked: Ranked, first: Wholes, quotient: Floats, above: Wholes, below: Wholes) -> Wholes:
    """Edges from `first` on that a quotient passes which equals them once rounded; `below` is positive."""
    more = np.zeros(len(first), np.int64)
    padded = np.append(ranked.floats, np.nan)
    place = first.copy()
    equal = padded[place] == quotient
    while equal.any():
        edge = np.where(equal, place, 0)
        passed = crosswise(
            above, below, ranked.above[edge], ranked.below[edge], ranked.strict[edge].astype(np.bool_)
        )
        more += equal & passed
        place = np.minimum(place + 1, len(ranked.edges))
        equal &= padded[place] == quotient
    return more


def crosswise(above: Wholes, below: Wholes, p: Wholes, q: Wholes, strict: Mask) -> Mask:
    """Whether above/below >= p/q (> where strict), in two halves so that no product leaves int64."""
    low = 2**HALF - 1
    upper = (above >> HALF) * q - (below >> HALF) * p
    lower = (above & low) * q - (below & low) * p
    top, rest = upper + (lower >> HALF), lower & low
    mask: Mask = np.where(strict, (top > 0) | ((top == 0) & (rest > 0)), top >= 0)
    return mask


def near(ranked: Ranked, value: Floats, error: Floats) -> tuple[Wholes, Wholes]:
    """The least and greatest number of edges passed by a value that may be off by `error`."""
    # The rounding of the threshold itself is covered because errors are counted twice.
    with np.errstate(invalid="ignore"):
        lo = _below(ranked, value)[0].astype(np.intp)
        hi = lo.copy()
        padded = np.concatenate([[-np.inf], ranked.floats, [np.inf]])
        # The gaps to the edges on both sides; a NaN counts as close.
        far = value - padded.take(lo, mode="clip") > error
        far &= padded[1:].take(lo, mode="clip") - value > error
        rows = np.flatnonzero(~far)
        value, error = value[rows], error[rows]
        lo[rows] = np.searchsorted(ranked.floats, value - error, side="left")
        hi[rows] = np.searchsorted(ranked.floats, value + error, side="right")
    return lo, hi


def settle_pairs(
    ranked: Ranked, lo: npt.NDArray[Any], hi: npt.NDArray[Any], missing: Mask, large: Mask | None, pair: Any
) -> Ranks:
    """Decide between `lo` and `hi`, where `large` between all, in Python's whole numbers.

    `pair(rows)` gives numerators and denominators.
    """
    if large is not None:
        lo, hi = np.where(large, 0, lo), np.where(large, len(ranked.edges), hi)
    rows = np.flatnonzero((lo < hi) & ~missing)
    if rows.size:
        above, below = pair(rows)
        place, end, passed = lo[rows], hi[rows], np.zeros(rows.size, np.int64)
        ps = np.array([t.numerator for t, _ in ranked.edges], object)
        qs = np.array([t.denominator for t, _ in ranked.edges], object)
        while (place < end).any():
            edge = np.minimum(place, len(ranked.edges) - 1)
            gap = above * qs[edge] - below * ps[edge]
            over = np.where(ranked.strict[edge] == 1, gap > 0, gap >= 0).astype(np.bool_)
            passed += over & (place < end)
            place = place + 1
        lo[rows] = lo[rows] + passed
    return Ranks(lo, missing, rows.size)


def _pair(terms: list[tuple[Register, Register]], rows: Wholes) -> tuple[Objects, Objects]:
    above: Objects = np.zeros(rows.size, object)
    below: Objects = np.ones(rows.size, object)
    for upper, lower in terms:
        n, d = upper[0][rows].astype(object), lower[0][rows].astype(object)
        above, below = above * d + n * below, below * d
    negative = below < 0
    return np.where(negative, -above, above), np.where(negative, -below, below)
