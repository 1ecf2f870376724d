"""Growth of a figure over fiscal years, with the edges that the guide 国科发火〔2016〕195号 gives it.

    growth(y1, y2)       y1 / y2 - 1; the second may be any earlier year
    growth(y1, y2, y3)   half of (y2 / y3 + y1 / y2), less 1

Where the first of three years (y3) is zero the last two count; where the base (of three years y2) is zero there is no
growth. A year that is not given and lies before the year of registration counts as zero, so a young enterprise is
measured over the years it has existed. A figure below zero has no growth, nor has what starts from one: the guide is
silent there, and the bare formula would make losses that doubled a growth of a hundred per cent.

It is built of quotients of whole numbers, so every engine takes it as it takes any other metric.
"""

from fractions import Fraction
from typing import cast

from eligibility import building, tree
from eligibility.errors import RuleError
from eligibility.tree import Logic, Node, Scalar, make
from eligibility.vocabulary import APPLIED_ON, vocabulary

REGISTERED_ON = "registered_on"
ZERO = Fraction(0)


def growth(years: list[Node]) -> Node:
    """The node of a growth over two or three years, the latest first. Raises RuleError."""
    facts = [_yearly(node) for node in years]
    _check_order(facts)
    latest = facts[0]
    base, *earlier = (_since_founding(fact) for fact in facts[1:])
    below_zero = [_compared("<", figure, ZERO) for figure in (latest, *earlier)] if _is_signed(latest) else []
    divisor = _or_zero(base, below_zero) if below_zero else base
    rise = building.arith("/", latest, divisor)
    if earlier:
        [first] = earlier
        known = _compared(">", first, ZERO)
        before = building.arith("/", _choose(known, base, latest), _choose(known, first, base))
        rise = building.arith("/", building.arith("+", before, rise), _plain(2))
    return building.arith("-", rise, _plain(1))


def _yearly(node: Node) -> tree.Fact:
    if not isinstance(node, tree.Fact) or node.name == APPLIED_ON or not vocabulary()[node.name].years_back:
        raise RuleError(
            "expected names of yearly facts in growth, such as growth(sales_y1, sales_y2, sales_y3)"
        )
    return node


def _check_order(facts: list[tree.Fact]) -> None:
    back = [vocabulary()[fact.name].years_back for fact in facts]
    stems = {fact.name.rpartition("_")[0] for fact in facts}
    in_order = back == sorted(set(back)) and (len(back) < 3 or back[2] - back[0] == 2)  # noqa: PLR2004 - three years
    if not in_order or len(stems) > 1:
        named = ", ".join(fact.name for fact in facts)
        raise RuleError(
            f"expected one figure in growth, the latest year first, three years in a row, got {named}"
        )


def _is_signed(fact: tree.Fact) -> bool:
    return vocabulary()[fact.name].least is None


def _since_founding(fact: tree.Fact) -> Scalar:
    """The figure; zero where it is not given and its year lies before that of registration."""
    registered = make(tree.YearOf, "year", make(tree.Fact, "date", REGISTERED_ON))
    applied = make(tree.YearOf, "year", make(tree.Fact, "date", APPLIED_ON))
    year = building.arith("-", applied, _plain(vocabulary()[fact.name].years_back))
    existed = building.compare("<=", registered, year)
    otherwise = _choose(existed, fact, make(tree.Const, "plain", ZERO))
    return make(tree.Coalesce, fact.unit, (fact, otherwise))


def _or_zero(base: Scalar, below_zero: list[Logic]) -> Scalar:
    """The base; zero, so that there is no growth, where it or another figure lies below zero."""
    zero = make(tree.Const, "plain", ZERO)
    none = building.junction(tree.AnyOf, [_compared("<=", base, ZERO), *below_zero])
    return _choose(none, zero, base)


def _compared(op: str, figure: Scalar, limit: Fraction) -> Logic:
    return make(tree.Compare, op, figure, limit)


def _choose(condition: Logic, then: Scalar, otherwise: Scalar) -> Scalar:
    unit = otherwise.unit if isinstance(then, tree.Const) else then.unit
    return make(tree.Choose, unit, condition, then, otherwise)


def _plain(value: int) -> Scalar:
    return cast(Scalar, make(tree.Const, "plain", Fraction(value)))
