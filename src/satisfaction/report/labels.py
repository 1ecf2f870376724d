"""Putting labels where they cover nothing."""

from collections.abc import Iterable, Sequence

from satisfaction.report.geometry import Box, Point, hits

Segment = tuple[Point, Point]


def free_place(candidates: Sequence[Box], taken: Iterable[Box], lines: Iterable[Segment] = ()) -> Box:
    """The first of the candidates that covers least: other boxes count most, lines a little."""
    taken, lines = list(taken), list(lines)

    def cover(box: Box) -> int:
        return 10 * sum(box.overlaps(other) for other in taken) + sum(hits(*line, box) for line in lines)

    return min(candidates, key=cover)
