"""Where the constructs of a path picture stand: causes left of effects, arrows clear of other constructs."""

from collections.abc import Mapping
from itertools import combinations

from satisfaction.questionnaire.model import Model
from satisfaction.report.geometry import Box, Point, crosses, hits, length

COLUMN, ROW = 152.0, 58.0
NODE_WIDTH, NODE_HEIGHT = 132.0, 62.0
ROOM = 66.0  # an arrow shorter than this has no room for its coefficient
ROWS = 7
Rows = dict[str, int]


def places(model: Model) -> Mapping[str, Box]:
    """The box of every construct; the picture starts at 0, 0."""
    columns = depths(model)
    rows = _settled(model, columns, _first_guess(columns))
    top = min(rows.values())
    return {name: _box(columns[name], rows[name] - top) for name in model.constructs}


def depths(model: Model) -> dict[str, int]:
    """The column of each construct: the longest chain of arrows that leads to it."""
    known: dict[str, int] = {}

    def depth(name: str) -> int:
        if name not in known:
            known[name] = max((depth(cause) + 1 for cause in model.paths.get(name, ())), default=0)
        return known[name]

    return {name: depth(name) for name in model.constructs}


def _box(column: int, row: int) -> Box:
    return Box(column * COLUMN, row * ROW, NODE_WIDTH, NODE_HEIGHT)


def _first_guess(columns: Mapping[str, int]) -> Rows:
    """Constructs of one column spread out, columns shifted against each other."""
    seen: dict[int, int] = {}
    rows = {}
    for name, column in columns.items():
        place = seen.get(column, 0)
        rows[name] = ((0, 3, 6)[column % 3] + 2 * place) % ROWS
        seen[column] = place + 1
    return rows


def _settled(model: Model, columns: Mapping[str, int], rows: Rows) -> Rows:
    """Move one or two constructs at a time as long as that makes the picture clearer."""
    best, cost = rows, _cost(model, columns, rows)
    improved = True
    while improved:
        improved = False
        for trial in _moves(best):
            trial_cost = _cost(model, columns, trial)
            if trial_cost < cost - 1e-9:
                best, cost, improved = trial, trial_cost, True
    return best


def _moves(rows: Rows) -> list[Rows]:
    names = list(rows)
    single = [{**rows, name: row} for name in names for row in range(ROWS)]
    swaps = [{**rows, one: rows[other], other: rows[one]} for one, other in combinations(names, 2)]
    return single + swaps


def _cost(model: Model, columns: Mapping[str, int], rows: Rows) -> float:
    """Arrows through constructs are worst, then arrows over each other, then long arrows and tallness."""
    boxes = {name: _box(columns[name], rows[name]) for name in rows}
    arrows = [(boxes[cause].centre, boxes[effect].centre) for cause, effect in model.arrows]
    through = sum(
        hits(start, end, boxes[name].grown(10.0))
        for (cause, effect), (start, end) in zip(model.arrows, arrows, strict=True)
        for name in boxes
        if name not in (cause, effect)
    )
    over = sum(crosses(*one, *other) for one, other in combinations(arrows, 2))
    crowded = sum(one.grown(8.0).overlaps(other) for one, other in combinations(boxes.values(), 2))
    tall = max(rows.values()) - min(rows.values())
    total = sum(length(*arrow) for arrow in arrows)
    return 200.0 * (through + crowded) + 80.0 * _short(model, boxes) + 25.0 * over + 0.01 * total + 3.0 * tall


def _short(model: Model, boxes: Mapping[str, Box]) -> int:
    """Arrows without room for their coefficient."""
    return sum(length(*visible(boxes[cause], boxes[effect])) < ROOM for cause, effect in model.arrows)


def visible(start: Box, end: Box) -> tuple[Point, Point]:
    """The part of an arrow outside both boxes."""
    return start.edge_towards(end.centre), end.edge_towards(start.centre)
