"""What each rule of the grammar builds from its parts: nodes already built and the tokens between them."""

from collections.abc import Callable, Mapping

from lark import Token

from eligibility import building, constants, tree
from eligibility.errors import RuleError
from eligibility.functions import call
from eligibility.syntax_errors import shorten
from eligibility.tree import Node, make
from eligibility.vocabulary import find_name

SPELLINGS = {"≥": ">=", "≤": "<=", "≠": "!=", "=": "==", "×": "*", "÷": "/", "−": "-"}
Parts = list[Node | Token]


def _nodes(parts: Parts) -> list[Node]:
    return [part for part in parts if isinstance(part, Node)]


def _tokens(parts: Parts) -> list[str]:
    return [SPELLINGS.get(str(part), str(part)) for part in parts if isinstance(part, Token)]


def _number(parts: Parts, _: Mapping[str, Node]) -> Node:
    value, unit = constants.read_number(_tokens(parts)[0])
    return make(tree.Const, unit, value)


def _date(parts: Parts, _: Mapping[str, Node]) -> Node:
    return make(tree.Const, "date", constants.read_date(_tokens(parts)[0]))


def _name(parts: Parts, scope: Mapping[str, Node]) -> Node:
    name = _tokens(parts)[0]
    if name in scope:
        return scope[name]
    if find_name(name):
        return building.fact(find_name(name))
    raise RuleError(f"expected a fact or a name defined above, got `{shorten(name)}`; see vocabulary.csv")


def _binary(parts: Parts, _: Mapping[str, Node]) -> Node:
    left, right = _nodes(parts)
    return building.arith(_tokens(parts)[0], left, right)


def _compare(parts: Parts, _: Mapping[str, Node]) -> Node:
    left, right = _nodes(parts)
    return building.compare(_tokens(parts)[0], left, right)


RULES: dict[str, Callable[[Parts, Mapping[str, Node]], Node]] = {
    "start": lambda parts, _: _nodes(parts)[0],
    "number": _number,
    "date": _date,
    "fact": _name,
    "name": _name,
    "arith": _binary,
    "compare": _compare,
    "negative": lambda parts, _: building.negative(_nodes(parts)[0]),
    "not_": lambda parts, _: building.negation(building.logic(_nodes(parts)[0], "after `not`")),
    "all_of": lambda parts, _: building.junction(tree.AllOf, _nodes(parts)),
    "any_of": lambda parts, _: building.junction(tree.AnyOf, _nodes(parts)),
    "member": lambda parts, _: building.member(_nodes(parts)[0], _tokens(parts)),
    "call": lambda parts, _: call(_tokens(parts)[0], _nodes(parts)),
}
