"""The functions of the language: min, max, coalesce, when, year, growth."""

from collections.abc import Callable

from eligibility import tree, units
from eligibility.building import is_score, logic, scalar, score
from eligibility.errors import RuleError
from eligibility.growth import growth
from eligibility.tree import Node, Scalar, make


def _count(name: str, arguments: list[Node], least: int, most: int) -> None:
    if not least <= len(arguments) <= most:
        wanted = str(least) if least == most else f"{least} to {most}"
        raise RuleError(f"expected {wanted} arguments for {name}, got {len(arguments)}")


def _scalars(name: str, arguments: list[Node]) -> tuple[str, tuple[Scalar, ...]]:
    checked = tuple(scalar(argument, f"in {name}") for argument in arguments)
    return units.common_unit([argument.unit for argument in checked], f"arguments of {name}"), checked


def _extreme(name: str, arguments: list[Node]) -> Node:
    _count(name, arguments, 2, 50)
    if any(is_score(argument) for argument in arguments):
        return make(tree.Best, name, tuple(score(argument, f"in {name}") for argument in arguments))
    unit, checked = _scalars(name, arguments)
    return make(tree.Extreme, unit, name, checked)


def _coalesce(name: str, arguments: list[Node]) -> Node:
    _count(name, arguments, 2, 50)
    unit, checked = _scalars(name, arguments)
    return make(tree.Coalesce, unit, checked)


def _when(name: str, arguments: list[Node]) -> Node:
    _count(name, arguments, 3, 3)
    unit, (then, otherwise) = _scalars(name, arguments[1:])
    return make(tree.Choose, unit, logic(arguments[0], "as the first argument of when"), then, otherwise)


def _year(name: str, arguments: list[Node]) -> Node:
    _count(name, arguments, 1, 1)
    argument = arguments[0]
    if not isinstance(argument, tree.Fact) or argument.unit != "date":
        raise RuleError("expected the name of a date in year, such as year(registered_on)")
    return make(tree.YearOf, "year", argument)


def _growth(name: str, arguments: list[Node]) -> Node:
    _count(name, arguments, 2, 3)
    return growth(arguments)


FUNCTIONS: dict[str, Callable[[str, list[Node]], Node]] = {
    "min": _extreme,
    "max": _extreme,
    "coalesce": _coalesce,
    "when": _when,
    "year": _year,
    "growth": _growth,
}


def call(name: str, arguments: list[Node]) -> Node:
    """`name(arguments...)`."""
    return FUNCTIONS[name](name, arguments)
