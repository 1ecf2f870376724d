"""Where the constructs of a path picture stand: causes left of effects, arrows clear of other constructs."""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import combinations

from satisfaction.questionnaire.model import Model
from satisfaction.report.geometry import Box, Point, crosses, hits, length

NODE_WIDTH, NODE_HEIGHT = 132.0, 62.0
ROW = 58.0
# between columns, and more for each further construct in a column, whose arrows are steeper
GAP, MORE_GAP = 20.0, 55.0
FEWEST_ROWS = 7
ROOM = 66.0  # an arrow shorter than this has no room for its coefficient
Rows = dict[str, int]


def places(model: Model) -> Mapping[str, Box]:
    """The box of every construct; the picture starts at 0, 0."""
    grid = _Grid(model)
    rows = grid.settled()
    top = min(rows.values())
    return grid.boxes({name: row - top for name, row in rows.items()})


def depths(model: Model) -> dict[str, int]:
    """The column of each construct: the longest chain of arrows that leads to it."""
    known: dict[str, int] = {}

    def depth(name: str) -> int:
        if name not in known:
            known[name] = max((depth(cause) + 1 for cause in model.paths.get(name, ())), default=0)
        return known[name]

    return {name: depth(name) for name in model.constructs}


def visible(start: Box, end: Box) -> tuple[Point, Point]:
    """The part of an arrow outside both boxes."""
    return start.edge_towards(end.centre), end.edge_towards(start.centre)


class _Grid:
    """Columns are given by the arrows; rows are tried until the picture is clear."""

    def __init__(self, model: Model) -> None:
        self._model, self._columns = model, depths(model)
        fullest = max(Counter(self._columns.values()).values())
        self._rows = max(FEWEST_ROWS, 2 * fullest)  # constructs of one column stand every other row
        self._pitch = NODE_WIDTH + GAP + MORE_GAP * (fullest - 1)

    def boxes(self, rows: Rows) -> dict[str, Box]:
        return {
            name: Box(column * self._pitch, rows[name] * ROW, NODE_WIDTH, NODE_HEIGHT)
            for name, column in self._columns.items()
        }

    def settled(self) -> Rows:
        """Move one construct or exchange two as long as that makes the picture clearer."""
        best = self._first_guess()
        cost = self._cost(best)
        improved = True
        while improved:
            improved = False
            for trial in self._moves(best):
                trial_cost = self._cost(trial)
                if trial_cost < cost - 1e-9:
                    best, cost, improved = trial, trial_cost, True
        return best

    def _first_guess(self) -> Rows:
        """Constructs of one column spread out, columns shifted against each other."""
        seen: Counter[int] = Counter()
        rows = {}
        for name, column in self._columns.items():
            rows[name] = ((0, 3, 6)[column % 3] + 2 * seen[column]) % self._rows
            seen[column] += 1
        return rows

    def _moves(self, rows: Rows) -> Iterator[Rows]:
        for name in rows:
            for row in range(self._rows):
                yield {**rows, name: row}
        for first, second in combinations(rows, 2):
            yield {**rows, first: rows[second], second: rows[first]}

    def _cost(self, rows: Rows) -> float:
        """Arrows through constructs are worst, then unreadable ones, crossings, length and height."""
        boxes = self.boxes(rows)
        arrows = [(boxes[cause].centre, boxes[effect].centre) for cause, effect in self._model.arrows]
        crowded = sum(box.grown(8.0).overlaps(other) for box, other in combinations(boxes.values(), 2))
        short = sum(
            length(*visible(boxes[cause], boxes[effect])) < ROOM for cause, effect in self._model.arrows
        )
        over = sum(crosses(*arrow, *other) for arrow, other in combinations(arrows, 2))
        long = sum(length(*arrow) for arrow in arrows)
        tall = max(rows.values()) - min(rows.values())
        return (
            200.0 * (self._through(boxes) + crowded) + 80.0 * short + 25.0 * over + 0.01 * long + 3.0 * tall
        )

    def _through(self, boxes: Mapping[str, Box]) -> int:
        """How often an arrow passes through a construct it does not belong to, or close by."""
        return sum(
            hits(boxes[cause].centre, boxes[effect].centre, boxes[name].grown(10.0))
            for cause, effect in self._model.arrows
            for name in boxes
            if name not in (cause, effect)
        )
