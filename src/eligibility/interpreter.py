"""The reference: the tree walked on exact fractions, slow and plain. All other engines must agree with it."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from operator import add, mul, sub, truediv
from typing import Any

from eligibility import tree
from eligibility.facts import Facts
from eligibility.tree import NO_RATIO, Node, NoRatio, Points

OPERATIONS: dict[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": add, "-": sub, "*": mul, "/": truediv,
}  # fmt: skip
ScalarValue = Fraction | str | NoRatio | None


class Interpreter:
    """Values of nodes for the facts of one enterprise: `interpreter[node]`, each computed once.

    A scalar gives a Fraction (an enum its text), None or NO_RATIO, a condition True, False or None, a score (lo, hi).
    """

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self._values: dict[Node, Any] = {}

    def __getitem__(self, node: Node) -> Any:
        if node not in self._values:
            self._values[node] = RULES[type(node)](self, node)
        return self._values[node]

    def openness(self, nodes: tuple[Node, ...]) -> list[bool]:
        """For each node: is the value None or, of a score, not one point."""
        values = ((node, self[node]) for node in nodes)
        return [len(set(v)) > 1 if isinstance(n, tree.Score) else v is None for n, v in values]

    def all(self, nodes: tuple[Node, ...]) -> list[Any]:
        """The values of several nodes."""
        return [self[node] for node in nodes]


def _fact(values: Interpreter, node: tree.Fact) -> ScalarValue:
    value = values.facts.get(node.name)
    return value if value is None or isinstance(value, str) else Fraction(value)


def _arith(values: Interpreter, node: tree.Arith) -> ScalarValue:
    left, right = values[node.left], values[node.right]
    if NO_RATIO in (left, right) or (node.op == "/" and right == 0):
        return NO_RATIO
    if left is None or right is None:
        return None
    result: Fraction = OPERATIONS[node.op](left, right)
    return result


def _extreme(values: Interpreter, node: tree.Extreme) -> ScalarValue:
    arguments = values.all(node.arguments)
    for without_value in (NO_RATIO, None):
        if without_value in arguments:
            return without_value
    result: Fraction = min(arguments) if node.op == "min" else max(arguments)
    return result


def _coalesce(values: Interpreter, node: tree.Coalesce) -> ScalarValue:
    arguments: list[ScalarValue] = values.all(node.arguments)
    without: ScalarValue = None if None in arguments else NO_RATIO
    return next((value for value in arguments if value is not None and value is not NO_RATIO), without)


def _choose(values: Interpreter, node: tree.Choose) -> ScalarValue:
    condition = values[node.condition]
    if condition is None:
        return None
    result: ScalarValue = values[node.then if condition else node.otherwise]
    return result


def _year(values: Interpreter, node: tree.YearOf) -> Fraction | None:
    day = values[node.date]
    return None if day is None else Fraction(date.fromordinal(int(day)).year)


def holds(op: str, left: Fraction | int, right: Fraction) -> bool:
    """Whether `left op right`."""
    return {
        ">=": left >= right,
        ">": left > right,
        "<=": left <= right,
        "<": left < right,
        "==": left == right,
        "!=": left != right,
    }[op]


def _compare(values: Interpreter, node: tree.Compare) -> bool | None:
    metric = values[node.metric]
    if metric is None or metric is NO_RATIO:
        return None if metric is None else False
    return holds(node.op, metric, node.threshold)


def _member(values: Interpreter, node: tree.Member) -> bool | None:
    choice = values[node.fact]
    return None if choice is None else choice in node.choices


def _not(values: Interpreter, node: tree.Not) -> bool | None:
    argument = values[node.argument]
    return None if argument is None else not argument


def _all_of(values: Interpreter, node: tree.AllOf) -> bool | None:
    arguments = values.all(node.arguments)
    return False if False in arguments else None if None in arguments else True


def _any_of(values: Interpreter, node: tree.AnyOf) -> bool | None:
    arguments = values.all(node.arguments)
    return True if True in arguments else None if None in arguments else False


def _score_compare(values: Interpreter, node: tree.ScoreCompare) -> bool | None:
    lo, hi = values[node.score]
    if node.op in ("==", "!="):
        possible = lo <= node.threshold <= hi and node.threshold.denominator == 1
        equal = True if possible and lo == hi else None if possible else False
        return equal if node.op == "==" or equal is None else not equal
    ends = {holds(node.op, lo, node.threshold), holds(node.op, hi, node.threshold)}
    return ends.pop() if len(ends) == 1 else None


def _bands(values: Interpreter, node: tree.Bands) -> Points:
    possible = []
    for condition, points in zip(node.conditions, node.points, strict=True):
        held = values[condition]
        if held is not False:
            possible.append(points)
        if held is True:
            break
    else:
        possible.append(node.otherwise)
    return min(lo for lo, _ in possible), max(hi for _, hi in possible)


def _points(values: Interpreter, name: str, otherwise: Points) -> Points:
    entered = values.facts.get(name)
    return otherwise if entered is None else (int(entered), int(entered))


def _total(values: Interpreter, node: tree.Total) -> Points:
    parts = values.all(node.arguments)
    return sum(lo for lo, _ in parts), sum(hi for _, hi in parts)


def _best(values: Interpreter, node: tree.Best) -> Points:
    parts = values.all(node.arguments)
    pick = max if node.op == "max" else min
    return pick(lo for lo, _ in parts), pick(hi for _, hi in parts)


RULES: dict[type[Node], Callable[[Interpreter, Any], Any]] = {
    tree.Fact: _fact,
    tree.Const: lambda _, node: node.value,
    tree.Arith: _arith,
    tree.Extreme: _extreme,
    tree.Coalesce: _coalesce,
    tree.Choose: _choose,
    tree.YearOf: _year,
    tree.Flag: lambda values, node: values.facts.get(node.name),
    tree.Compare: _compare,
    tree.Member: _member,
    tree.Not: _not,
    tree.AllOf: _all_of,
    tree.AnyOf: _any_of,
    tree.ScoreCompare: _score_compare,
    tree.FixedPoints: lambda _, node: (node.points, node.points),
    tree.Bands: _bands,
    tree.Entered: lambda values, node: _points(values, node.name, values[node.frame]),
    tree.ScoreFact: lambda values, node: _points(values, node.name, (0, node.maximum)),
    tree.Total: _total,
    tree.Best: _best,
}
