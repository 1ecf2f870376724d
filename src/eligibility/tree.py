"""The syntax tree: immutable nodes, hash-consed, so equal expressions are one object and `is` compares them.

Three kinds of node, told apart by their base class:

* `Scalar`: money (yuan), count, number, ratio, days, year, date or enum (its `unit`). Its value is an
  exact fraction (a date: its proleptic ordinal; an enum: its text), None: not known, or NO_RATIO: known
  that there is none, because something is divided by zero.
* `Logic`: true, false or None, after Kleene.
* `Score`: whole points as an interval (lo, hi), never None; `lowest` and `highest` bound it statically.

Nodes are made by `make`, which caps their height (`depth`) and the degree of the quotient a scalar
stands for (`degree`: numerator, denominator), so nobody who walks a tree can run out of stack and no
number can explode. `children` gives the operands of any node, left to right.
"""

from dataclasses import dataclass, field, fields
from enum import Enum
from fractions import Fraction
from typing import Any, ClassVar, TypeVar
from weakref import WeakValueDictionary

from eligibility.errors import RuleError

MAX_DEPTH = 100
MAX_DEGREE = 12
MAX_POINTS = 1_000_000

Points = tuple[int, int]


class NoRatio(Enum):
    """The value of a quotient whose divisor is zero, and of all that is computed from it."""

    NO_RATIO = "no ratio"


NO_RATIO = NoRatio.NO_RATIO


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Node:
    """Base of all nodes. Two nodes are equal only when they are the same object."""

    operands: ClassVar[tuple[str, ...]] = ()
    depth: int = field(init=False, default=1, repr=False)

    @property
    def children(self) -> tuple["Node", ...]:
        """The operands, left to right."""
        nodes: list[Node] = []
        for name in self.operands:
            value = getattr(self, name)
            nodes.extend(value if isinstance(value, tuple) else (value,))
        return tuple(nodes)

    def __reduce__(self) -> tuple[Any, ...]:
        return make, (type(self), *(getattr(self, f.name) for f in fields(self) if f.init))


@dataclass(frozen=True, slots=True, eq=False)
class Scalar(Node):
    """A quantity, a date or an enum."""

    unit: str
    degree: tuple[int, int] = field(init=False, default=(0, 0), repr=False)

    def measure(self) -> tuple[int, int]:
        """Degrees of the numerator and of the denominator."""
        degrees = [child.degree for child in self.children if isinstance(child, Scalar)]
        return max((n for n, _ in degrees), default=0), max((d for _, d in degrees), default=0)


@dataclass(frozen=True, slots=True, eq=False)
class Fact(Scalar):
    """A fact of the vocabulary, or `applied_on`."""

    name: str

    def measure(self) -> tuple[int, int]:
        return 1, 0


@dataclass(frozen=True, slots=True, eq=False)
class Const(Scalar):
    """A constant; unit `plain` when it was written without one."""

    value: Fraction


@dataclass(frozen=True, slots=True, eq=False)
class Arith(Scalar):
    """`left op right` with op one of + - * /.

    NO_RATIO where an operand is or the divisor is zero, whatever the other operand; else None where one is.
    """

    operands: ClassVar[tuple[str, ...]] = ("left", "right")
    op: str
    left: Scalar
    right: Scalar

    def measure(self) -> tuple[int, int]:
        (ln, ld), (rn, rd) = self.left.degree, self.right.degree
        if self.op == "*":
            return ln + rn, ld + rd
        if self.op == "/":
            return ln + rd, ld + rn
        return max(ln + rd, rn + ld), ld + rd


@dataclass(frozen=True, slots=True, eq=False)
class Extreme(Scalar):
    """The least (op min) or greatest (op max) of the arguments; NO_RATIO when any of them is, else None."""

    operands: ClassVar[tuple[str, ...]] = ("arguments",)
    op: str
    arguments: tuple[Scalar, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Coalesce(Scalar):
    """The first argument that has a value; without one None where an argument is, else NO_RATIO."""

    operands: ClassVar[tuple[str, ...]] = ("arguments",)
    arguments: tuple[Scalar, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Choose(Scalar):
    """`then` where the condition is true, `otherwise` where it is false, None where it is None."""

    operands: ClassVar[tuple[str, ...]] = ("condition", "then", "otherwise")
    condition: "Logic"
    then: Scalar
    otherwise: Scalar


@dataclass(frozen=True, slots=True, eq=False)
class YearOf(Scalar):
    """The calendar year of a date."""

    operands: ClassVar[tuple[str, ...]] = ("date",)
    date: Fact


@dataclass(frozen=True, slots=True, eq=False)
class Logic(Node):
    """A condition."""


@dataclass(frozen=True, slots=True, eq=False)
class Flag(Logic):
    """A yes-or-no fact of the vocabulary."""

    name: str


@dataclass(frozen=True, slots=True, eq=False)
class Compare(Logic):
    """`metric op threshold`, always in this form; op one of >= > <= < == !=.

    `a >= b` with two changing sides is kept as `a - b >= 0`. False where the metric is NO_RATIO, whatever the op.
    """

    operands: ClassVar[tuple[str, ...]] = ("metric",)
    op: str
    metric: Scalar
    threshold: Fraction


@dataclass(frozen=True, slots=True, eq=False)
class Member(Logic):
    """An enum fact is one of the choices."""

    operands: ClassVar[tuple[str, ...]] = ("fact",)
    fact: Fact
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class ScoreCompare(Logic):
    """`score op threshold`: true when it holds on all of [lo, hi], false when on none of it, else None."""

    operands: ClassVar[tuple[str, ...]] = ("score",)
    op: str
    score: "Score"
    threshold: Fraction


@dataclass(frozen=True, slots=True, eq=False)
class Not(Logic):
    """Negation of a Flag or a Member; None stays None. `building.negation` moves any other inward, so that no
    ratio fails a condition and its opposite alike.
    """

    operands: ClassVar[tuple[str, ...]] = ("argument",)
    argument: Logic


@dataclass(frozen=True, slots=True, eq=False)
class AllOf(Logic):
    """And: false when any argument is false, else None when any is None, else true."""

    operands: ClassVar[tuple[str, ...]] = ("arguments",)
    arguments: tuple[Logic, ...]


@dataclass(frozen=True, slots=True, eq=False)
class AnyOf(Logic):
    """Or: true when any argument is true, else None when any is None, else false."""

    operands: ClassVar[tuple[str, ...]] = ("arguments",)
    arguments: tuple[Logic, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Score(Node):
    """Points as an interval."""

    lowest: int = field(init=False, default=0, repr=False)
    highest: int = field(init=False, default=0, repr=False)

    def bounds(self) -> Points:
        """The least and the greatest value any enterprise can get."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True, eq=False)
class FixedPoints(Score):
    """A constant number of points."""

    points: int

    def bounds(self) -> Points:
        return self.points, self.points


@dataclass(frozen=True, slots=True, eq=False)
class Bands(Score):
    """The points of the first condition that holds, else `otherwise`.

    Conditions are tried in order; one that is None leaves its points possible and goes on to the next,
    so the value is the hull of all points still possible. `metric` is the one scalar that all
    conditions compare, where there is one.
    """

    operands: ClassVar[tuple[str, ...]] = ("conditions",)
    conditions: tuple[Logic, ...]
    points: tuple[Points, ...]
    otherwise: Points

    @property
    def metric(self) -> Scalar | None:
        """The scalar all rows compare with their threshold, or None."""
        metrics = {row.metric if isinstance(row, Compare) else None for row in self.conditions}
        return metrics.pop() if len(metrics) == 1 else None

    def bounds(self) -> Points:
        rows = (*self.points, self.otherwise)
        return min(lo for lo, _ in rows), max(hi for _, hi in rows)


@dataclass(frozen=True, slots=True, eq=False)
class Entered(Score):
    """Points an assessor enters as fact `name`.

    While the fact is missing the value is that of `frame`. An entered point outside the frame's
    interval is a fault: the verdict of the version becomes unknown and the fact is named.
    """

    operands: ClassVar[tuple[str, ...]] = ("frame",)
    name: str
    frame: Score

    def bounds(self) -> Points:
        return self.frame.lowest, self.frame.highest


@dataclass(frozen=True, slots=True, eq=False)
class ScoreFact(Score):
    """An entered score held by nothing but its range: [0, maximum] while it is missing."""

    name: str
    maximum: int

    def bounds(self) -> Points:
        return 0, self.maximum


@dataclass(frozen=True, slots=True, eq=False)
class Total(Score):
    """The sum of the arguments, end by end."""

    operands: ClassVar[tuple[str, ...]] = ("arguments",)
    arguments: tuple[Score, ...]

    def bounds(self) -> Points:
        return sum(a.lowest for a in self.arguments), sum(a.highest for a in self.arguments)


@dataclass(frozen=True, slots=True, eq=False)
class Best(Score):
    """The greatest (op max) or least (op min) of the arguments, end by end; `min(30, ...)` is a cap."""

    operands: ClassVar[tuple[str, ...]] = ("arguments",)
    op: str
    arguments: tuple[Score, ...]

    def bounds(self) -> Points:
        pick = max if self.op == "max" else min
        return pick(a.lowest for a in self.arguments), pick(a.highest for a in self.arguments)


_known: "WeakValueDictionary[tuple[Any, ...], Node]" = WeakValueDictionary()

N = TypeVar("N", bound=Node)


def make(kind: type[N], *arguments: Any) -> N:
    """The one node of this kind with these fields; created when it isn't there yet.

    Raises RuleError when the expression becomes too deep or too complex.
    """
    key = (kind, *((type(argument), argument) for argument in arguments))
    node = _known.get(key)
    if node is None:
        node = kind(*arguments)
        _measure(node)
        _known[key] = node
    assert isinstance(node, kind)
    return node


def _measure(node: Node) -> None:
    depth = 1 + max((child.depth for child in node.children), default=0)
    if depth > MAX_DEPTH:
        raise RuleError(f"expected at most {MAX_DEPTH} steps on top of each other, got more; split the rule")
    object.__setattr__(node, "depth", depth)
    if isinstance(node, Scalar):
        degree = node.measure()
        if max(degree) > MAX_DEGREE:
            raise RuleError(f"expected at most {MAX_DEGREE} facts multiplied or divided, got more; simplify")
        object.__setattr__(node, "degree", degree)
    elif isinstance(node, Score):
        lowest, highest = node.bounds()
        if max(-lowest, highest) > MAX_POINTS:
            raise RuleError(f"expected at most {MAX_POINTS} points, got {max(-lowest, highest)}")
        object.__setattr__(node, "lowest", lowest)
        object.__setattr__(node, "highest", highest)
