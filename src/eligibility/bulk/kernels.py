# Numbers are those of wholes.Op; machine code takes flat loops and positional arguments.
"""Machine code for codes: two table-driven loops, compiled once for all programmes by numba (extra `fast`).

Both run through the steps of a plan for a block of rows whose registers stay in the cache. What cannot be settled
here in int64 is marked UNSETTLED and left to numpy.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
import numpy as np

from eligibility.bulk.cache import cache_folder

F = TypeVar("F", bound=Callable[..., Any])

BLOCK = 2048
U0, U1, U2 = np.uint8(0), np.uint8(1), np.uint8(2)
MISSING, UNSETTLED = np.uint8(255), np.uint8(254)
EXACT = 2**53
HALF, LOW = 26, 2**26 - 1
ROUNDING = 2.0**-53 * 2


def machine_code(function: F) -> F:
    """Compiled when first called, kept in the user's cache folder."""
    config: Any = numba.config
    before = config.CACHE_DIR
    config.CACHE_DIR = str(cache_folder())
    try:
        return cast(F, numba.njit(nogil=True, cache=True)(function))
    finally:
        config.CACHE_DIR = before


@machine_code
def at(register: int, sources: Any, table: Any, registers: Any, start: int, n: int) -> Any:
    """A block of a register: of the table's row where it is one as it stands, which saves a copy, else its own."""
    source = sources[register]
    if source >= 0:
        return table[source, start : start + n]
    return registers[register, :n]


@machine_code
def choose_step(n: int, to: Any, gone: Any, held: Any, a: Any, a_gone: Any, b: Any, b_gone: Any) -> None:
    """a where the condition holds, b where it doesn't, missing where it is not known."""
    for i in range(n):
        to[i] = a[i] if held[i] == U2 else b[i]
    for i in range(n):
        gone[i] = (held[i] & U1) | (a_gone[i] if held[i] == U2 else b_gone[i])


@machine_code
def whole_step(
    op: int, n: int, to: Any, gone: Any, a: Any, a_gone: Any, b: Any, b_gone: Any, param: int, years: Any
) -> None:
    """A step on whole numbers: values into `to`, missing into `gone`."""
    if op == 2:
        for i in range(n):
            to[i] = a[i] + b[i]
            gone[i] = a_gone[i] | b_gone[i]
    elif op == 3:
        for i in range(n):
            to[i] = a[i] - b[i]
            gone[i] = a_gone[i] | b_gone[i]
    elif op == 4:
        for i in range(n):
            to[i] = a[i] * param
            gone[i] = a_gone[i]
    elif op == 5:
        for i in range(n):
            to[i] = min(a[i], b[i])
            gone[i] = a_gone[i] | b_gone[i]
    elif op == 6:
        for i in range(n):
            to[i] = max(a[i], b[i])
            gone[i] = a_gone[i] | b_gone[i]
    elif op == 7:
        for i in range(n):
            to[i] = b[i] if a_gone[i] else a[i]
            gone[i] = a_gone[i] & b_gone[i]
    elif op == 9:
        for i in range(n):
            to[i] = years[a[i]]
            gone[i] = a_gone[i]


@machine_code
def run_machine(
    steps: Any, params: Any, sources: Any, byte_places: Any, facts: Any, absent: Any, small: Any, start: int,
    n: int,
    wholes: Any, gone: Any, logic: Any, years: Any,
) -> None:  # fmt: skip
    """All steps of the machine for a block of rows; a fact that the table has takes none."""
    for s in range(steps.shape[0]):
        op, to, a, b, c = steps[s, 0], steps[s, 1], steps[s, 2], steps[s, 3], steps[s, 4]
        if op == 0:
            if sources[0, to] < 0:
                gone[to, :n] = U1
        elif op == 1:
            wholes[to, :n] = params[a]
            gone[to, :n] = U0
        elif op == 8:
            choose_step(
                n, wholes[to], gone[to], logic[a],
                at(b, sources[0], facts, wholes, start, n), at(b, sources[1], absent, gone, start, n),
                at(c, sources[0], facts, wholes, start, n), at(c, sources[1], absent, gone, start, n),
            )  # fmt: skip
        elif op == 10:
            held, fact_gone = logic[b], at(a, sources[1], absent, gone, start, n)
            if sources[0, to] < 0:
                wholes[to, :n] = 0
            for i in range(n):
                gone[to, i] = fact_gone[i] if held[i] != U0 else U0
        elif op < 10:
            other = b if op in (2, 3, 5, 6, 7) else a
            factor = params[b] if op == 4 else 0
            whole_step(
                op, n, wholes[to], gone[to],
                at(a, sources[0], facts, wholes, start, n), at(a, sources[1], absent, gone, start, n),
                at(other, sources[0], facts, wholes, start, n), at(other, sources[1], absent, gone, start, n),
                factor, years,
            )  # fmt: skip
        elif op == 11 or op == 13:
            bits = params[b] if op == 13 else 2
            if byte_places[a] < 0:
                logic[to, :n] = U1
            else:
                for i in range(n):
                    code = small[byte_places[a], start + i]
                    logic[to, i] = U1 if code == MISSING else U2 if (bits >> code) & 1 else U0
        elif op == 12:
            least, target = params[b], logic[to]
            values, lost = (
                at(a, sources[0], facts, wholes, start, n),
                at(a, sources[1], absent, gone, start, n),
            )
            for i in range(n):
                target[i] = U1 if lost[i] else U2 if values[i] >= least else U0
        elif op == 14:
            for i in range(n):
                logic[to, i] = U2 - logic[a, i]
        elif op == 15:
            for i in range(n):
                logic[to, i] = min(logic[a, i], logic[b, i])
        else:
            for i in range(n):
                logic[to, i] = max(logic[a, i], logic[b, i])


@machine_code
def below_count(edges: Any, value: float) -> int:
    """How many edges are below the value, without a branch to guess."""
    base, left = 0, edges.shape[0]
    while left > 1:
        half = left >> 1
        base += half if edges[base + half - 1] < value else 0
        left -= half
    return base + (1 if left == 1 and edges[base] < value else 0)


@machine_code
def rank_floats(floats: Any, frame: Any, edges: Any, counts: Any, values: Any, n: int, rank: Any) -> None:
    """Edges below floats: by buckets where there are any, see `buckets`, else by search."""
    size = edges.shape[0]
    if size == 0:
        for i in range(n):
            rank[i] = below_count(floats, values[i])
        return
    start, scale, last = frame[0], frame[1], size - 1.0
    for i in range(n):
        scaled = (values[i] - start) * scale
        # A NaN fails both tests and goes to the first bucket.
        place = int(last) if scaled >= last else int(scaled) if scaled > 0.0 else 0
        rank[i] = counts[0, place] + (counts[1, place] if values[i] > edges[place] else 0)


@machine_code
def rank_whole(edges: Any, values: Any, n: int, rank: Any) -> None:
    """Edges passed by whole numbers."""
    for i in range(n):
        rank[i] = below_count(edges, values[i] + 1)


@machine_code
def settle(
    above: int, below: int, floats: Any, ps: Any, qs: Any, strict: Any, place: int, value: float
) -> int:
    """Edges passed by a quotient that equals thresholds after rounding, from `place` on; crosswise, in two halves."""
    if below < 0:
        above, below = -above, -below
    passed = place
    while place < floats.shape[0] and floats[place] == value:
        upper = (above >> HALF) * qs[place] - (below >> HALF) * ps[place]
        lower = (above & LOW) * qs[place] - (below & LOW) * ps[place]
        top, rest = upper + (lower >> HALF), lower & LOW
        if top > 0 or (top == 0 and (rest > 0 or strict[place] == 0)):
            passed += 1
        place += 1
    return passed


@machine_code
def rank_quotient(
    floats: Any, frame: Any, edges: Any, counts: Any, ps: Any, qs: Any, strict: Any, narrow: bool,
    above: Any, below: Any, below_gone: Any, gone: Any, n: int, quotient: Any, rank: Any,
) -> int:  # fmt: skip
    """Edges passed by one quotient; -1 is unsettled. Returns how many are. Where it is no ratio `gone` becomes 2."""
    unsettled = 0
    for i in range(n):
        if below[i] == 0 and below_gone[i] == 0:
            gone[i] = U2
        quotient[i] = above[i] / (below[i] if below[i] != 0 else 1)
    rank_floats(floats, frame, edges, counts, quotient, n, rank)
    for i in range(n):
        place = rank[i]
        tie = place < floats.shape[0] and floats[place] == quotient[i]
        large = abs(above[i]) >= EXACT or abs(below[i]) >= EXACT
        if (tie or large) and not gone[i]:
            if large or not narrow:
                rank[i] = -1
                unsettled += 1
            else:
                rank[i] = settle(above[i], below[i], floats, ps, qs, strict, place, quotient[i])
    return unsettled


@machine_code
def rank_sum(
    floats: Any, frame: Any, edges: Any, counts: Any, terms: Any, sources: Any, facts: Any, absent: Any,
    wholes: Any, gone: Any, start: int, n: int,
    total: Any, size: Any, rank: Any, lost: Any,
) -> int:  # fmt: skip
    """Edges passed by a sum of quotients; -1 where the error bound reaches a threshold. Returns how many. `lost` has a
    bit for what is missing and one, which outweighs it, for no ratio."""
    unsettled = 0
    total[:n] = 0.0
    size[:n] = 0.0
    lost[:n] = U0
    for t in range(terms.shape[0]):
        above = at(terms[t, 0], sources[0], facts, wholes, start, n)
        below = at(terms[t, 1], sources[0], facts, wholes, start, n)
        above_gone = at(terms[t, 0], sources[1], absent, gone, start, n)
        below_gone = at(terms[t, 1], sources[1], absent, gone, start, n)
        for i in range(n):
            quotient = above[i] / (below[i] if below[i] != 0 else 1)
            large = abs(above[i]) >= EXACT or abs(below[i]) >= EXACT
            total[i] += quotient
            size[i] += np.inf if large else abs(quotient)
            lost[i] |= above_gone[i] | below_gone[i]
            lost[i] |= U2 if below[i] == 0 and below_gone[i] == 0 else U0
    count = floats.shape[0]
    rank_floats(floats, frame, edges, counts, total, n, rank)
    for i in range(n):
        error = size[i] * ROUNDING * (terms.shape[0] + 2)
        place = rank[i]
        close = (place < count and not floats[place] - total[i] > error) or (
            place > 0 and not total[i] - floats[place - 1] > error
        )
        if close and not lost[i]:
            rank[i] = -1
            unsettled += 1
    return unsettled


@machine_code
def encode_rows(
    steps: Any, params: Any, sources: Any, byte_places: Any, facts: Any, absent: Any, small: Any,
    registers: Any, cores: Any, terms: Any, floats: Any, whole_edges: Any, ps: Any, qs: Any, strict: Any,
    local: Any, frames: Any, bucket_edges: Any, bucket_counts: Any, years: Any, start: int, end: int, out: Any,
    unsettled: Any,
) -> None:  # fmt: skip
    """The codes of rows from start to end. A row of `cores`: whole, terms from, to, edges from, to, first column,
    planes, local from, narrow, buckets from, how many; `sources` has
    for each register the row of the table that its values are, and its mask, or -1; `years` the year of each ordinal."""
    wholes = np.zeros((registers[0], BLOCK), np.int64)
    gone = np.zeros((registers[0], BLOCK), np.uint8)
    logic = np.zeros((registers[1], BLOCK), np.uint8)
    rank = np.zeros(BLOCK, np.int64)
    lost = np.zeros(BLOCK, np.uint8)
    total, size = np.zeros(BLOCK, np.float64), np.zeros(BLOCK, np.float64)
    for first in range(start, end, BLOCK):
        n = min(BLOCK, end - first)
        run_machine(
            steps, params, sources, byte_places, facts, absent, small, first, n, wholes, gone, logic, years
        )
        for k in range(cores.shape[0]):
            core = cores[k]
            lo, hi, edges = core[3], core[4], core[4] - core[3]
            thresholds = bucket_edges[core[9] : core[9] + core[10]]
            counts = bucket_counts[:, core[9] : core[9] + core[10]]
            if core[0] >= 0:
                rank_whole(whole_edges[lo:hi], at(core[0], sources[0], facts, wholes, first, n), n, rank)
                lost[:n] = at(core[0], sources[1], absent, gone, first, n)
            elif core[2] - core[1] == 1:
                above, below = terms[core[1], 0], terms[core[1], 1]
                above_gone = at(above, sources[1], absent, gone, first, n)
                below_gone = at(below, sources[1], absent, gone, first, n)
                for i in range(n):
                    lost[i] = above_gone[i] | below_gone[i]
                unsettled[k] += rank_quotient(
                    floats[lo:hi], frames[k], thresholds, counts, ps[lo:hi], qs[lo:hi], strict[lo:hi],
                    core[8] == 1, at(above, sources[0], facts, wholes, first, n),
                    at(below, sources[0], facts, wholes, first, n), below_gone, lost, n, total, rank,
                )  # fmt: skip
            elif core[2] > core[1]:
                unsettled[k] += rank_sum(
                    floats[lo:hi], frames[k], thresholds, counts, terms[core[1] : core[2]], sources, facts,
                    absent, wholes, gone, first, n,
                    total, size, rank, lost,
                )  # fmt: skip
            else:
                continue
            for plane in range(core[6]):
                codes = local[core[7] + plane * (edges + 1) : core[7] + (plane + 1) * (edges + 1)]
                target = out[core[5] + plane]
                for i in range(n):
                    place = rank[i]
                    code = codes[max(place, 0)]
                    kept = UNSETTLED if place < 0 else code
                    target[first + i] = kept if lost[i] == 0 else MISSING if lost[i] == 1 else U0
