"""Scalars that are whole numbers times a fixed scale, as steps for a machine of int64 registers.

A fact counts steps of its unit (money: fen), so sums, differences, least and greatest values, choices and
years of facts stay whole. Every register has a mask of missing values beside it; conditions inside `when`
have
registers of their own, Kleene bytes. What would not be whole or could leave 63 bits is refused with
NotWholeError and goes another way.
"""

import math
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction
from typing import Any

from eligibility import tree
from eligibility.facts import LIMIT, STEPS
from eligibility.tree import Logic, Scalar
from eligibility.vocabulary import APPLIED_ON, vocabulary

MOST = 2**62
MOST_DAYS = 2**22
"""Parameters are whole numbers, or these words for what is known only with the day of application."""
DAY, YEAR_OF_DAY = "applied_on", "year(applied_on)"


class Op(IntEnum):
    """Steps of the machine: `to` is the register written, a, b, c operands."""

    FACT = 0  # a: place among the facts
    PARAM = 1  # a: place among the parameters
    ADD = 2
    SUBTRACT = 3
    TIMES = 4  # register a by parameter b
    MIN = 5
    MAX = 6
    COALESCE = 7
    CHOOSE = 8  # condition a, then b, otherwise c
    YEAR = 9
    ZERO_UNLESS = 10  # fact a, zero where it is missing and condition b is false
    # From here on the register written is a condition.
    FLAG = 11  # a: place among the byte facts
    AT_LEAST = 12  # register a >= parameter b
    MEMBER = 13  # a: place among the byte facts, b: parameter with a bit for each choice
    NOT = 14
    AND = 15
    OR = 16


class NotWholeError(Exception):
    """The scalar is not a whole number times a scale, or could be too large."""


@dataclass(frozen=True, slots=True)
class Whole:
    """Register times scale is the value; the register stays below `most`."""

    register: int
    scale: Fraction
    most: int


def common_scale(first: Fraction, second: Fraction) -> Fraction:
    """The greatest scale of which both are multiples."""
    return Fraction(
        math.gcd(first.numerator * second.denominator, second.numerator * first.denominator),
        first.denominator * second.denominator,
    )


class Machine:
    """Collects steps; equal steps share a register."""

    def __init__(self) -> None:
        self.steps: list[tuple[int, int, int, int, int]] = []
        self.params: list[int | str] = []
        self.whole_facts: list[str] = []
        self.byte_facts: list[str] = []
        self.whole_registers = 0
        self.logic_registers = 0
        self._known: dict[tuple[int, ...], int] = {}
        self._wholes: dict[Scalar, Whole] = {}

    def whole(self, node: Scalar) -> Whole:
        """The register of a scalar. Raises NotWholeError."""
        if node not in self._wholes:
            whole = self._whole(node)
            if whole.most >= MOST:
                raise NotWholeError
            self._wholes[node] = whole
        return self._wholes[node]

    def _whole(self, node: Scalar) -> Whole:
        if isinstance(node, tree.Fact):
            return self._fact(node)
        if isinstance(node, tree.Const):
            return self.constant(node.value)
        if isinstance(node, tree.Arith):
            return self._arith(node)
        if isinstance(node, tree.Extreme):
            return self._folded(Op.MIN if node.op == "min" else Op.MAX, node.arguments)
        if isinstance(node, tree.Coalesce):
            return self._coalesce(node)
        if isinstance(node, tree.Choose):
            condition = self.logic(node.condition)
            return self._two(Op.CHOOSE, self.whole(node.then), self.whole(node.otherwise), first=condition)
        if isinstance(node, tree.YearOf):
            if node.date.name == APPLIED_ON:
                return Whole(self._step(Op.PARAM, self._param(YEAR_OF_DAY)), Fraction(1), MOST_DAYS)
            return Whole(self._step(Op.YEAR, self.whole(node.date).register), Fraction(1), MOST_DAYS)
        raise NotWholeError

    def _coalesce(self, node: tree.Coalesce) -> Whole:
        """Of `coalesce(fact, when(condition, fact, 0))`, which growth is made of, only the mask is computed."""
        fact, *others = node.arguments
        match others:
            case [tree.Choose(condition=condition, then=then, otherwise=tree.Const(value=value))] if (
                then is fact and value == 0 and isinstance(fact, tree.Fact)
            ):
                whole = self.whole(fact)
                register = self._step(Op.ZERO_UNLESS, whole.register, self.logic(condition))
                return Whole(register, whole.scale, whole.most)
        return self._folded(Op.COALESCE, node.arguments)

    def _fact(self, node: tree.Fact) -> Whole:
        if node.name == APPLIED_ON:
            return Whole(self._step(Op.PARAM, self._param(DAY)), Fraction(1), MOST_DAYS)
        if node.unit == "enum":
            raise NotWholeError
        place = _place(self.whole_facts, node.name)
        most = MOST_DAYS if node.unit == "date" else LIMIT
        return Whole(self._step(Op.FACT, place), Fraction(1, STEPS.get(node.unit, 1)), most)

    def constant(self, value: Fraction) -> Whole:
        """A constant, its own scale; 0 fits any scale."""
        sign = -1 if value < 0 else 1 if value > 0 else 0
        return Whole(self._step(Op.PARAM, self._param(sign)), abs(value) or Fraction(0), 1)

    def times(self, whole: Whole, factor: int) -> Whole:
        """The register multiplied, the scale kept."""
        if factor == 1:
            return whole
        register = self._step(Op.TIMES, whole.register, self._param(factor))
        return Whole(register, whole.scale, whole.most * abs(factor))

    def _arith(self, node: tree.Arith) -> Whole:
        if node.op in "+-":
            return self._two(
                Op.ADD if node.op == "+" else Op.SUBTRACT, self.whole(node.left), self.whole(node.right)
            )
        changing, factor = node.left, node.right
        if node.op == "*" and isinstance(changing, tree.Const):
            changing, factor = factor, changing
        if not isinstance(factor, tree.Const):
            raise NotWholeError
        return self.scaled(self.whole(changing), factor.value if node.op == "*" else 1 / factor.value)

    def scaled(self, whole: Whole, factor: Fraction) -> Whole:
        """The value multiplied by a constant."""
        if factor == 0:
            return self.times(whole, 0)
        signed = self.times(whole, -1) if factor < 0 else whole
        return Whole(signed.register, signed.scale * abs(factor), signed.most)

    def _two(self, op: Op, whole: Whole, other: Whole, first: int | None = None) -> Whole:
        scale = common_scale(whole.scale, other.scale) or Fraction(1)
        left, right = self._rescaled(whole, scale), self._rescaled(other, scale)
        operands = (left.register, right.register)
        register = self._step(op, *(operands if first is None else (first, *operands)))
        most = left.most + right.most if op in (Op.ADD, Op.SUBTRACT) else max(left.most, right.most)
        return Whole(register, scale, most)

    def _rescaled(self, whole: Whole, scale: Fraction) -> Whole:
        if whole.scale == 0:
            return Whole(whole.register, scale, 0)
        factor = whole.scale / scale
        if whole.most * factor >= MOST:
            raise NotWholeError
        return self.times(whole, int(factor))

    def _folded(self, op: Op, arguments: tuple[Scalar, ...]) -> Whole:
        first, *rest = (self.whole(argument) for argument in arguments)
        for argument in rest:
            first = self._two(op, first, argument)
        return first

    def logic(self, node: Logic) -> int:
        """The register of a condition over whole numbers. Raises NotWholeError."""
        if isinstance(node, tree.Flag):
            return self._step(Op.FLAG, _place(self.byte_facts, node.name))
        if isinstance(node, tree.Member):
            choices = vocabulary()[node.fact.name].choices
            bits = sum(1 << choices.index(choice) for choice in node.choices)
            return self._step(Op.MEMBER, _place(self.byte_facts, node.fact.name), self._param(bits))
        if isinstance(node, tree.Not):
            return self._step(Op.NOT, self.logic(node.argument))
        if isinstance(node, tree.AllOf | tree.AnyOf):
            return self._junction(node)
        if isinstance(node, tree.Compare):
            return self._compare(node)
        raise NotWholeError

    def _junction(self, node: tree.AllOf | tree.AnyOf) -> int:
        op = Op.AND if isinstance(node, tree.AllOf) else Op.OR
        first, *rest = (self.logic(argument) for argument in node.arguments)
        for argument in rest:
            first = self._step(op, first, argument)
        return first

    def _compare(self, node: tree.Compare) -> int:
        metric = self.whole(node.metric)
        wanted = node.threshold / metric.scale if metric.scale else node.threshold
        at_least, above = math.ceil(wanted), math.floor(wanted) + 1
        if abs(wanted) >= MOST:
            raise NotWholeError
        if node.op in (">=", "<"):
            register = self._step(Op.AT_LEAST, metric.register, self._param(at_least))
        elif node.op in (">", "<="):
            register = self._step(Op.AT_LEAST, metric.register, self._param(above))
        else:
            low = self._step(Op.AT_LEAST, metric.register, self._param(at_least))
            high = self._step(Op.AT_LEAST, metric.register, self._param(above))
            register = self._step(Op.AND, low, self._step(Op.NOT, high))
        return self._step(Op.NOT, register) if node.op in ("<", "<=", "!=") else register

    def _param(self, value: int | str) -> int:
        return _place(self.params, value)

    def _step(self, op: Op, a: int, b: int = 0, c: int = 0) -> int:
        key = (op, a, b, c)
        if key not in self._known:
            if op < Op.FLAG:
                register, self.whole_registers = self.whole_registers, self.whole_registers + 1
            else:
                register, self.logic_registers = self.logic_registers, self.logic_registers + 1
            self._known[key] = register
            self.steps.append((int(op), register, a, b, c))
        return self._known[key]


def _place(known: list[Any], value: Any) -> int:
    if value not in known:
        known.append(value)
    return known.index(value)
