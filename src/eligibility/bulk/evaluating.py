# Rules are called by place, millions of times.
"""The machine of byte registers run by numpy on a block of codes."""

from collections.abc import Callable
from typing import Any

import numpy as np

from eligibility.bulk.arrays import MET, MISSING, NOT_MET, UNKNOWN, Bytes, Points
from eligibility.bulk.lowering import Op, Steps

TOP = 255
ONE_EDGE = 3


class Block:
    """Registers for a block of rows, kept from block to block."""

    def __init__(self, steps: Steps, rows: int, points: type) -> None:
        self.steps = steps.steps.tolist()
        self.tables = steps.tables.tolist()
        self.logic = np.empty((steps.logic_registers, rows), np.uint8)
        self.points: Any = np.empty((steps.points_registers, rows), points)
        self.own = points
        self.flag = np.empty(rows, np.bool_)
        self.bytes = np.empty(rows, np.uint8)
        self.spare: Any = np.empty(rows, points)

    def run(self, codes: Bytes, verdicts: Bytes, lo: Points, hi: Points) -> None:
        """Evaluate a block of at most as many rows."""
        rows = codes.shape[1]
        if rows < self.flag.size:
            self.logic, self.points = self.logic[:, :rows], self.points[:, :rows]
            self.flag, self.bytes, self.spare = self.flag[:rows], self.bytes[:rows], self.spare[:rows]
        for op, to, a, b, c in self.steps:
            if op == Op.VERDICT:
                self._verdict(verdicts[to], a, b)
            elif op == Op.SCORE:
                if len(lo):
                    lo[to], hi[to] = self.points[a], self.points[b]
            else:
                RULES[op](self, codes, to, a, b, c)

    def _verdict(self, target: Bytes, root: int, fault: int) -> None:
        """The root, or unknown where there is a fault; a sum, see `_row`."""
        if fault < 0:
            np.copyto(target, self.logic[root])
            return
        np.subtract(np.uint8(UNKNOWN), self.logic[root], out=self.bytes)
        np.equal(self.logic[fault], np.uint8(MET), out=self.flag)
        np.multiply(self.bytes, self.flag.view(np.uint8), out=self.bytes)
        np.add(self.logic[root], self.bytes, out=target)

    def step_table(self, target: Any, codes: Bytes, first: int, end: int, spare: Any, own: type) -> None:
        """A table as its first value and its changes; changes of bytes may wrap."""
        first_value, *changes = self.tables[first:end]
        wrap = 256 if own is np.uint8 else None
        target.fill(own(first_value[1] % wrap if wrap else first_value[1]))
        flag = self.flag.view(np.uint8)
        for code, change in changes:
            np.greater_equal(codes, np.uint8(code), out=self.flag)
            np.multiply(flag, own(change % wrap if wrap else change), out=spare, dtype=own)
            np.add(target, spare, out=target)


def _logic_table(block: Block, codes: Bytes, to: int, a: int, b: int, c: int) -> None:
    table = block.tables[b:c]
    target, column = block.logic[to], codes[a]
    if len(table) == ONE_EDGE and table[2] == [MISSING, -1] and table[1][1] == MET:
        # One edge: (code >= edge) + (edge <= code < missing), without a branch.
        edge = table[1][0]
        np.greater_equal(column, np.uint8(edge), out=target.view(np.bool_))
        np.subtract(column, np.uint8(edge), out=block.bytes)
        np.less(block.bytes, np.uint8(TOP - edge), out=block.flag)
        np.add(target, block.flag.view(np.uint8), out=target)
        return
    block.step_table(target, column, b, c, block.bytes, np.uint8)


def _score_at_least(block: Block, _: Bytes, to: int, a: int, b: int, c: int) -> None:
    threshold = block.own(c)
    np.greater_equal(block.points[a], threshold, out=block.logic[to].view(np.bool_))
    np.greater_equal(block.points[b], threshold, out=block.flag)
    np.add(block.logic[to], block.flag.view(np.uint8), out=block.logic[to])


def _score_equals(block: Block, _: Bytes, to: int, a: int, b: int, c: int) -> None:
    lo, hi = block.points[a], block.points[b]
    block.logic[to] = ((lo == c) & (hi == c)).view(np.uint8) + ((lo <= c) & (c <= hi)).view(np.uint8)


def _fault(block: Block, codes: Bytes, to: int, a: int, b: int, c: int) -> None:
    entered, target = codes[a], block.logic[to]
    np.less(entered, block.points[b], out=block.flag)
    np.greater(entered, block.points[c], out=target.view(np.bool_))
    np.bitwise_or(target, block.flag.view(np.uint8), out=target)
    np.not_equal(entered, np.uint8(MISSING), out=block.flag)
    np.bitwise_and(target, block.flag.view(np.uint8), out=target)
    np.left_shift(target, np.uint8(1), out=target)


def _row(pick: Any) -> Callable[[Block, Bytes, int, int, int, int], None]:
    """Sums of what a condition adds: masked copies take ten times as long. Bytes may wrap on the way."""

    def rule(block: Block, _: Bytes, to: int, a: int, b: int, c: int) -> None:
        own, after, held, target, spare = (
            block.own(c),
            block.points[b],
            block.logic[a],
            block.points[to],
            block.spare,
        )
        hull = pick(after, own)
        np.not_equal(held, np.uint8(NOT_MET), out=block.flag)
        np.subtract(hull, after, out=spare)
        np.multiply(spare, block.flag.view(np.uint8), out=spare)
        np.add(after, spare, out=target)
        np.equal(held, np.uint8(MET), out=block.flag)
        np.subtract(own, hull, out=spare)
        np.multiply(spare, block.flag.view(np.uint8), out=spare)
        np.add(target, spare, out=target)

    return rule


def _entered(block: Block, codes: Bytes, to: int, a: int, b: int, _: int) -> None:
    # As above: the code, and what the frame is more than the missing code where it is missing.
    spare, target = block.spare, block.points[to]
    np.equal(codes[a], np.uint8(MISSING), out=block.flag)
    np.subtract(block.points[b], block.own(MISSING), out=spare)
    np.multiply(spare, block.flag.view(np.uint8), out=spare)
    np.add(codes[a], spare, out=target, dtype=block.own)


def _two(kind: Any, file: str) -> Callable[[Block, Bytes, int, int, int, int], None]:
    def rule(block: Block, _: Bytes, to: int, a: int, b: int, __: int) -> None:
        registers = getattr(block, file)
        kind(registers[a], registers[b], out=registers[to])

    return rule


def _points_table(block: Block, codes: Bytes, to: int, a: int, b: int, c: int) -> None:
    block.step_table(block.points[to], codes[a], b, c, block.spare, block.own)


def _not(block: Block, _: Bytes, to: int, a: int, __: int, ___: int) -> None:
    np.subtract(np.uint8(MET), block.logic[a], out=block.logic[to])


RULES: dict[int, Callable[[Block, Bytes, int, int, int, int], None]] = {
    Op.LOGIC_TABLE: _logic_table,
    Op.LOGIC_CONST: lambda block, _, to, a, __, ___: block.logic[to].fill(a),
    Op.NOT: _not,
    Op.AND: _two(np.minimum, "logic"),
    Op.OR: _two(np.maximum, "logic"),
    Op.SCORE_AT_LEAST: _score_at_least,
    Op.SCORE_EQUALS: _score_equals,
    Op.FAULT: _fault,
    Op.POINTS_TABLE: _points_table,
    Op.POINTS_CONST: lambda block, _, to, a, __, ___: block.points[to].fill(a),
    Op.ADD: _two(np.add, "points"),
    Op.MIN: _two(np.minimum, "points"),
    Op.MAX: _two(np.maximum, "points"),
    Op.ROW_LO: _row(np.minimum),
    Op.ROW_HI: _row(np.maximum),
    Op.ENTERED: _entered,
}
