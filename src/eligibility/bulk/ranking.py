"""How many edges a value passes, exactly, by numpy.

A quotient of whole numbers below 2**53 is rounded once, and rounding keeps order; so the rounded quotient
decides
unless it equals a rounded threshold. Those rows are settled by multiplying crosswise. A sum of quotients
carries an
error bound; rows within it of a threshold are settled in Python's whole numbers, and counted.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from eligibility.bulk.arrays import EXACT, Floats, Mask, Wholes
from eligibility.bulk.encoding_plan import Ranked, whole_edges
from eligibility.bulk.machine import Register

Objects = npt.NDArray[Any]
HALF = 26
UNIT = 2.0**-53


class Ranks:
    """Edges passed, missing rows, and how many rows went to Python's whole numbers."""

    def __init__(self, passed: npt.NDArray[Any], missing: Mask, fallbacks: int = 0) -> None:
        self.passed = passed
        self.missing = missing
        self.fallbacks = fallbacks


def rank_whole(one: Ranked, register: Register) -> Ranks:
    """Ranks of whole numbers: nothing is rounded."""
    return Ranks(np.searchsorted(whole_edges(one), register[0], side="right"), register[1])


def rank_quotients(one: Ranked, terms: list[tuple[Register, Register]]) -> Ranks:
    """Ranks of a sum of quotients; a zero below is a missing value."""
    missing = np.logical_or.reduce([above[1] | below[1] | (below[0] == 0) for above, below in terms])
    large = np.logical_or.reduce(
        [(np.abs(part) >= EXACT) for above, below in terms for part in (above[0], below[0])]
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        quotients = [np.divide(above[0], below[0]) for above, below in terms]
    if len(terms) == 1:
        return _rank_one(one, quotients[0], terms[0], missing, large)
    total = np.add.reduce(quotients)
    error = np.add.reduce([np.abs(q) for q in quotients]) * (UNIT * 2 * (len(terms) + 2))
    lo, hi = near(one, total, error)
    return settle_pairs(one, lo, hi, missing, large, lambda rows: _pair(terms, rows))


def _rank_one(
    one: Ranked, quotient: Floats, term: tuple[Register, Register], missing: Mask, large: Mask
) -> Ranks:
    lo = np.searchsorted(one.floats, quotient, side="left")
    padded = np.append(one.floats, np.nan)
    ties = np.flatnonzero((padded[lo] == quotient) & ~missing & ~large)
    if not one.narrow:
        hi = np.searchsorted(one.floats, quotient, side="right")
        return settle_pairs(one, lo, hi, missing, large, lambda rows: _pair([term], rows))
    if ties.size:
        above, below = term[0][0][ties], term[1][0][ties]
        sign = np.where(below < 0, -1, 1)
        lo[ties] += settled(one, lo[ties], quotient[ties], above * sign, below * sign)
    if large.any():
        everything = np.where(large, len(one.edges), lo)
        return settle_pairs(
            one, np.where(large, 0, lo), everything, missing, large, lambda r: _pair([term], r)
        )
    return Ranks(lo, missing)


def settled(one: Ranked, first: Wholes, quotient: Floats, above: Wholes, below: Wholes) -> Wholes:
    """Edges from `first` on that a quotient passes which equals them once rounded; `below` is positive."""
    more = np.zeros(len(first), np.int64)
    padded = np.append(one.floats, np.nan)
    place = first.copy()
    equal = padded[place] == quotient
    while equal.any():
        edge = np.where(equal, place, 0)
        passed = crosswise(above, below, one.above[edge], one.below[edge], one.strict[edge].astype(np.bool_))
        more += equal & passed
        place = np.minimum(place + 1, len(one.edges))
        equal &= padded[place] == quotient
    return more


def crosswise(above: Wholes, below: Wholes, p: Wholes, q: Wholes, strict: Mask) -> Mask:
    """Whether above/below >= p/q (> where strict), in two halves so that no product leaves int64."""
    low = 2**HALF - 1
    upper = (above >> HALF) * q - (below >> HALF) * p
    lower = (above & low) * q - (below & low) * p
    top, rest = upper + (lower >> HALF), lower & low
    found: Mask = np.where(strict, (top > 0) | ((top == 0) & (rest > 0)), top >= 0)
    return found


def near(one: Ranked, value: Floats, error: Floats) -> tuple[Wholes, Wholes]:
    """The least and greatest number of edges passed by a value that may be off by `error`."""
    # The rounding of the threshold itself is covered because errors are counted twice.
    lo = np.searchsorted(one.floats, value, side="left")
    hi = lo.copy()
    padded = np.concatenate([[-np.inf], one.floats, [np.inf]])
    with np.errstate(invalid="ignore"):
        close = ~((padded[lo + 1] - value > error) & (value - padded[lo] > error))
        rows = np.flatnonzero(close)
        value, error = value[rows], error[rows]
        lo[rows] = np.searchsorted(one.floats, value - error, side="left")
        hi[rows] = np.searchsorted(one.floats, value + error, side="right")
    return lo, hi


def settle_pairs(one: Ranked, lo: Wholes, hi: Wholes, missing: Mask, large: Mask, pair: Any) -> Ranks:
    """Decide between `lo` and `hi` in Python's whole numbers. `pair(rows)` gives numerators and
    denominators.
    """
    lo, hi = np.where(large, 0, lo), np.where(large, len(one.edges), hi)
    rows = np.flatnonzero((lo < hi) & ~missing)
    if rows.size:
        above, below = pair(rows)
        place, end, passed = lo[rows], hi[rows], np.zeros(rows.size, np.int64)
        ps = np.array([t.numerator for t, _ in one.edges], object)
        qs = np.array([t.denominator for t, _ in one.edges], object)
        while (place < end).any():
            edge = np.minimum(place, len(one.edges) - 1)
            gap = above * qs[edge] - below * ps[edge]
            over = np.where(one.strict[edge] == 1, gap > 0, gap >= 0).astype(np.bool_)
            passed += over & (place < end)
            place = place + 1
        lo[rows] += passed
    return Ranks(lo, missing, rows.size)


def _pair(terms: list[tuple[Register, Register]], rows: Wholes) -> tuple[Objects, Objects]:
    above: Objects = np.zeros(rows.size, object)
    below: Objects = np.ones(rows.size, object)
    for upper, lower in terms:
        n, d = upper[0][rows].astype(object), lower[0][rows].astype(object)
        above, below = above * d + n * below, below * d
    negative = below < 0
    return np.where(negative, -above, above), np.where(negative, -below, below)
