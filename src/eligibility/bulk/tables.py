"""Conditions and bands that look at one byte column only, as a table over its 256 codes."""

from dataclasses import dataclass

import numpy as np

from eligibility import tree
from eligibility.bulk.arrays import MET, MISSING, MOST_EDGES, NO_RATIO, NOT_MET, UNKNOWN, Mask, Wholes
from eligibility.bulk.layout import Layout
from eligibility.tree import Bands, Logic
from eligibility.vocabulary import vocabulary

CODES = np.arange(256)


@dataclass(frozen=True, slots=True)
class Table:
    """What comes out for each code of a column."""

    column: int
    values: Wholes

    def steps(self) -> tuple[int, tuple[tuple[int, int], ...]]:
        """The value of code 0, and (code, change) for every code where the value changes."""
        changes = np.flatnonzero(np.diff(self.values)) + 1
        return int(self.values[0]), tuple(
            (int(code), int(self.values[code] - self.values[code - 1])) for code in changes
        )


def group_of(node: Logic | Bands) -> tuple[tree.Compare, ...] | None:
    """The comparisons that can share one plane: all of one metric, few enough for it. None otherwise."""
    if isinstance(node, tree.Compare):
        return (node,)
    if isinstance(node, tree.Not | tree.AllOf | tree.AnyOf | tree.Bands):
        comparisons: dict[tree.Compare, None] = {}
        for child in node.children:
            below = group_of(child) if isinstance(child, Logic) else None
            if not below:
                return None
            comparisons.update(dict.fromkeys(below))
        if len({compare.metric for compare in comparisons}) == 1 and len(comparisons) * 2 <= MOST_EDGES:
            return tuple(comparisons)
    return None


def logic_table(layout: Layout, node: Logic) -> Table | None:
    """The table of a condition, None when it looks at more than one column."""
    column = _column_of(layout, node)
    return None if column is None else Table(column, _values(layout, node))


def bands_tables(layout: Layout, node: Bands) -> tuple[Table, Table] | None:
    """The tables of least and greatest points, None when the rows look at more than one column."""
    column = _column_of(layout, node)
    if column is None:
        return None
    lo, hi = (np.full(256, end, np.int64) for end in node.otherwise)
    for row, (low, high) in zip(reversed(node.conditions), reversed(node.points), strict=True):
        held = _values(layout, row)
        lo = np.where(held == MET, low, np.where(held == UNKNOWN, np.minimum(lo, low), lo))
        hi = np.where(held == MET, high, np.where(held == UNKNOWN, np.maximum(hi, high), hi))
    return Table(column, lo), Table(column, hi)


def _column_of(layout: Layout, node: Logic | Bands) -> int | None:
    group = group_of(node)
    if group:
        core, _ = layout.edges_of(group[0])
        return layout.plane_for(
            core, [edge for compare in group for edge in layout.edges_of(compare)[1]]
        ).column
    if isinstance(node, tree.Flag):
        return layout.column_of_fact(node.name)
    if isinstance(node, tree.Member):
        return layout.column_of_fact(node.fact.name)
    if isinstance(node, tree.Not | tree.AllOf | tree.AnyOf | tree.Bands):
        columns = {_column_of(layout, child) if isinstance(child, Logic) else None for child in node.children}
        return columns.pop() if len(columns) == 1 else None
    return None


def _values(layout: Layout, node: Logic) -> Wholes:
    if isinstance(node, tree.Not):
        return MET - _values(layout, node.argument)
    if isinstance(node, tree.AllOf | tree.AnyOf):
        below = [_values(layout, argument) for argument in node.arguments]
        values: Wholes = np.min(below, axis=0) if isinstance(node, tree.AllOf) else np.max(below, axis=0)
        return values
    if isinstance(node, tree.Flag):
        held = CODES > 0
    elif isinstance(node, tree.Member):
        choices = vocabulary()[node.fact.name].choices
        held = np.isin(CODES, [choices.index(choice) for choice in node.choices])
    else:
        assert isinstance(node, tree.Compare)
        held = _compared(layout, node)
    return np.where(CODES == MISSING, UNKNOWN, np.where(held, MET, NOT_MET))


def _compared(layout: Layout, node: tree.Compare) -> Mask:
    """Where a comparison holds; nowhere at the code of no ratio."""
    core, edges = layout.edges_of(node)
    plane = layout.plane_for(core, edges)
    low, high = (plane.places[edge] < CODES for edge in (edges[0], edges[-1]))
    if node.op in ("==", "!="):
        equal = low & ~high
        held = equal if node.op == "==" else ~equal
    else:
        held = low if node.op in (">=", ">") else ~low
    mask: Mask = held & (CODES != NO_RATIO)
    return mask
