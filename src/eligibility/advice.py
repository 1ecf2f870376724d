"""What would change a verdict: other facts, the least steps towards met, the day on which time has passed.

Every plan is checked by evaluating it; nothing is proposed that was not seen to be met.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations, product

from eligibility import tree
from eligibility.evaluation import Evaluation, evaluate, verdict_of
from eligibility.facts import STEPS, Facts, Value, kind_of, step_limits
from eligibility.order import comparisons_of, facts_of, topological
from eligibility.programme import Programme, Version
from eligibility.relations import broken_relations
from eligibility.tree import Compare
from eligibility.vocabulary import APPLIED_ON, unit_of, vocabulary

MOST_CHANGES = 3
MOST_TRIALS = 20_000
HORIZON = 3653


@dataclass(frozen=True, slots=True)
class Changed:
    """A condition or the verdict (id empty) before and after."""

    id: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Fix:
    """Facts to change, from what to what; evaluated and met."""

    changes: dict[str, tuple[Value | None, Value]]


def what_if(version: Version, facts: Facts, changes: Mapping[str, Value | None]) -> tuple[Changed, ...]:
    """What changes when facts change; None makes a fact missing, and so does contradicting another."""
    altered = {name: value for name, value in (dict(facts) | dict(changes)).items() if value is not None}
    for name in {name for relation in broken_relations(altered) for name in relation.names} - {APPLIED_ON}:
        del altered[name]
    return compare(evaluate(version, facts), evaluate(version, altered))


def compare(before: Evaluation, after: Evaluation) -> tuple[Changed, ...]:
    """The verdict first, then conditions and bands by id, those of one side alone with '' for the other."""
    changes = [Changed("", before.verdict, after.verdict)]
    earlier, later = _entries(before), _entries(after)
    changes += [
        Changed(name, earlier.get(name, ""), later.get(name, ""))
        for name in dict.fromkeys([*earlier, *later])
    ]
    return tuple(change for change in changes if change.before != change.after)


def _entries(evaluation: Evaluation) -> dict[str, str]:
    entries = {result.id: result.verdict for result in evaluation.conditions}
    for band in evaluation.bands:
        entries[f"band {band.name}"] = str(band.lo) if band.lo == band.hi else f"{band.lo}-{band.hi}"
    return entries


def nearest_fix(version: Version, facts: Facts, changeable: Mapping[str, int]) -> Fix | None:
    """The fewest facts to change for a verdict of met, then the least change of each; None when none is
    found.

    `changeable` gives each fact its direction: 1 up, -1 down; flags and choices go to any value when named.
    Only
    values where some comparison or band changes are tried.
    """
    if verdict_of(version, facts) == "met":
        return Fix({})
    steps = {name: _candidates(version, facts, name, way) for name, way in changeable.items()}
    used = [name for name in facts_of(version.root) if steps.get(name)]
    trials = 0
    for size in range(1, MOST_CHANGES + 1):
        fixes: list[tuple[int, dict[str, Value]]] = []
        for names in combinations(used, size):
            for choice in product(*(list(enumerate(steps[name])) for name in names)):
                trials += 1
                if trials > MOST_TRIALS:
                    break
                values = {name: value for name, (_, value) in zip(names, choice, strict=True)}
                altered = dict(facts) | values
                if verdict_of(version, altered) == "met" and not any(broken_relations(altered)):
                    fixes.append((sum(place for place, _ in choice), values))
        if fixes:
            _, values = min(fixes, key=lambda pair: pair[0])
            return Fix({name: (facts.get(name), value) for name, value in values.items()})
    return None


def _candidates(version: Version, facts: Facts, name: str, way: int) -> list[Value]:
    """Values of one fact, nearest first, at which a comparison changes while the others stay."""
    spec, now = vocabulary()[name], facts.get(name)
    if spec.unit == "bool":
        return [not now] if now is not None else [True, False]
    if spec.unit == "enum":
        return [choice for choice in spec.choices if choice != now]
    if spec.unit == "score":
        return [value for value in range(spec.maximum + 1) if _beyond(value, now, way)]
    values = set()
    for compare_ in comparisons_of(version):
        if name in facts_of(compare_):
            values.update(_crossings(compare_, facts, name, way))
    for node in topological(version.roots):
        for row in node.conditions if isinstance(node, tree.Bands) else ():
            values.update(_crossings_below(row, facts, name, way))
    return sorted(values, key=lambda value: abs(_number(value) - _number(now)))


def _crossings_below(row: tree.Logic, facts: Facts, name: str, way: int) -> set[Fraction | int]:
    crossings: set[Fraction | int] = set()
    for node in topological([row]):
        if isinstance(node, Compare) and name in facts_of(node):
            crossings |= _crossings(node, facts, name, way)
    return crossings


def _number(value: Value | None) -> Fraction:
    return Fraction(0) if value is None or isinstance(value, str) else Fraction(value)


def _beyond(value: Fraction | int, now: Value | None, way: int) -> bool:
    return now is None or (value - _number(now)) * way > 0


def _crossings(compare_: Compare, facts: Facts, name: str, way: int) -> set[Fraction | int]:
    """The first step beyond `now` at which the comparison turns, by bisection over steps of the unit."""
    step = STEPS.get(unit_of(name), 1)
    start = int(_number(facts.get(name)) * step)
    least, most = step_limits(vocabulary()[name])

    def held(steps: int) -> bool | None:
        from eligibility.interpreter import Interpreter

        value: bool | None = Interpreter(dict(facts) | {name: Fraction(steps, step)})[compare_]
        return value

    before = held(start)
    near, distance = start, 1
    while True:
        far = max(least, min(most, start + way * distance))
        if held(far) is not before:
            break
        if far in (least, most):
            return set()
        near, distance = far, distance * 4
    while abs(far - near) > 1:
        middle = (near + far) // 2
        near, far = (near, middle) if held(middle) is not before else (middle, far)
    exact = Fraction(far, step)
    return {exact.numerator if exact.denominator == 1 else exact}


def earliest_date(programme: Programme | Version, facts: Facts, on: date) -> date | None:
    """The first day from `on`, up to ten years on, whose application is met with the facts as they are.

    The other facts stay what they are, so the answer means something only where time alone is short.
    """
    for days in range(HORIZON):
        day = on + timedelta(days)
        version = _in_force(programme, day, kind_of(facts))
        if version and verdict_of(version, dict(facts) | {APPLIED_ON: day.toordinal()}) == "met":
            return day
    return None


def _in_force(programme: Programme | Version, day: date, kind: str) -> Version | None:
    versions: Sequence[Version] = programme.versions if isinstance(programme, Programme) else (programme,)
    return next((version for version in versions if version.in_force(day, kind)), None)
