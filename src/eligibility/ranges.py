"""Static ranges: which values a node can take at all, whatever the enterprise."""

from dataclasses import dataclass
from fractions import Fraction

from eligibility import tree
from eligibility.tree import Node
from eligibility.vocabulary import vocabulary


@dataclass(frozen=True, slots=True)
class Range:
    """From `lo` to `hi`; None is without end. `lo_open` and `hi_open` leave the ends out."""

    lo: Fraction | None = None
    hi: Fraction | None = None
    lo_open: bool = False
    hi_open: bool = False

    @property
    def empty(self) -> bool:
        """No value lies in it."""
        if self.lo is None or self.hi is None:
            return False
        return self.lo > self.hi or (self.lo == self.hi and (self.lo_open or self.hi_open))

    def meet(self, other: "Range") -> "Range":
        """What lies in both."""
        lo, lo_open = max(
            ((r.lo, r.lo_open) for r in (self, other) if r.lo is not None), default=(None, False)
        )
        ends = [(r.hi, not r.hi_open) for r in (self, other) if r.hi is not None]
        hi, closed = min(ends, default=(None, True))
        return Range(lo, hi, lo_open, not closed)


def range_of_comparison(op: str, threshold: Fraction) -> Range:
    """The values for which `x op threshold` holds; everything for !=."""
    return {
        ">=": Range(lo=threshold),
        ">": Range(lo=threshold, lo_open=True),
        "<=": Range(hi=threshold),
        "<": Range(hi=threshold, hi_open=True),
        "==": Range(threshold, threshold),
        "!=": Range(),
    }[op]


def range_of(node: Node) -> Range:
    """The range of a metric or a score, by its facts' units, constants and bands."""
    if isinstance(node, tree.Score):
        return Range(Fraction(node.lowest), Fraction(node.highest))
    if isinstance(node, tree.Const):
        return Range(node.value, node.value)
    if isinstance(node, tree.Fact) and node.name in vocabulary() and node.unit not in ("date", "enum"):
        spec = vocabulary()[node.name]
        least = None if spec.least is None else Fraction(spec.least)
        return Range(least, Fraction(1) if node.unit == "ratio" else None)
    if isinstance(node, tree.Arith) and node.op in "+*/" and all(_not_negative(n) for n in node.children):
        return Range(lo=Fraction(0))
    return Range()


def _not_negative(node: Node) -> bool:
    lo = range_of(node).lo
    return lo is not None and lo >= 0


def _may_be_no_ratio(node: Node) -> bool:
    if isinstance(node, tree.Arith) and node.op == "/" and not isinstance(node.right, tree.Const):
        return True
    return isinstance(node, tree.Scalar) and any(map(_may_be_no_ratio, node.children))


def compared(node: Node) -> tuple[Node, Range] | None:
    """What a comparison compares, and the values for which it holds."""
    if isinstance(node, tree.Compare):
        return node.metric, range_of_comparison(node.op, node.threshold)
    if isinstance(node, tree.ScoreCompare):
        return node.score, range_of_comparison(node.op, node.threshold)
    return None


def can_hold(node: Node) -> bool:
    """False when no enterprise can make the condition true."""
    pair = compared(node)
    if pair:
        return not range_of(pair[0]).meet(pair[1]).empty
    if isinstance(node, tree.AnyOf):
        return any(can_hold(argument) for argument in node.arguments)
    if isinstance(node, tree.AllOf):
        return all(can_hold(argument) for argument in node.arguments) and _together(node)
    if isinstance(node, tree.Not):
        return not always_holds(node.argument)
    return True


def _together(node: tree.AllOf) -> bool:
    """Whether the comparisons of one and the same metric leave any value."""
    left: dict[Node, Range] = {}
    for argument in node.arguments:
        pair = compared(argument)
        if pair:
            left[pair[0]] = left.get(pair[0], range_of(pair[0])).meet(pair[1])
    flags = {argument for argument in node.arguments if isinstance(argument, tree.Flag)}
    denied = {argument.argument for argument in node.arguments if isinstance(argument, tree.Not)}
    return not any(value.empty for value in left.values()) and not flags & denied


def always_holds(node: Node) -> bool:
    """True when every enterprise whose facts are known makes the condition true; one without a ratio meets none."""
    pair = compared(node)
    if pair:
        mine, asked = range_of(pair[0]), pair[1]
        return asked != Range() and mine.meet(asked) == mine and not _may_be_no_ratio(pair[0])
    if isinstance(node, tree.AllOf):
        return all(always_holds(argument) for argument in node.arguments)
    if isinstance(node, tree.AnyOf):
        return any(always_holds(argument) for argument in node.arguments)
    return isinstance(node, tree.Not) and not can_hold(node.argument)
