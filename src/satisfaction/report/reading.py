"""What the figures mean in practice: the points a summary is made of."""

from dataclasses import dataclass

import numpy as np

from satisfaction.analysis import Analysis
from satisfaction.index import index_error
from satisfaction.pls.effects import reachable, total_effects
from satisfaction.strategy import Matrix, Point, Quadrant

GRADES = ((85.0, "very-good"), (75.0, "good"), (60.0, "fair"), (-np.inf, "poor"))  # convention of this report
ITEMS_TO_NAME = 2


@dataclass(frozen=True)
class Lever:
    """A construct to work on: what ten index points of it may bring, and its questions with most to gain."""

    name: str
    index: float
    gain: float
    items: tuple[str, ...]
    sure: bool


def grade(index: float) -> str:
    return next(name for floor, name in GRADES if index >= floor)


def points_per_ten(result: Analysis, construct: int) -> float:
    """Points of the target's index that go with ten points of a construct's.

    The total effect counts in standard deviations; the ratio of the deviations of both indices turns it into
    points (unstandardised total effect, Ringle & Sarstedt 2016). It is an association, not a promise.
    """
    if result.estimates is None:
        return 0.0
    effect = total_effects(result.estimates.paths)[0][construct, result.layout.target]
    deviation = index_error(result.moments, result.shares, result.layout)
    return float(10.0 * effect * deviation[result.layout.target] / deviation[construct])


def is_sure_driver(result: Analysis, construct: int) -> bool:
    """Whether the interval of the total effect on the target leaves out zero."""
    spread = result.spreads.get("total_effects")
    if spread is None:
        return False
    target = result.layout.target
    return bool(spread.low[construct, target] > 0 or spread.high[construct, target] < 0)


def levers(result: Analysis, matrix: Matrix) -> tuple[list[Lever], bool]:
    """What to improve first, and whether the matrix says so itself.

    Where its quadrant is empty, the construct named is the one where closing the gap to 100 would move the
    target most: importance times what is left to gain (convention of this report).
    """
    first = matrix.quadrant(Quadrant.IMPROVE_FIRST)
    if first:
        return [_lever(result, matrix, point) for point in first], True
    best = max(matrix.points, key=lambda point: point.importance * (100.0 - point.performance))
    return [_lever(result, matrix, best)], False


def _lever(result: Analysis, matrix: Matrix, point: Point) -> Lever:
    place = result.layout.constructs.index(point.name)
    own = result.layout.model.constructs[point.name]
    ranked = sorted(
        (item for item in matrix.items if item.name in own),
        key=lambda item: -item.importance * (100.0 - item.performance),
    )
    return Lever(
        name=point.name,
        index=point.performance,
        gain=points_per_ten(result, place),
        items=tuple(item.name for item in ranked[:ITEMS_TO_NAME]) if len(ranked) > 1 else (),
        sure=is_sure_driver(result, place),
    )


def strengths(matrix: Matrix) -> tuple[list[Point], bool]:
    """What is both important and good, and True; else whatever is rated best, and False."""
    kept = matrix.quadrant(Quadrant.KEEP_UP)
    return (kept, True) if kept else ([max(matrix.points, key=lambda point: point.performance)], False)


def item_scores(result: Analysis) -> list[tuple[str, float]]:
    """Items by their mean on 0…100, best first."""
    unit = 100.0 * (result.moments.mean - result.layout.low) / result.layout.span
    order = np.argsort(-unit, kind="stable")
    return [(result.layout.items[place], float(unit[place])) for place in order]


def doubtful_drivers(result: Analysis) -> list[str]:
    """Constructs that lead to the target but whose influence may as well be none."""
    layout = result.layout
    causes = np.flatnonzero(reachable(layout.arrow)[:, layout.target])
    if "total_effects" not in result.spreads:
        return []
    return [layout.constructs[place] for place in causes if not is_sure_driver(result, int(place))]
