"""What cannot be together: a part above its whole. The wholes stand in `vocabulary.csv`."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any

from eligibility.vocabulary import APPLIED_ON, unit_of, vocabulary


@dataclass(frozen=True, slots=True)
class Relation:
    """A fact that is at most the sum of others; each stands in for its general one."""

    part: str
    whole: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Broken:
    """A relation that facts break, with the names of those it was seen in and what is wrong."""

    part: str
    names: tuple[str, ...]
    problem: str


@cache
def relations() -> tuple[Relation, ...]:
    """All of them, in the order of the vocabulary."""
    return tuple(Relation(spec.name, whole) for spec in vocabulary().values() for whole in spec.within)


@cache
def _relations_with(name: str) -> tuple[Relation, ...]:
    """Those that speak of a fact, or of one it stands in for."""
    meant = {name} | {spec.name for spec in vocabulary().values() if spec.general == name}
    return tuple(relation for relation in relations() if meant & {relation.part, *relation.whole})


def breaks_relation(facts: Mapping[str, Any], name: str) -> bool:
    """Whether checked facts break a relation that speaks of a fact."""
    return any(_broken(relation, facts) for relation in _relations_with(name))


def wholes_of(name: str, facts: Mapping[str, Any]) -> Iterator[Any]:
    """The most that a fact can be, as far as known facts tell."""
    for relation in _relations_with(name):
        whole = _known_whole(relation, facts)
        if relation.part == name and whole:
            yield sum(facts[used] for used in whole)


def used_name(name: str, is_known: Callable[[str], Any]) -> str:
    """The fact itself, or the general one where only that is known."""
    general = "" if name == APPLIED_ON else vocabulary()[name].general
    return general if general and not is_known(name) and is_known(general) else name


def broken_relations(facts: Mapping[str, Any]) -> Iterator[Broken]:
    """Those that checked facts break; a relation is judged only where all it speaks of is known."""
    return filter(None, (_broken(relation, facts) for relation in relations()))


def _broken(relation: Relation, facts: Mapping[str, Any]) -> Broken | None:
    part, whole = relation.part, _known_whole(relation, facts) if relation.part in facts else ()
    if not whole or facts[part] <= sum(facts[name] for name in whole):
        return None
    return Broken(part, (part, *whole), _problem(part, whole, facts))


def _known_whole(relation: Relation, facts: Mapping[str, Any]) -> tuple[str, ...]:
    """The facts that make up the whole, nothing where one is missing."""
    whole = tuple(used_name(name, facts.__contains__) for name in relation.whole)
    return whole if all(name in facts for name in whole) else ()


def _problem(part: str, whole: tuple[str, ...], facts: Mapping[str, Any]) -> str:
    most, named = _shown(part, sum(facts[name] for name in whole)), " + ".join(whole)
    return f"expected at most {named}, which is {most}, got {_shown(part, facts[part])}; correct one of them"


def _shown(name: str, value: Any) -> str:
    if unit_of(name) == "date":
        return date.fromordinal(int(value)).isoformat()
    exact = Fraction(value)
    return str(exact.numerator) if exact.denominator == 1 else f"{float(exact):.10g}"
