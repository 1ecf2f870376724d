"""Finding how many edges lie below a value without a search: even buckets, each with at most one threshold.

Scaling and cutting a value to its bucket keeps order, rounded as it may be: an edge of an earlier bucket lies
below the value, one of a later bucket does not, and the one edge of the value's own bucket is compared.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eligibility.bulk.arrays import Bytes, Floats, Mask, Wholes

SIZES = (64, 512, 4096)
FEWEST, MOST = 2, 255


@dataclass(frozen=True, slots=True)
class Buckets:
    """For each bucket the edges below it, its own threshold (NaN: none), and how many edges that is."""

    start: float
    scale: float
    below: Bytes
    edge: Floats
    own: Bytes

    def place(self, values: Floats) -> Wholes:
        """The bucket of each value. A NaN gets any, even one that is not there."""
        with np.errstate(invalid="ignore", over="ignore"):
            scaled = values - self.start
            scaled *= self.scale
            np.clip(scaled, 0, len(self.edge) - 1, out=scaled)
            return scaled.astype(np.intp)

    def passed(self, values: Floats) -> tuple[Bytes, Mask]:
        """How many edges lie below each value, and where the value equals one."""
        places = self.place(values)
        edge = self.edge.take(places, mode="clip")
        below: Bytes = np.greater(values, edge).view(np.uint8)
        below *= self.own.take(places, mode="clip")
        below += self.below.take(places, mode="clip")
        return below, np.equal(values, edge)


def buckets_of(edges: Floats) -> Buckets | None:
    """The fewest buckets that keep thresholds apart; None where there are few edges, or they lie too close."""
    apart = np.unique(edges)
    if not FEWEST < len(edges) <= MOST or len(apart) < FEWEST or not np.isfinite(apart).all():
        return None
    for size in SIZES:
        buckets = _buckets(edges, apart, size)
        if buckets is not None:
            return buckets
    return None


def _buckets(edges: Floats, apart: Floats, size: int) -> Buckets | None:
    start, scale = float(apart[0]), size / float(apart[-1] - apart[0])
    if not np.isfinite(scale):
        return None
    empty = Buckets(start, scale, np.zeros(0, np.uint8), np.full(size + 2, np.nan), np.zeros(0, np.uint8))
    places = empty.place(apart)
    if len(np.unique(places)) < len(apart):
        return None
    edge, own = empty.edge, np.zeros(size + 2, np.uint8)
    edge[places] = apart
    own[places] = np.searchsorted(edges, apart, side="right") - np.searchsorted(edges, apart, side="left")
    below: npt.NDArray[np.int64] = np.concatenate([[0], np.cumsum(own)[:-1]])
    return Buckets(start, scale, below.astype(np.uint8), edge, own)
