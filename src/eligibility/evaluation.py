"""Evaluating one enterprise for one programme version, and explaining the verdict.

`evaluate` runs the generated Python, `evaluate_reference` the interpreter; both give the same Evaluation.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from eligibility.compiled import compile_version
from eligibility.errors import FactError
from eligibility.facts import Facts, Value, kind_of
from eligibility.interpreter import Interpreter, ScalarValue
from eligibility.kinds import check_kind, is_reexamination
from eligibility.library import find_version
from eligibility.missing import Missing, rank_missing
from eligibility.order import entered_of, facts_of, topological
from eligibility.programme import BandTable, Leaf, Programme, Version
from eligibility.relations import used_name
from eligibility.sensitivity import NodeValues
from eligibility.tree import Entered, Logic, Points, Score, ScoreCompare
from eligibility.vocabulary import APPLIED_ON, REEXAMINATION, chinese_name, unit_of

WORDS = {True: "met", False: "not_met", None: "unknown"}


def points_verdict(points: Points) -> str:
    """Whether points are earned: met when surely more than 0, not_met when surely none, else unknown."""
    lo, hi = points
    return "met" if lo > 0 else "not_met" if hi <= 0 else "unknown"


class FactUse(NamedTuple):
    """A fact a condition read; `value` is None where it is missing, a date is its ordinal."""

    name: str
    zh: str
    unit: str
    value: Value | None


class ConditionResult:
    """One condition: verdict, the points it compared (if any), the facts and named metrics it used.

    What the file says and the values used are looked up when asked for, so an explanation nobody reads
    in full costs little.
    """

    __slots__ = ("_evaluation", "_leaf", "points", "verdict")

    def __init__(self, evaluation: "Evaluation", leaf: Leaf, verdict: str, points: Points | None) -> None:
        self._evaluation = evaluation
        self._leaf = leaf
        self.verdict = verdict
        self.points = points

    @property
    def id(self) -> str:
        return self._leaf.id

    @property
    def article(self) -> str:
        return self._leaf.article

    @property
    def text(self) -> str:
        return self._leaf.text

    @property
    def checked(self) -> bool:
        return self._leaf.checked

    @property
    def facts(self) -> tuple[FactUse, ...]:
        return self._evaluation.facts_used(self._leaf.id)

    @property
    def metrics(self) -> dict[str, ScalarValue | bool]:
        return self._evaluation.metrics_used(self._leaf.id)

    def _told(self) -> tuple[Any, ...]:
        return self._leaf, self.verdict, self.points, self.facts, self.metrics

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ConditionResult) and self._told() == other._told()

    def __hash__(self) -> int:
        return hash((self._leaf, self.verdict, self.points))


class BandResult:
    """One part of the score, from `lo` to `hi` points.

    Its verdict says whether it earns points, see `points_verdict`.
    """

    __slots__ = ("_evaluation", "_table", "hi", "lo")

    def __init__(self, evaluation: "Evaluation", table: BandTable, lo: int, hi: int) -> None:
        self._evaluation = evaluation
        self._table = table
        self.lo = lo
        self.hi = hi

    @property
    def name(self) -> str:
        return self._table.name

    @property
    def article(self) -> str:
        return self._table.article

    @property
    def text(self) -> str:
        return self._table.text

    @property
    def checked(self) -> bool:
        return self._table.checked

    @property
    def verdict(self) -> str:
        return points_verdict((self.lo, self.hi))

    @property
    def facts(self) -> tuple[FactUse, ...]:
        return self._evaluation.facts_used(f"band {self._table.name}")

    def _told(self) -> tuple[Any, ...]:
        return self.name, self.lo, self.hi, self.facts

    def __eq__(self, other: object) -> bool:
        return isinstance(other, BandResult) and self._told() == other._told()

    def __hash__(self) -> int:
        return hash((self.name, self.lo, self.hi))


@dataclass(frozen=True, slots=True)
class Plan:
    """What the explanation of a version needs and no enterprise changes, by condition id or band name.

    `named` lists each fact with its Chinese name and unit.
    """

    facts: dict[str, tuple[str, ...]]
    metrics: dict[str, tuple[str, ...]]
    leaves: tuple[Leaf, ...]
    conditions: tuple[Logic, ...]
    compared: tuple[Score | None, ...]
    tables: tuple[BandTable, ...]
    scores: tuple[Score, ...]
    named: tuple[tuple[str, str, str], ...]


@lru_cache(maxsize=4096)
def plan_of(version: Version) -> Plan:
    """The plan, made once a version."""
    facts, metrics, compared = {}, {}, []
    for leaf in version.leaves:
        nodes = topological([leaf.condition])
        facts[leaf.id] = facts_of(leaf.condition)
        metrics[leaf.id] = tuple(name for name, node in version.metrics.items() if node in nodes)
        scores = [node.score for node in nodes if isinstance(node, ScoreCompare)]
        compared.append(scores[0] if len(scores) == 1 else None)
    for table in version.bands.values():
        facts[f"band {table.name}"] = facts_of(table.score)
    used = dict.fromkeys(name for names in facts.values() for name in names)
    named = tuple((name, chinese_name(name), unit_of(name)) for name in used)
    return Plan(
        facts,
        metrics,
        version.leaves,
        tuple(leaf.condition for leaf in version.leaves),
        tuple(compared),
        tuple(version.bands.values()),
        tuple(table.score for table in version.bands.values()),
        named,
    )


class Evaluation:
    """The verdict on one enterprise under one version. Explanations are worked out when asked for."""

    def __init__(self, version: Version, facts: Facts, faults: tuple[str, ...], values: NodeValues) -> None:
        self.version = version
        self.facts = facts
        self.faults = faults
        self.values = values
        self.verdict = "unknown" if faults else WORDS[values[version.root]]

    @property
    def score(self) -> Points | None:
        """The total as (lo, hi), None when the version has none."""
        if self.version.score is None:
            return None
        points: Points = self.values[self.version.score]
        return points

    @cached_property
    def conditions(self) -> tuple[ConditionResult, ...]:
        """Every condition in the order of the file."""
        plan = plan_of(self.version)
        held = self.values.all(plan.conditions)
        points = [None if score is None else self.values[score] for score in plan.compared]
        return tuple(
            [
                ConditionResult(self, leaf, WORDS[value], compared)
                for leaf, value, compared in zip(plan.leaves, held, points, strict=True)
            ]
        )

    @cached_property
    def bands(self) -> tuple[BandResult, ...]:
        """Every part of the score in the order of the file."""
        plan = plan_of(self.version)
        ends = self.values.all(plan.scores)
        return tuple(
            [BandResult(self, table, lo, hi) for table, (lo, hi) in zip(plan.tables, ends, strict=True)]
        )

    @property
    def missing(self) -> tuple[str, ...]:
        """Missing facts on which the open verdict hangs, the most far-reaching first; see `rank_missing`."""
        return self._missing.names

    @property
    def deciding(self) -> tuple[str, ...]:
        """Those missing facts of which some single value alone would decide the verdict."""
        return self._missing.deciding

    @cached_property
    def _missing(self) -> Missing:
        return rank_missing(self.version, self.facts, self.values, faulty=bool(self.faults))

    @property
    def errors(self) -> tuple[FactError, ...]:
        """Entered points that do not lie in the band of the counts. They make the verdict unknown."""
        frames = {node.name: node.frame for node in entered_of(self.version)} if self.faults else {}
        errors = []
        for name in self.faults:
            lo, hi = self.values[frames[name]]
            wanted = str(lo) if lo == hi else f"{lo} to {hi}"
            problem = f"expected {wanted} points by the counts for {name}, got {self.facts[name]}"
            errors.append(FactError(name, f"{problem}; correct the points or the counts"))
        return tuple(errors)

    @property
    def stood_in(self) -> tuple[tuple[str, str], ...]:
        """Facts that were not given, each with the general one that was taken for it."""
        known = self.facts.__contains__
        pairs = [(name, used_name(name, known)) for name, _, _ in plan_of(self.version).named]
        return tuple((name, used) for name, used in pairs if used != name)

    def facts_used(self, part: str) -> tuple[FactUse, ...]:
        """The facts of a condition by its id, or of `band NAME`."""
        return tuple([self._used[name] for name in plan_of(self.version).facts[part]])

    def metrics_used(self, condition: str) -> dict[str, ScalarValue | bool]:
        """The named metrics of a condition."""
        names = plan_of(self.version).metrics[condition]
        return {name: self.values[self.version.metrics[name]] for name in names}

    @cached_property
    def _used(self) -> dict[str, FactUse]:
        known = self.facts.get
        return {name: FactUse(name, zh, unit, known(name)) for name, zh, unit in plan_of(self.version).named}


def evaluate(subject: Version | Programme | str, facts: Facts, *, application: str = "") -> Evaluation:
    """Evaluate with the generated Python. `facts` come from `read_facts`, which adds day and kind of application.

    The subject is a version, or a programme (itself or the code of a shipped one), whose version the day and the kind
    choose. `application`, `new` or `reexamination`, stands above the kind that the facts tell. Raises
    ProgrammeNotFoundError where no version is in force.
    """
    if application:
        facts = {**facts, REEXAMINATION: is_reexamination(check_kind(application))}
    version = subject if isinstance(subject, Version) else version_for(subject, facts)
    faults, values = compile_version(version).explained(facts)
    return Evaluation(version, facts, faults, values)


def version_for(subject: Programme | str, facts: Facts) -> Version:
    """The version that the day and the kind of application choose. Raises ProgrammeNotFoundError."""
    day = date.fromordinal(int(facts[APPLIED_ON]))
    kind = kind_of(facts)
    if isinstance(subject, str):
        return find_version(subject, day, application=kind)
    return subject.on(day, kind)


def evaluate_reference(version: Version, facts: Facts) -> Evaluation:
    """Evaluate with the interpreter."""
    values = Interpreter(facts)
    faults = tuple(node.name for node in entered_of(version) if _is_fault(node, values))
    return Evaluation(version, facts, faults, values)


def _is_fault(node: Entered, values: Interpreter) -> bool:
    entered = values.facts.get(node.name)
    lo, hi = values[node.frame]
    return entered is not None and not lo <= entered <= hi


def verdict_of(version: Version, facts: Facts) -> str:
    """`met`, `not_met` or `unknown`, without what an explanation needs."""
    return WORDS[compile_version(version).verdict(facts)]


def rank_missing_over(evaluations: Iterable[Evaluation]) -> tuple[tuple[str, int], ...]:
    """Missing facts over several programmes, with how many of their verdicts each alone could flip.

    Facts that alone flip as many stand as in the programmes.
    """
    counts: dict[str, int] = {}
    for evaluation in evaluations:
        for name in evaluation.missing:
            counts[name] = counts.get(name, 0) + (name in evaluation.deciding)
    return tuple(sorted(counts.items(), key=lambda item: -item[1]))
