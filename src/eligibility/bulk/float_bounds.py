"""Metrics of any form, by numpy: a float with an error bound, and exact pairs for the rows that are too
close.

A NaN or an infinite error means that nothing is known about the float; such rows count as close. Of two operands
the greater state is that of the result, so no ratio outweighs a missing one.
"""

from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from eligibility import tree
from eligibility.bulk.arrays import MET, MISSING, UNKNOWN, Bytes, Floats, Mask
from eligibility.bulk.encoding_plan import Ranked
from eligibility.bulk.machine import byte_fact, kleene, whole_fact, years_of
from eligibility.bulk.ranking import UNIT, Ranks, near, settle_pairs
from eligibility.bulk.table import Table
from eligibility.facts import STEPS
from eligibility.interpreter import Interpreter
from eligibility.tree import Logic, Node, Scalar
from eligibility.vocabulary import APPLIED_ON, vocabulary

HAS, LACKS, NONE = np.uint8(0), np.uint8(1), np.uint8(2)
Value = tuple[Floats, Floats, Bytes]
"""Float, error bound, state: whether it has a value, lacks one that is missing, or is no ratio."""


def rank_anything(ranked: Ranked, table: Table, on: date) -> Ranks:
    """Ranks of a metric that is neither whole nor a sum of quotients."""
    assert ranked.core.scalar is not None
    scalar = ranked.core.scalar
    with np.errstate(all="ignore"):
        value, error, state = _Bounded(table, on).scalar(scalar)
        lo, hi = near(ranked, value, error)
    unclear = ~np.isfinite(value) | ~np.isfinite(error)
    # No ratio outweighs what is missing, so a missing operand beside one too close to zero settles nothing.
    rows = np.flatnonzero((((lo < hi) | unclear) & (state == HAS)) | (~np.isfinite(error) & (state == LACKS)))
    exact = [Interpreter(facts_of_row(table, row, on))[scalar] for row in rows.tolist()]
    state = state.copy()
    state[rows] = [LACKS if pair is None else NONE if pair is tree.NO_RATIO else HAS for pair in exact]
    missing = state != HAS
    pairs = {row: pair for row, pair in zip(rows.tolist(), exact, strict=True) if isinstance(pair, Fraction)}

    def pair(wanted: npt.NDArray[Any]) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
        values = [pairs[row] for row in wanted.tolist()]
        above = np.array([value.numerator for value in values], object)
        return above, np.array([value.denominator for value in values], object)

    ranks = settle_pairs(ranked, lo, hi, missing, unclear, pair)
    return Ranks(ranks.passed, missing, rows.size, state == NONE)


def facts_of_row(table: Table, row: int, on: date) -> dict[str, Any]:
    """The exact facts of one enterprise of a table."""
    facts: dict[str, Any] = {APPLIED_ON: on.toordinal()}
    for place, name in enumerate(table.whole_names):
        if not table.missing[place, row]:
            steps = int(table.wholes[place, row])
            exact = Fraction(steps, STEPS.get(vocabulary()[name].unit, 1))
            facts[name] = exact.numerator if exact.denominator == 1 else exact
    for place, name in enumerate(table.byte_names):
        code, spec = int(table.bytes[place, row]), vocabulary()[name]
        if code != MISSING:
            facts[name] = (
                spec.choices[code] if spec.unit == "enum" else bool(code) if spec.unit == "bool" else code
            )
    return facts


class _Bounded:
    """Floats with error bounds, node by node."""

    def __init__(self, table: Table, on: date) -> None:
        self.table = table
        self.on = on
        self._known: dict[Node, Value] = {}

    def scalar(self, node: Scalar) -> Value:
        if node not in self._known:
            value, error, state = self._scalar(node)
            self._known[node] = value, np.where(np.isnan(error), np.inf, error), state
        return self._known[node]

    def _scalar(self, node: Scalar) -> Value:
        if isinstance(node, tree.Fact):
            return self._fact(node)
        if isinstance(node, tree.Const):
            return self._even(float(node.value), abs(float(node.value)) * UNIT)
        if isinstance(node, tree.Arith):
            return _arith(node.op, self.scalar(node.left), self.scalar(node.right))
        if isinstance(node, tree.Extreme):
            return self._extreme(node)
        if isinstance(node, tree.Coalesce):
            first, *rest = (self.scalar(argument) for argument in node.arguments)
            for other in rest:
                first = _coalesce(first, other)
            return first
        if isinstance(node, tree.Choose):
            return self._choose(node)
        assert isinstance(node, tree.YearOf)
        if node.date.name == APPLIED_ON:
            return self._even(float(self.on.year), 0.0)
        days, missing = whole_fact(self.table, node.date.name)
        return years_of(days).astype(np.float64), np.zeros(self.table.rows), missing.view(np.uint8)

    def _even(self, value: float, error: float) -> Value:
        rows = self.table.rows
        return np.full(rows, value), np.full(rows, error), np.zeros(rows, np.uint8)

    def _fact(self, node: tree.Fact) -> Value:
        if node.name == APPLIED_ON:
            return self._even(float(self.on.toordinal()), 0.0)
        steps, missing = whole_fact(self.table, node.name)
        value = steps / STEPS.get(node.unit, 1)
        return value, np.abs(value) * UNIT, missing.view(np.uint8)

    def _extreme(self, node: tree.Extreme) -> Value:
        parts = [self.scalar(argument) for argument in node.arguments]
        pick = np.minimum if node.op == "min" else np.maximum
        return (
            pick.reduce([value for value, _, _ in parts]),
            np.maximum.reduce([error for _, error, _ in parts]),
            np.maximum.reduce([state for _, _, state in parts]),
        )

    def _choose(self, node: tree.Choose) -> Value:
        condition, unclear = self.logic(node.condition)
        then, otherwise = self.scalar(node.then), self.scalar(node.otherwise)
        held = condition == MET
        value, error = np.where(held, then[0], otherwise[0]), np.where(held, then[1], otherwise[1])
        state: Bytes = np.where(held, then[2], otherwise[2])
        unknown = condition == UNKNOWN
        state[unknown], error[unknown] = LACKS, 0.0
        state[unclear], error[unclear] = HAS, np.inf
        return value, error, state

    def logic(self, node: Logic) -> tuple[Bytes, Mask]:
        """A condition, and where the floats cannot tell it."""
        clear = np.zeros(self.table.rows, np.bool_)
        if isinstance(node, tree.Flag):
            codes = byte_fact(self.table, node.name)
            return kleene(codes == 1, codes == MISSING), clear
        if isinstance(node, tree.Member):
            choices = vocabulary()[node.fact.name].choices
            codes = byte_fact(self.table, node.fact.name)
            held = np.isin(codes, [choices.index(choice) for choice in node.choices])
            return kleene(held, codes == MISSING), clear
        if isinstance(node, tree.Not):
            argument, unclear = self.logic(node.argument)
            return (MET - argument).astype(np.uint8), unclear
        if isinstance(node, tree.AllOf | tree.AnyOf):
            parts = [self.logic(argument) for argument in node.arguments]
            pick = np.minimum if isinstance(node, tree.AllOf) else np.maximum
            return pick.reduce([part for part, _ in parts]), np.logical_or.reduce([u for _, u in parts])
        if isinstance(node, tree.Compare):
            return self._compare(node)
        # A choice by points is left to the exact way, row by row.
        return np.full(self.table.rows, UNKNOWN, np.uint8), ~clear

    def _compare(self, node: tree.Compare) -> tuple[Bytes, Mask]:
        value, error, state = self.scalar(node.metric)
        threshold = float(node.threshold)
        unclear = ~(np.abs(value - threshold) > error + abs(threshold) * 2 * UNIT)
        above = value > threshold
        held = {">=": above, ">": above, "<=": ~above, "<": ~above, "!=": ~unclear}.get(
            node.op, unclear & ~unclear
        )
        # An infinite error may hide that the value is missing or none, so it stays unclear.
        known = kleene(held & (state == HAS), state == LACKS)
        return known, unclear & ((state == HAS) | (~np.isfinite(error) & (state == LACKS)))


def _arith(op: str, left: Value, right: Value) -> Value:
    (l, le, ls), (r, re, rs) = left, right
    state = np.maximum(ls, rs)
    if op in "+-":
        value = l + r if op == "+" else l - r
        return value, (le + re) + np.abs(value) * 2 * UNIT, state
    if op == "*":
        value = l * r
        return (
            value,
            (np.abs(l) * re + np.abs(r) * le + le * re) * (1 + 8 * UNIT) + np.abs(value) * 4 * UNIT,
            state,
        )
    value = l / r
    error = (le + np.abs(value) * re) / (np.abs(r) - re) * (1 + 8 * UNIT) + np.abs(value) * 4 * UNIT
    known, close = rs == HAS, ~(np.abs(r) > re)
    zero = known & (r == 0) & (re == 0)
    state[zero] = NONE
    # A divisor that is missing settles the state; one that only may be zero, or an operand nothing is known of, does not.
    unsure = (close & known & ~zero) | ~np.isfinite(le + re)
    error = np.where(close, np.where(unsure, np.inf, 0.0), error)
    return np.where(close, 0.0, value), error, state


def _coalesce(first: Value, other: Value) -> Value:
    absent = first[2] != HAS
    # Where neither has a value, one that is missing leaves it open.
    state = np.where(absent, np.where(other[2] == HAS, HAS, np.minimum(first[2], other[2])), HAS)
    error = np.where(
        absent, np.where((other[2] == NONE) & ~np.isfinite(first[1]), np.inf, other[1]), first[1]
    )
    return np.where(absent, other[0], first[0]), error, state
