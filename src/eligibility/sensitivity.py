"""Whether a missing fact alone could decide a verdict: values of it are tried until one does."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any, Protocol

from eligibility import tree
from eligibility.compiled import compile_version
from eligibility.facts import STEPS, Facts, Value, step_limits
from eligibility.order import comparisons_of, entered_of, facts_of
from eligibility.programme import Version
from eligibility.relations import breaks_relation, wholes_of
from eligibility.tree import Node
from eligibility.vocabulary import APPLIED_ON, vocabulary

FAR_DAYS = 40 * 366
NEAR_YEARS = range(1, 6)


class NodeValues(Protocol):
    """Values of nodes: the interpreter and the generated code both give them."""

    def __getitem__(self, node: Node, /) -> Any: ...

    def all(self, nodes: tuple[Any, ...], /) -> list[Any]:
        """The values of several conditions or scores."""
        ...

    def openness(self, nodes: tuple[Node, ...], /) -> list[bool]:
        """For all nodes of the version, operands first: is the value None or, of a score, not one point."""
        ...


def could_decide(version: Version, facts: Facts, values: NodeValues, name: str) -> bool:
    """Whether some single value of a missing fact, the others staying as they are, decides the verdict."""
    verdict, trial = compile_version(version).verdict, dict(facts)
    for value in _values(version, facts, values, name):
        trial[name] = value
        if verdict(trial) is not None and not breaks_relation(trial, name):
            return True
    return False


def _values(version: Version, facts: Facts, values: NodeValues, name: str) -> Iterator[Value]:
    """Values worth trying: all of few, else the ends, where comparisons of the fact itself turn, level with the
    facts it is compared with, and all of what it is part of.
    """
    if name == APPLIED_ON:
        return
    spec = vocabulary()[name]
    if spec.unit == "bool":
        yield from (False, True)
    elif spec.unit == "enum":
        yield from spec.choices
    elif spec.unit == "score":
        frames = {node.name: node.frame for node in entered_of(version)}
        yield from values[frames[name]] if name in frames else (0, spec.maximum)
    else:
        fixed, beside = _trials(version, name)
        if spec.unit == "date":
            yield from _days(date.fromordinal(int(facts[APPLIED_ON])))
        yield from fixed
        yield from (facts[other] for other in beside if other in facts)
        yield from wholes_of(name, facts)


@lru_cache(maxsize=64)
def _days(on: date) -> tuple[int, ...]:
    """The day itself and long ago, then full years before it and the first days of years."""
    today = on.toordinal()
    near = [year for year in NEAR_YEARS if year < on.year]
    full = [day for year in near for day in (today - 365 * year, date(on.year - year, 1, 1).toordinal())]
    return today, max(1, today - FAR_DAYS), *full


@lru_cache(maxsize=65_536)
def _trials(version: Version, name: str) -> tuple[tuple[Value, ...], tuple[str, ...]]:
    """Values of a quantity, and the facts of its unit that stand in the same metrics."""
    spec = vocabulary()[name]
    unit = spec.unit
    compares = [compare for compare in comparisons_of(version) if name in facts_of(compare)]
    others = dict.fromkeys(other for compare in compares for other in facts_of(compare) if other != name)
    beside = tuple(o for o in others if o != APPLIED_ON and vocabulary()[o].unit == unit)
    step = Fraction(1, STEPS.get(unit, 1))
    turning = {
        (compare.threshold // step + way) * step
        for compare in compares
        if isinstance(compare.metric, tree.Fact)
        for way in (-1, 0, 1)
    }
    least, most = (steps * step for steps in step_limits(spec))
    ends = () if unit == "date" else (most, Fraction(0), step, least)
    return tuple(
        _whole(value) for value in dict.fromkeys((*ends, *sorted(turning))) if least <= value <= most
    ), beside


def _whole(value: Fraction) -> Value:
    return value.numerator if value.denominator == 1 else value
