"""Conditions and scores of many versions as steps for a machine of byte registers.

Two files of registers, conditions and points; a register is used again once nobody reads it any more, so
that a block of rows with all registers stays in the cache.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from eligibility import tree
from eligibility.bulk.arrays import MET, NOT_MET, Wholes
from eligibility.bulk.layout import Layout
from eligibility.bulk.questions import Question
from eligibility.bulk.tables import Table, bands_tables, logic_table
from eligibility.tree import Logic, Node, Score


class Op(IntEnum):
    """Steps: `to` is the register written; a, b, c operands, see KINDS."""

    LOGIC_TABLE = 0  # column a, steps from b to c
    LOGIC_CONST = 1
    NOT = 2
    AND = 3
    OR = 4
    SCORE_AT_LEAST = 5  # lo a, hi b, threshold c
    SCORE_EQUALS = 6
    FAULT = 7  # column a not within lo b, hi c
    POINTS_TABLE = 8
    POINTS_CONST = 9
    ADD = 10
    MIN = 11
    MAX = 12
    ROW_LO = 13  # condition a, points b of the rows after it, own points c
    ROW_HI = 14
    ENTERED = 15  # column a, points b of the frame
    VERDICT = 16  # to: place of the question; condition a, fault b or -1
    SCORE = 17  # to: place among the scored questions; lo a, hi b


LOGIC, POINTS, PLAIN = "L", "P", "-"
KINDS = {
    Op.LOGIC_TABLE: "L---", Op.LOGIC_CONST: "L---", Op.NOT: "LL--", Op.AND: "LLL-", Op.OR: "LLL-",
    Op.SCORE_AT_LEAST: "LPP-", Op.SCORE_EQUALS: "LPP-", Op.FAULT: "L-PP",
    Op.POINTS_TABLE: "P---", Op.POINTS_CONST: "P---", Op.ADD: "PPP-", Op.MIN: "PPP-", Op.MAX: "PPP-",
    Op.ROW_LO: "PLP-", Op.ROW_HI: "PLP-", Op.ENTERED: "P-P-", Op.VERDICT: "-LL-", Op.SCORE: "-PP-",
}  # fmt: skip
"""What the register written and the operands a, b, c are: a condition, points, or neither."""

Ends = tuple[int, int]
Step = tuple[int, int, int, int, int]


@dataclass(frozen=True, slots=True)
class Steps:
    """The finished machine. `tables` has a row (code, change) for each step of a table; the first is its
    start.
    """

    steps: Wholes
    tables: Wholes
    logic_registers: int
    points_registers: int
    programmes: int
    scored: tuple[int, ...]
    wide: bool


class Lowering:
    """Writes steps, each once: programmes that share a condition, or the first conditions of a list, share it."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.steps: list[Step] = []
        self.tables: list[tuple[int, int]] = []
        self.wide = False
        self._logic: dict[Node, int] = {}
        self._points: dict[Node, Ends] = {}
        self._written: dict[tuple[int, int, int, int], int] = {}
        self._placed: dict[tuple[tuple[int, int], ...], int] = {}

    def step(self, op: Op, a: int = 0, b: int = 0, c: int = 0) -> int:
        """The register of a step, which is written where it is new."""
        key = (int(op), a, b, c)
        if key not in self._written:
            self._written[key] = len(self._written) + 1
            self.steps.append((int(op), self._written[key], a, b, c))
        return self._written[key]

    def table(self, op: Op, table: Table) -> int:
        """The register of a table."""
        start, changes = table.steps()
        rows = ((0, start), *changes)
        if rows not in self._placed:
            self._placed[rows] = len(self.tables)
            self.tables.extend(rows)
        first = self._placed[rows]
        return self.step(op, table.column, first, first + len(rows))

    def logic(self, node: Logic) -> int:
        """The register of a condition."""
        if node not in self._logic:
            table = logic_table(self.layout, node)
            self._logic[node] = self.table(Op.LOGIC_TABLE, table) if table else self._composed(node)
        return self._logic[node]

    def _composed(self, node: Logic) -> int:
        if isinstance(node, tree.Not):
            return self.step(Op.NOT, self.logic(node.argument))
        if isinstance(node, tree.ScoreCompare):
            return self._score_compare(node)
        assert isinstance(node, tree.AllOf | tree.AnyOf)
        return self.folded(
            Op.AND if isinstance(node, tree.AllOf) else Op.OR, [self.logic(child) for child in node.arguments]
        )

    def folded(self, op: Op, registers: Iterable[int]) -> int:
        """Two by two, what was written first foremost: it is what other programmes most likely share."""
        first, *rest = sorted(set(registers)) if op in (Op.AND, Op.OR) else sorted(registers)
        for register in rest:
            first = self.step(op, first, register)
        return first

    def _score_compare(self, node: tree.ScoreCompare) -> int:
        score, threshold = node.score, node.threshold
        if node.op in ("==", "!="):
            possible = threshold.denominator == 1 and score.lowest <= threshold <= score.highest
            register = (
                self._against(Op.SCORE_EQUALS, score, int(threshold)) if possible else self._always(NOT_MET)
            )
            return register if node.op == "==" else self.step(Op.NOT, register)
        strict = node.op in (">", "<=")
        least = math.floor(threshold) + 1 if strict else math.ceil(threshold)
        if not score.lowest < least <= score.highest:
            register = self._always(MET if least <= score.lowest else NOT_MET)
        else:
            register = self._against(Op.SCORE_AT_LEAST, score, least)
        return register if node.op in (">=", ">") else self.step(Op.NOT, register)

    def _always(self, value: int) -> int:
        return self.step(Op.LOGIC_CONST, value)

    def _against(self, op: Op, score: Score, threshold: int) -> int:
        lo, hi = self.points(score)
        return self.step(op, lo, hi, threshold)

    def points(self, node: Score) -> Ends:
        """The registers of both ends of a score."""
        if node not in self._points:
            self.wide |= not 0 <= node.lowest <= node.highest <= np.iinfo(np.uint8).max
            self._points[node] = self._score(node)
        return self._points[node]

    def _score(self, node: Score) -> Ends:
        if isinstance(node, tree.FixedPoints):
            register = self.step(Op.POINTS_CONST, node.points)
            return register, register
        if isinstance(node, tree.Bands):
            return self._bands(node)
        if isinstance(node, tree.Entered):
            frame = self.points(node.frame)
            return self._entered(node.name, frame)
        if isinstance(node, tree.ScoreFact):
            ends = (self.step(Op.POINTS_CONST, 0), self.step(Op.POINTS_CONST, node.maximum))
            return self._entered(node.name, ends)
        assert isinstance(node, tree.Total | tree.Best)
        parts = [self.points(argument) for argument in node.arguments]
        op = Op.ADD if isinstance(node, tree.Total) else Op.MIN if node.op == "min" else Op.MAX
        return self.folded(op, [lo for lo, _ in parts]), self.folded(op, [hi for _, hi in parts])

    def _entered(self, name: str, frame: Ends) -> Ends:
        column = self.layout.column_of_fact(name)
        return self.step(Op.ENTERED, column, frame[0]), self.step(Op.ENTERED, column, frame[1])

    def _bands(self, node: tree.Bands) -> Ends:
        tables = bands_tables(self.layout, node)
        if tables:
            return self.table(Op.POINTS_TABLE, tables[0]), self.table(Op.POINTS_TABLE, tables[1])
        lo, hi = (self.step(Op.POINTS_CONST, points) for points in node.otherwise)
        for condition, (low, high) in zip(reversed(node.conditions), reversed(node.points), strict=True):
            held = self.logic(condition)
            lo, hi = self.step(Op.ROW_LO, held, lo, low), self.step(Op.ROW_HI, held, hi, high)
        return lo, hi

    def question(self, question: Question, place: int, scored: int) -> None:
        """The answer to a question as number so and so, and its score when `scored` is not -1."""
        if question.root is not None:
            root = self.logic(question.root)
            faults = [self._fault(node) for node in question.entered]
            fault = self.folded(Op.OR, faults) if faults else -1
            self.steps.append((int(Op.VERDICT), place, root, fault, 0))
        if question.score is not None:
            lo, hi = self.points(question.score)
            self.steps.append((int(Op.SCORE), scored, lo, hi, 0))

    def _fault(self, node: tree.Entered) -> int:
        return self.step(Op.FAULT, self.layout.column_of_fact(node.name), *self.points(node.frame))


def lower(layout: Layout, questions: tuple[Question, ...]) -> Steps:
    """The machine for these questions on codes of this layout. Raises PlanError."""
    lowering = Lowering(layout)
    scored = tuple(place for place, question in enumerate(questions) if question.score is not None)
    for place, question in enumerate(questions):
        lowering.question(question, place, scored.index(place) if question.score is not None else -1)
    steps, logic, points = _with_few_registers(lowering.steps)
    return Steps(
        np.array(steps, np.int64).reshape(-1, 5),
        np.array(lowering.tables, np.int64).reshape(-1, 2),
        logic,
        points,
        len(questions),
        scored,
        lowering.wide,
    )


def _with_few_registers(steps: list[Step]) -> tuple[list[Step], int, int]:
    """The same steps, each register reused after its last reader."""
    last = {}
    for place, (op, _, *operands) in enumerate(steps):
        for kind, operand in zip(KINDS[Op(op)][1:], operands, strict=True):
            if kind != PLAIN:
                last[operand] = place
    files: dict[str, _File] = {LOGIC: _File(), POINTS: _File()}
    renamed = []
    for place, (op, to, *operands) in enumerate(steps):
        written, kinds = KINDS[Op(op)][0], KINDS[Op(op)][1:]
        named = [
            files[kind].at(operand) if kind != PLAIN and operand >= 0 else operand
            for kind, operand in zip(kinds, operands, strict=True)
        ]
        target = to if written == PLAIN else files[written].take(to)
        for kind, operand in zip(kinds, operands, strict=True):
            if kind != PLAIN and operand >= 0 and last[operand] == place:
                files[kind].give(operand)
        if written != PLAIN and to not in last:
            files[written].give(to)
        renamed.append((op, target, named[0], named[1], named[2]))
    return renamed, files[LOGIC].size, files[POINTS].size


class _File:
    """Registers in use and free."""

    def __init__(self) -> None:
        self.size = 0
        self._free: list[int] = []
        self._used: dict[int, int] = {}

    def at(self, register: int) -> int:
        return self._used[register]

    def take(self, register: int) -> int:
        if not self._free:
            self._free.append(self.size)
            self.size += 1
        self._used[register] = self._free.pop()
        return self._used[register]

    def give(self, register: int) -> None:
        if register in self._used:
            self._free.append(self._used.pop(register))
