"""Typed making of nodes: what the grammar's rules call, free of text and places.

An operand is any Node. Every function raises RuleError when the types or units do not fit.
"""

from fractions import Fraction
from operator import add, mul, sub, truediv
from typing import TypeGuard

from eligibility import tree, units
from eligibility.errors import RuleError
from eligibility.tree import Const, Logic, Node, Scalar, Score, make
from eligibility.vocabulary import APPLIED_ON, vocabulary

FLIPPED = {">=": "<=", "<=": ">=", ">": "<", "<": ">", "==": "==", "!=": "!="}
NEGATED = {">=": "<", "<": ">=", ">": "<=", "<=": ">", "==": "!=", "!=": "=="}
FOLD = {"+": add, "-": sub, "*": mul, "/": truediv}


def fact(name: str) -> Node:
    """The node of a fact by its English name."""
    if name == APPLIED_ON:
        return make(tree.Fact, "date", name)
    spec = vocabulary()[name]
    if spec.unit == "bool":
        return make(tree.Flag, name)
    if spec.unit == "score":
        return make(tree.ScoreFact, name, spec.maximum)
    return make(tree.Fact, spec.unit, name)


def kind_of(node: Node) -> str:
    """The word for a node's type in messages."""
    return units.WORDS[node.unit if isinstance(node, Scalar) else "score" if is_score(node) else "bool"]


def is_score(node: Node) -> TypeGuard[Score]:
    return isinstance(node, Score)


def scalar(node: Node, where: str) -> Scalar:
    """The node itself when it is a scalar."""
    if not isinstance(node, Scalar):
        raise RuleError(f"expected a quantity or a date {where}, got {kind_of(node)}")
    return node


def logic(node: Node, where: str) -> Logic:
    """The node itself when it is a condition."""
    if not isinstance(node, Logic):
        raise RuleError(f"expected a condition {where}, got {kind_of(node)}; compare it, as in `x >= 5`")
    return node


def score(node: Node, where: str) -> Score:
    """The node itself when it gives points; a whole plain constant becomes points."""
    if isinstance(node, Const) and node.unit == "plain" and node.value.denominator == 1:
        return make(tree.FixedPoints, int(node.value))
    if not isinstance(node, Score):
        raise RuleError(f"expected points {where}, got {kind_of(node)}")
    return node


def arith(op: str, left: Node, right: Node) -> Node:
    """`left op right`; two constants fold, points add up."""
    if is_score(left) or is_score(right):
        if op != "+":
            raise RuleError(f"expected + between points, got {op}; points can only be added, min and max")
        return total([score(left, "beside +"), score(right, "beside +")])
    first, second = scalar(left, f"left of {op}"), scalar(right, f"right of {op}")
    if op in "+-":
        unit = units.sum_unit(op, first.unit, second.unit)
    else:
        unit = (units.product_unit if op == "*" else units.quotient_unit)(first.unit, second.unit)
    if op == "/" and isinstance(second, Const) and second.value == 0:
        raise RuleError("expected a divisor other than 0, got 0")
    if isinstance(first, Const) and isinstance(second, Const):
        return make(Const, unit, Fraction(FOLD[op](first.value, second.value)))
    return make(tree.Arith, unit, op, first, second)


def total(parts: list[Score]) -> Score:
    """The sum of points, nested sums opened."""
    flat: list[Score] = []
    for part in parts:
        flat.extend(part.arguments if isinstance(part, tree.Total) else (part,))
    return make(tree.Total, tuple(flat))


def negative(argument: Node) -> Node:
    """Unary minus."""
    return arith("-", make(Const, "plain", Fraction(0)), argument)


def compare(op: str, left: Node, right: Node) -> Logic:
    """A comparison, brought to the form `metric op threshold`."""
    if is_score(left) or is_score(right):
        return _compare_score(op, left, right)
    first, second = scalar(left, f"left of {op}"), scalar(right, f"right of {op}")
    units.common_unit([first.unit, second.unit], f"two sides around {op}")
    if isinstance(first, Const) and isinstance(second, Const):
        raise RuleError("expected a fact on one side, got two constants; name what is to be compared")
    if isinstance(second, Const):
        return make(tree.Compare, op, first, second.value)
    if isinstance(first, Const):
        return make(tree.Compare, FLIPPED[op], second, first.value)
    difference = arith("-", first, second)
    assert isinstance(difference, Scalar)
    return make(tree.Compare, op, difference, Fraction(0))


def _compare_score(op: str, left: Node, right: Node) -> Logic:
    if not is_score(left):
        left, right, op = right, left, FLIPPED[op]
    if not is_score(left) or not isinstance(right, Const) or right.unit != "plain":
        raise RuleError(f"expected points compared with a number, got {kind_of(left)} and {kind_of(right)}")
    return make(tree.ScoreCompare, op, left, right.value)


def member(node: Node, choices: list[str]) -> Logic:
    """`fact in (a, b)`."""
    if not isinstance(node, tree.Fact) or node.unit != "enum":
        raise RuleError(f"expected a fact with choices before `in`, got {kind_of(node)}")
    known = vocabulary()[node.name].choices
    for choice in choices:
        if choice not in known:
            raise RuleError(f"expected one of {', '.join(known)} for {node.name}, got {choice}")
    return make(tree.Member, node, tuple(dict.fromkeys(choices)))


def negation(node: Logic) -> Logic:
    """The opposite, with comparisons turned round: what has no ratio meets neither a condition nor its opposite."""
    if isinstance(node, tree.Compare):
        return make(tree.Compare, NEGATED[node.op], node.metric, node.threshold)
    if isinstance(node, tree.ScoreCompare):
        return make(tree.ScoreCompare, NEGATED[node.op], node.score, node.threshold)
    if isinstance(node, tree.Not):
        return node.argument
    if isinstance(node, tree.AllOf | tree.AnyOf):
        kind = tree.AnyOf if isinstance(node, tree.AllOf) else tree.AllOf
        return junction(kind, [negation(argument) for argument in node.arguments])
    return make(tree.Not, node)


def junction(kind: type[tree.AllOf] | type[tree.AnyOf], parts: list[Node]) -> Logic:
    """And, or; nested ones of the same kind opened."""
    word = "and" if kind is tree.AllOf else "or"
    flat: list[Logic] = []
    for part in parts:
        checked = logic(part, f"beside `{word}`")
        flat.extend(checked.arguments if isinstance(checked, kind) else (checked,))
    distinct = tuple(dict.fromkeys(flat))
    return distinct[0] if len(distinct) == 1 else make(kind, distinct)
