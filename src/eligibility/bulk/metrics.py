"""The normal form of a metric: `factor * core + shift`, so metrics that differ only so share one core.

A core is a whole number (a register), a sum of quotients of whole numbers (registers over registers), or any
other scalar, kept as it is. The factor is positive, so a threshold moves with the metric: `metric >= t` is
`core >= (t - shift) / factor`.
"""

from dataclasses import dataclass
from fractions import Fraction

from eligibility import tree
from eligibility.bulk.arrays import EXACT
from eligibility.bulk.integer_registers import MOST, Machine, NotWholeError, Whole
from eligibility.tree import Scalar

MOST_TERMS = 4
Term = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Core:
    """What is ranked: `whole` is a register; `terms` are quotients of registers; else `scalar` itself.

    `exact` tells that all registers of the terms stay below 2**53, whatever the facts.
    """

    whole: int = -1
    terms: tuple[Term, ...] = ()
    scalar: Scalar | None = None
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Normal:
    """A metric as factor times core plus shift."""

    core: Core
    factor: Fraction
    shift: Fraction

    def threshold(self, threshold: Fraction) -> Fraction:
        """The threshold of the core for one of the metric."""
        return (threshold - self.shift) / self.factor


@dataclass(frozen=True, slots=True)
class _Quotients:
    """Sum of factor * above / below, plus shift."""

    terms: tuple[tuple[Fraction, Whole, Whole], ...]
    shift: Fraction

    def times(self, factor: Fraction) -> "_Quotients":
        terms = tuple((own * factor, above, below) for own, above, below in self.terms)
        return _Quotients(terms, self.shift * factor)

    def plus(self, other: "_Quotients") -> "_Quotients":
        return _Quotients((*self.terms, *other.terms), self.shift + other.shift)


def normal_form(machine: Machine, metric: Scalar) -> Normal:
    """The normal form; registers are those of the machine."""
    try:
        whole = machine.whole(metric)
        return Normal(Core(whole=whole.register), whole.scale or Fraction(1), Fraction(0))
    except NotWholeError:
        pass
    try:
        return _normal_quotients(machine, _quotients(machine, metric))
    except NotWholeError:
        return Normal(Core(scalar=metric), Fraction(1), Fraction(0))


def _quotients(machine: Machine, node: Scalar) -> _Quotients:
    if isinstance(node, tree.Const):
        return _Quotients((), node.value)
    if not isinstance(node, tree.Arith):
        raise NotWholeError
    if node.op == "+":
        return _quotients(machine, node.left).plus(_quotients(machine, node.right))
    if node.op == "-":
        return _quotients(machine, node.left).plus(_quotients(machine, node.right).times(Fraction(-1)))
    for side, other in ((node.left, node.right), (node.right, node.left)):
        if isinstance(other, tree.Const) and (node.op == "*" or other is node.right) and other.value:
            factor = other.value if node.op == "*" else 1 / other.value
            return _quotients(machine, side).times(factor)
    if node.op == "*":
        raise NotWholeError
    above, below = machine.whole(node.left), machine.whole(node.right)
    if not above.scale or not below.scale:
        raise NotWholeError
    return _Quotients(((above.scale / below.scale, above, below),), Fraction(0))


def _normal_quotients(machine: Machine, quotients: _Quotients) -> Normal:
    if not 0 < len(quotients.terms) <= MOST_TERMS:
        raise NotWholeError
    factor = abs(quotients.terms[0][0])
    terms, most = [], 0
    for own, above, below in quotients.terms:
        share = own / factor
        upper, lower = machine.times(above, share.numerator), machine.times(below, share.denominator)
        terms.append((upper.register, lower.register))
        most = max(most, upper.most, lower.most)
    if most >= MOST:
        raise NotWholeError
    return Normal(Core(terms=tuple(sorted(terms)), exact=most <= EXACT), factor, quotients.shift)
