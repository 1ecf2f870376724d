"""Reading the `bands` of a programme file: thresholds in order, points or a range of points, an `else`."""

import re
from collections.abc import Mapping

from eligibility import building, fields, tree
from eligibility.document import Marked
from eligibility.errors import RuleError
from eligibility.programme import BandTable
from eligibility.tree import Bands, Entered, Logic, Node, Points, Scalar, make
from eligibility.vocabulary import vocabulary

EDGES = {"at_least": ">=", "above": ">", "at_most": "<=", "below": "<"}
KEYS = ("article", "text", "metric", "entered", "rows", "max", "checked")
ROW_KEYS = (*EDGES, "when", "else", "points")
POINTS = re.compile(r"(\d{1,6})(?:\s*[-–~]\s*(\d{1,6}))?\Z")


def read_points(value: Marked) -> Points:
    """`8` or a range `7-8`, whole points."""
    match = POINTS.match(fields.text(value))
    if not match:
        raise value.error(f"expected points such as 8 or 7-8, got {fields.text(value)}")
    lo = int(match[1])
    hi = int(match[2] or lo)
    if lo > hi:
        raise value.error(f"expected the lower points first, got {lo}-{hi}; write {hi}-{lo}")
    return lo, hi


def read_flag(entries: Mapping[str, Marked], key: str, default: bool) -> bool:
    """`true` or `false`."""
    if key not in entries:
        return default
    word = fields.text(entries[key])
    if word not in ("true", "false"):
        raise entries[key].error(f"expected true or false, got {word}")
    return word == "true"


def read_band_table(name: str, value: Marked, scope: Mapping[str, Node]) -> BandTable:
    """One table under its name. Raises RuleError with the place."""
    entries = fields.mapping(value, f"band {name}", KEYS)
    metric = _read_metric(entries, scope)
    rows = fields.items(fields.required(value, entries, "rows"), "rows")
    *banded, last = rows
    conditions, points = [], []
    for row in banded:
        row_entries = fields.mapping(row, "a band row", ROW_KEYS)
        conditions.append(_read_condition(row, row_entries, metric, scope))
        points.append(read_points(fields.required(row, row_entries, "points")))
    otherwise = fields.mapping(last, "the last band row", ROW_KEYS)
    if set(otherwise) != {"else"} or not conditions:
        raise last.error("expected bands and a last row `else: points`, got a gap below them; add the row")
    bands = make(Bands, tuple(conditions), tuple(points), read_points(otherwise["else"]))
    entered = fields.optional_text(entries, "entered")
    table = BandTable(
        name=name,
        article=fields.text_of(value, entries, "article"),
        text=fields.optional_text(entries, "text"),
        bands=bands,
        entered=entered,
        checked=read_flag(entries, "checked", True),
        line=value.line,
        row_lines=tuple(row.line for row in rows),
        node=_framed(entries["entered"], entered, bands) if entered else bands,
    )
    _check_maximum(entries, bands)
    return table


def _framed(place: Marked, name: str, bands: Bands) -> Entered:
    spec = vocabulary().get(name)
    if spec is None or spec.unit != "score":
        raise place.error(f"expected an entered score of the vocabulary, got {name}")
    if spec.maximum != bands.highest:
        raise place.error(f"expected bands up to {spec.maximum} points for {name}, got {bands.highest}")
    return make(Entered, name, bands)


def _check_maximum(entries: Mapping[str, Marked], bands: Bands) -> None:
    if "max" in entries and read_points(entries["max"]) != (bands.highest, bands.highest):
        raise entries["max"].error(f"expected the greatest points of the rows, {bands.highest}, as max")


def _read_metric(entries: Mapping[str, Marked], scope: Mapping[str, Node]) -> Scalar | None:
    if "metric" not in entries:
        return None
    place = entries["metric"]
    node = fields.expression(place, scope)
    if not isinstance(node, Scalar) or isinstance(node, tree.Const) or node.unit == "enum":
        raise place.error(f"expected a changing quantity as metric, got {building.kind_of(node)}")
    return node


def _read_condition(
    row: Marked, entries: Mapping[str, Marked], metric: Scalar | None, scope: Mapping[str, Node]
) -> Logic:
    parts: list[Node] = []
    if "when" in entries:
        parts.append(_logic(entries["when"], scope))
    for key, op in EDGES.items():
        if key in entries:
            parts.append(_edge(entries[key], op, metric, scope))
    if "else" in entries or not parts:
        raise row.error("expected at_least, above, at_most, below or when in a row before the last")
    return building.junction(tree.AllOf, parts)


def _logic(place: Marked, scope: Mapping[str, Node]) -> Logic:
    node = fields.expression(place, scope)
    try:
        return building.logic(node, "after when")
    except RuleError as error:
        raise place.error(error.problem) from None


def _edge(place: Marked, op: str, metric: Scalar | None, scope: Mapping[str, Node]) -> Logic:
    if metric is None:
        raise place.error("expected `metric` beside the rows, got none; add it or use when")
    edge = fields.expression(place, scope)
    if not isinstance(edge, tree.Const):
        raise place.error("expected a constant as threshold, such as 10% or 5000万")
    try:
        return building.compare(op, metric, edge)
    except RuleError as error:
        raise place.error(error.problem) from None
