"""Importance and performance: where improvement pays (GB/T 19038-2009, annex D; Martilla & James 1977)."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from satisfaction.arrays import FloatArray
from satisfaction.pls.effects import reachable
from satisfaction.pls.layout import Layout


class Quadrant(StrEnum):
    KEEP_UP = "keep-up"
    IMPROVE_FIRST = "improve-first"
    LOW_PRIORITY = "low-priority"
    OVERKILL = "possible-overkill"


QUADRANTS = {
    (True, True): Quadrant.KEEP_UP,
    (True, False): Quadrant.IMPROVE_FIRST,
    (False, False): Quadrant.LOW_PRIORITY,
    (False, True): Quadrant.OVERKILL,
}


@dataclass(frozen=True)
class Point:
    """One construct, or one of its items, in the matrix."""

    name: str
    importance: float
    performance: float
    quadrant: Quadrant


@dataclass(frozen=True)
class Matrix:
    """Everything that leads to the target, cut at the mean importance and the mean performance."""

    target: str
    importance_cut: float
    performance_cut: float
    points: tuple[Point, ...]
    items: tuple[Point, ...]

    def quadrant(self, wanted: Quadrant) -> list[Point]:
        """The points of a quadrant, the most important first."""
        points = [point for point in self.points if point.quadrant is wanted]
        return sorted(points, key=lambda point: -point.importance)


def strategy_matrix(
    *, effects: FloatArray, index: FloatArray, shares: FloatArray, unit_mean: FloatArray, layout: Layout
) -> Matrix:
    """Importance is the total effect on the target, performance the index (Ringle & Sarstedt 2016).

    An item's importance is its construct's, times its share in the index. Cutting at the means is a
    convention; a point on a cut counts as high.
    """
    importance = effects[:, layout.target]
    causes = np.flatnonzero(reachable(layout.arrow)[:, layout.target])
    points = [(layout.constructs[k], float(importance[k]), float(index[k])) for k in causes]
    among = [i for i in range(len(layout.items)) if layout.home[i] in causes]
    items = [
        (layout.items[i], float(importance[layout.home[i]] * shares[i]), float(100.0 * unit_mean[i]))
        for i in among
    ]
    cuts = float(np.mean([point[1] for point in points])), float(np.mean([point[2] for point in points]))
    item_cuts = float(np.mean([item[1] for item in items])), float(np.mean([item[2] for item in items]))
    target = layout.constructs[layout.target]
    return Matrix(target, *cuts, _placed(points, cuts), _placed(items, item_cuts))


def _placed(points: list[tuple[str, float, float]], cuts: tuple[float, float]) -> tuple[Point, ...]:
    slack = 1e-12  # rounding must not push a point off the cut it lies on
    return tuple(
        Point(name, x, y, QUADRANTS[x >= cuts[0] - slack, y >= cuts[1] - slack]) for name, x, y in points
    )
