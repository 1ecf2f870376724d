"""From the tree to layers of named columns, exact: every scalar is a numerator over a positive denominator.

Magnitudes are followed from the greatest absolute value of each fact in the table at hand, so that a
product that
would not fit 126 bits is refused instead of overflowing.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from eligibility import tree
from eligibility.columns.dialect import Column, Dialect
from eligibility.errors import EligibilityError
from eligibility.facts import STEPS
from eligibility.order import entered_of
from eligibility.programme import Version
from eligibility.tree import Logic, Node, Scalar, Score
from eligibility.vocabulary import vocabulary

NARROW, WIDE = 2**62, 10**37


class MagnitudeError(EligibilityError):
    """Facts too large for exact arithmetic in columns."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Columns of numerator and denominator, and what they stay below. Missing is a null numerator; no ratio, which
    only a `hollow` pair may be, is 0 over 0, which sums and products keep.
    """

    above: Column
    below: Column
    most: int
    most_below: int
    hollow: bool = False


Ends = tuple[Column, Column]


class Compiler:
    """Writes columns layer by layer. `layers` maps new names to expressions over earlier ones."""

    def __init__(self, dialect: Dialect, greatest: Mapping[str, int], day: int, year: int) -> None:
        self.dialect = dialect
        self.greatest = greatest
        self.day, self.year = day, year
        self.layers: list[dict[str, Column]] = []
        self._depth: dict[str, int] = {}
        self._level = 0
        self._pairs: dict[Node, tuple[Pair, int]] = {}
        self._truths: dict[Node, tuple[Column, int]] = {}
        self._ends: dict[Node, tuple[Ends, int]] = {}

    def _stored(self, column: Column, level: int) -> Column:
        """A column of its own, in the layer after `level`."""
        while len(self.layers) <= level:
            self.layers.append({})
        name = f"c{sum(len(layer) for layer in self.layers)}"
        self.layers[level][name] = column
        return self.dialect.column(name)

    def scalar(self, node: Scalar) -> tuple[Pair, int]:
        """The pair of a scalar and the layer from which it can be used."""
        if node not in self._pairs:
            pair, level = SCALARS[type(node)](self, node)
            if not isinstance(node, tree.Const):
                below = pair.below if pair.most_below == 1 else self._stored(pair.below, level)
                pair = Pair(self._stored(pair.above, level), below, pair.most, pair.most_below, pair.hollow)
                level += 1
            self._pairs[node] = pair, level
        return self._pairs[node]

    def logic(self, node: Logic) -> tuple[Column, int]:
        """The truth of a condition and its layer."""
        if node not in self._truths:
            column, level = LOGICS[type(node)](self, node)
            self._truths[node] = self._stored(column, level), level + 1
        return self._truths[node]

    def score(self, node: Score) -> tuple[Ends, int]:
        """Both ends of a score and their layer."""
        if node not in self._ends:
            (lo, hi), level = SCORES[type(node)](self, node)
            self._ends[node] = (self._stored(lo, level), self._stored(hi, level)), level + 1
        return self._ends[node]

    def verdict(self, version: Version) -> tuple[Column, int]:
        """The truth of a version: null too where entered points lie outside their band."""
        root, level = self.logic(version.root)
        for node in entered_of(version):
            (lo, hi), below = self.score(node.frame)
            entered = self.dialect.column(node.name)
            outside = self.dialect.known((entered < lo) | (entered > hi))
            root, level = self.dialect.choose(outside, self.dialect.null_truth(), root), max(level, below)
        return root, level

    def fits(self, most: int) -> bool:
        """Whether a number below `most` is wide. Raises MagnitudeError when it fits nowhere."""
        if most >= WIDE:
            raise MagnitudeError(
                "expected facts small enough for exact columns, got too large; use rank codes"
            )
        return most >= NARROW

    def times(self, column: Column, other: Column, most: int) -> Column:
        """A product that stays below `most`."""
        wide = self.fits(most)
        return self.dialect.widened(column) * self.dialect.widened(other) if wide else column * other

    def constant(self, value: int) -> Column:
        """A whole constant."""
        return self.dialect.whole(value, wide=self.fits(abs(value)))

    def scaled(self, column: Column, factor: int, most: int) -> Column:
        """A column times a constant; `most` bounds the product."""
        return column if factor == 1 else self.times(column, self.constant(factor), most)


def _fact(compiler: Compiler, node: tree.Fact) -> tuple[Pair, int]:
    if node.name not in vocabulary():
        return Pair(compiler.constant(compiler.day), compiler.constant(1), compiler.day, 1), 0
    step = STEPS.get(node.unit, 1)
    column = compiler.dialect.column(node.name)
    return Pair(column, compiler.constant(step), compiler.greatest[node.name], step), 0


def _const(compiler: Compiler, node: tree.Const) -> tuple[Pair, int]:
    above, below = node.value.numerator, node.value.denominator
    return Pair(compiler.constant(above), compiler.constant(below), abs(above), below), 0


def _arith(compiler: Compiler, node: tree.Arith) -> tuple[Pair, int]:
    (left, left_level), (right, right_level) = compiler.scalar(node.left), compiler.scalar(node.right)
    level = max(left_level, right_level)
    if node.op == "/":
        return _divided(compiler, left, right), level
    if node.op == "*":
        most, most_below = left.most * right.most, left.most_below * right.most_below
        above = compiler.times(left.above, right.above, most)
        below = compiler.times(left.below, right.below, most_below)
        return _outweighing(compiler, Pair(above, below, most, most_below), left, right), level
    a, b, below, most, most_below = _level(compiler, left, right)
    compiler.fits(2 * most)
    pair = Pair(a + b if node.op == "+" else a - b, below, 2 * most, most_below)
    return _outweighing(compiler, pair, left, right), level


def _outweighing(compiler: Compiler, pair: Pair, *operands: Pair) -> Pair:
    """A result whose denominator is zero where an operand is no ratio: no ratio it is, though others are missing."""
    if not any(operand.hollow for operand in operands):
        return pair
    zero = compiler.dialect.whole(0, wide=compiler.fits(pair.most))
    above = compiler.dialect.choose(pair.below == compiler.constant(0), zero, pair.above)
    return Pair(above, pair.below, pair.most, pair.most_below, hollow=True)


def _level(compiler: Compiler, left: Pair, right: Pair) -> tuple[Column, Column, Column, int, int]:
    """Two numerators over one denominator."""
    most = max(left.most * right.most_below, right.most * left.most_below, 1)
    most_below = left.most_below * right.most_below
    return (
        compiler.times(left.above, right.below, 2 * most),
        compiler.times(right.above, left.below, 2 * most),
        compiler.times(left.below, right.below, most_below),
        most,
        most_below,
    )


def _divided(compiler: Compiler, left: Pair, right: Pair) -> Pair:
    most, most_below = left.most * right.most_below, left.most_below * right.most
    above = compiler.times(left.above, right.below, most)
    below = compiler.times(left.below, right.above, most_below)
    dialect, zero = compiler.dialect, compiler.constant(0)
    none = dialect.known(right.above == zero)
    if left.hollow:
        none |= left.below == zero
    lost = dialect.is_null(right.above)
    negative = dialect.known(right.above < zero)
    wide, wide_below = compiler.fits(most), compiler.fits(max(most_below, 2))
    missing, unit = dialect.null_whole(wide=wide), dialect.whole(1, wide=wide_below)
    known_above = dialect.choose(negative, zero - above, above)
    known_below = dialect.choose(negative, zero - below, below)
    return Pair(
        dialect.choose(none, dialect.whole(0, wide=wide), dialect.choose(lost, missing, known_above)),
        dialect.choose(none, dialect.whole(0, wide=wide_below), dialect.choose(lost, unit, known_below)),
        most,
        max(most_below, 2),
        hollow=True,
    )


def _extreme(compiler: Compiler, node: tree.Extreme) -> tuple[Pair, int]:
    pair, level = compiler.scalar(node.arguments[0])
    for argument in node.arguments[1:]:
        other, own = compiler.scalar(argument)
        a, b, below, most, most_below = _level(compiler, pair, other)
        lost = compiler.dialect.is_null(a) | compiler.dialect.is_null(b)
        first = compiler.dialect.known(a <= b if node.op == "min" else a >= b)
        none = compiler.dialect.null_whole(wide=compiler.fits(2 * most))
        picked = compiler.dialect.choose(lost, none, compiler.dialect.choose(first, a, b))
        pair = _outweighing(compiler, Pair(picked, below, most, most_below), pair, other)
        level = max(level, own)
    return pair, level


def _coalesce(compiler: Compiler, node: tree.Coalesce) -> tuple[Pair, int]:
    pair, level = compiler.scalar(node.arguments[0])
    for argument in node.arguments[1:]:
        other, own = compiler.scalar(argument)
        # No ratio gives way to a value and to what is missing; what is missing gives way to a value alone.
        test = compiler.dialect.is_null(pair.above)
        if other.hollow:
            test &= other.below != compiler.constant(0)
        if pair.hollow:
            test |= pair.below == compiler.constant(0)
        pair = _either(compiler, test, other, pair)
        level = max(level, own)
    return pair, level


def _either(compiler: Compiler, test: Column, then: Pair, otherwise: Pair) -> Pair:
    most, below = max(then.most, otherwise.most), max(then.most_below, otherwise.most_below)
    choose, wide, wide_below = compiler.dialect.choose, compiler.fits(most), compiler.fits(below)
    ends = [(then.above, otherwise.above, wide), (then.below, otherwise.below, wide_below)]
    widened = [
        (compiler.dialect.widened(a), compiler.dialect.widened(b)) if w else (a, b) for a, b, w in ends
    ]
    (a, b), (c, d) = widened
    hollow = then.hollow or otherwise.hollow
    return Pair(choose(test, a, b), choose(test, c, d), most, below, hollow)


def _choose(compiler: Compiler, node: tree.Choose) -> tuple[Pair, int]:
    condition, level = compiler.logic(node.condition)
    (then, then_level), (otherwise, otherwise_level) = (
        compiler.scalar(node.then),
        compiler.scalar(node.otherwise),
    )
    picked = _either(compiler, compiler.dialect.known(condition), then, otherwise)
    none = compiler.dialect.null_whole(wide=compiler.fits(picked.most))
    open_ = compiler.dialect.is_null(condition)
    above, below = compiler.dialect.choose(open_, none, picked.above), picked.below
    if picked.hollow:
        one_below = compiler.dialect.whole(1, wide=compiler.fits(picked.most_below))
        below = compiler.dialect.choose(open_, one_below, below)
    return Pair(above, below, picked.most, picked.most_below, picked.hollow), max(
        level, then_level, otherwise_level
    )


def _year(compiler: Compiler, node: tree.YearOf) -> tuple[Pair, int]:
    if node.date.name not in vocabulary():
        return Pair(compiler.constant(compiler.year), compiler.constant(1), compiler.year, 1), 0
    return Pair(
        compiler.dialect.year(compiler.dialect.column(node.date.name)), compiler.constant(1), 10_000, 1
    ), 0


OPERATORS: dict[str, Callable[[Any, Any], Column]] = {
    ">=": lambda a, b: a >= b, ">": lambda a, b: a > b, "<=": lambda a, b: a <= b,
    "<": lambda a, b: a < b, "==": lambda a, b: a == b, "!=": lambda a, b: a != b,
}  # fmt: skip


def _compare(compiler: Compiler, node: tree.Compare) -> tuple[Column, int]:
    pair, level = compiler.scalar(node.metric)
    p, q = node.threshold.numerator, node.threshold.denominator
    if (
        not pair.hollow
        and pair.most_below == STEPS.get(node.metric.unit, 1)
        and (Fraction(p, q) * pair.most_below).denominator == 1
    ):
        # A fact and a threshold in whole steps of it.
        return OPERATORS[node.op](pair.above, compiler.constant(int(Fraction(p, q) * pair.most_below))), level
    most = max(pair.most * q, pair.most_below * abs(p), 1)
    left, right = compiler.scaled(pair.above, q, most), compiler.times(pair.below, compiler.constant(p), most)
    held = OPERATORS[node.op](left, right)
    return (held & (pair.below != compiler.constant(0)) if pair.hollow else held), level


def _flag(compiler: Compiler, node: tree.Flag) -> tuple[Column, int]:
    return compiler.dialect.column(node.name) == compiler.constant(1), 0


def _member(compiler: Compiler, node: tree.Member) -> tuple[Column, int]:
    choices = vocabulary()[node.fact.name].choices
    column = compiler.dialect.column(node.fact.name)
    first, *rest = (column == compiler.constant(choices.index(choice)) for choice in node.choices)
    for test in rest:
        first = first | test
    return first, 0


def _not(compiler: Compiler, node: tree.Not) -> tuple[Column, int]:
    column, level = compiler.logic(node.argument)
    return ~column, level


def _junction(compiler: Compiler, node: tree.AllOf | tree.AnyOf) -> tuple[Column, int]:
    parts = [compiler.logic(argument) for argument in node.arguments]
    (first, level), *rest = parts
    for column, own in rest:
        first = first & column if isinstance(node, tree.AllOf) else first | column
        level = max(level, own)
    return first, level


def _score_compare(compiler: Compiler, node: tree.ScoreCompare) -> tuple[Column, int]:
    (lo, hi), level = compiler.score(node.score)
    choose, dialect = compiler.dialect.choose, compiler.dialect
    if node.op in ("==", "!="):
        if node.threshold.denominator != 1:
            return dialect.truth(node.op == "!="), level
        wanted = compiler.constant(int(node.threshold))
        open_ = choose(lo == hi, dialect.truth(node.op == "=="), dialect.null_truth())
        return choose((lo > wanted) | (hi < wanted), dialect.truth(node.op == "!="), open_), level
    strict = node.op in (">", "<=")
    least = compiler.constant(math.floor(node.threshold) + 1 if strict else math.ceil(node.threshold))
    upward = node.op in (">=", ">")
    rest = choose(hi < least, dialect.truth(not upward), dialect.null_truth())
    return choose(lo >= least, dialect.truth(upward), rest), level


def _fixed(compiler: Compiler, node: tree.FixedPoints) -> tuple[Ends, int]:
    return (compiler.constant(node.points), compiler.constant(node.points)), 0


def _bands(compiler: Compiler, node: tree.Bands) -> tuple[Ends, int]:
    lo, hi = (compiler.constant(points) for points in node.otherwise)
    level, dialect = 0, compiler.dialect
    for condition, (low, high) in zip(reversed(node.conditions), reversed(node.points), strict=True):
        held, own = compiler.logic(condition)
        least, most = compiler.constant(low), compiler.constant(high)
        hull_lo, hull_hi = dialect.choose(lo < least, lo, least), dialect.choose(hi > most, hi, most)
        lost, true = dialect.is_null(held), dialect.known(held)
        lo = dialect.choose(true, least, dialect.choose(lost, hull_lo, lo))
        hi = dialect.choose(true, most, dialect.choose(lost, hull_hi, hi))
        level = max(level, own)
    return (lo, hi), level


def _entered(compiler: Compiler, name: str, frame: Ends) -> Ends:
    column = compiler.dialect.column(name)
    missing = compiler.dialect.is_null(column)
    return compiler.dialect.choose(missing, frame[0], column), compiler.dialect.choose(
        missing, frame[1], column
    )


def _framed(compiler: Compiler, node: tree.Entered) -> tuple[Ends, int]:
    frame, level = compiler.score(node.frame)
    return _entered(compiler, node.name, frame), level


def _score_fact(compiler: Compiler, node: tree.ScoreFact) -> tuple[Ends, int]:
    return _entered(compiler, node.name, (compiler.constant(0), compiler.constant(node.maximum))), 0


def _several(compiler: Compiler, node: tree.Total | tree.Best) -> tuple[Ends, int]:
    parts = [compiler.score(argument) for argument in node.arguments]
    (lo, hi), level = parts[0]
    for (low, high), own in parts[1:]:
        if isinstance(node, tree.Total):
            lo, hi = lo + low, hi + high
        else:
            choose = compiler.dialect.choose
            lo = choose(lo < low if node.op == "min" else lo > low, lo, low)
            hi = choose(hi < high if node.op == "min" else hi > high, hi, high)
        level = max(level, own)
    return (lo, hi), level


SCALARS: dict[type[Node], Callable[[Compiler, Any], tuple[Pair, int]]] = {
    tree.Fact: _fact, tree.Const: _const, tree.Arith: _arith, tree.Extreme: _extreme,
    tree.Coalesce: _coalesce, tree.Choose: _choose, tree.YearOf: _year,
}  # fmt: skip
LOGICS: dict[type[Node], Callable[[Compiler, Any], tuple[Column, int]]] = {
    tree.Flag: _flag, tree.Compare: _compare, tree.Member: _member, tree.Not: _not,
    tree.AllOf: _junction, tree.AnyOf: _junction, tree.ScoreCompare: _score_compare,
}  # fmt: skip
SCORES: dict[type[Node], Callable[[Compiler, Any], tuple[Ends, int]]] = {
    tree.FixedPoints: _fixed, tree.Bands: _bands, tree.Entered: _framed, tree.ScoreFact: _score_fact,
    tree.Total: _several, tree.Best: _several,
}  # fmt: skip
