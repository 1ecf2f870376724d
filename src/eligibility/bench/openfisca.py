"""The peer: the same programmes as OpenFisca variables, metrics shared, float32 as OpenFisca computes.

Missing is NaN, so `x >= t` and `x < t` are both false where x is missing: a condition is a pair, surely
true and surely false, and a score a pair of its ends, as an author would write it there by hand. No ratio is minus infinity,
which sums and halves keep.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from eligibility import tree
from eligibility.bulk.arrays import MISSING
from eligibility.bulk.table import Table
from eligibility.facts import STEPS
from eligibility.order import entered_of, topological
from eligibility.programme import Version
from eligibility.tree import Logic, Scalar, Score
from eligibility.vocabulary import APPLIED_ON, vocabulary

Look = Callable[[str], Any]
COMPARE: dict[str, tuple[Callable[[Any, Any], Any], Callable[[Any, Any], Any]]] = {
    ">=": (np.greater_equal, np.less), ">": (np.greater, np.less_equal),
    "<=": (np.less_equal, np.greater), "<": (np.less, np.greater_equal),
}  # fmt: skip


class Peer:
    """A tax and benefit system of enterprises with one verdict variable a version: 0, 1 (unknown) or 2."""

    def __init__(self, versions: Sequence[Version], day: int, year: int) -> None:
        from openfisca_core import entities, periods
        from openfisca_core.taxbenefitsystems import TaxBenefitSystem

        self.day, self.year = day, year
        self.period = periods.period("2026")
        self.entity: Any = entities.Entity("enterprise", "enterprises", "", "")
        setattr(self.entity, "is_person", True)  # noqa: B010 - its types say class variable
        self.system = TaxBenefitSystem([self.entity])
        self._metrics: dict[Scalar, str] = {}
        self._quotients: set[Scalar] = set()
        self._scores: dict[Score, str] = {}
        self._memo: dict[tree.Node, Any] = {}
        for spec in vocabulary().values():
            self._add(spec.name, None)
        self.names = [self._version(version, number) for number, version in enumerate(versions)]

    def _add(self, name: str, formula: Callable[[Look], Any] | None) -> None:
        from openfisca_core import periods
        from openfisca_core.variables import Variable

        body = {
            "value_type": float,
            "entity": self.entity,
            "definition_period": periods.DateUnit.YEAR,
            "label": name,
        }
        if formula is not None:
            body["formula"] = lambda them, period: formula(lambda fact: them(fact, period))
        self.system.add_variable(type(name, (Variable,), body))

    def _version(self, version: Version, number: int) -> str:
        self._share(version.root)
        name, entered = f"verdict_{number}", entered_of(version)

        def formula(look: Look) -> Any:
            true, false = self.logic(version.root, look)
            verdict = np.where(true, np.float32(2), np.where(false, np.float32(0), np.float32(1)))
            for node in entered:
                lo, hi = self.score(node.frame, look)
                verdict[(look(node.name) < lo) | (look(node.name) > hi)] = 1
            self._memo.clear()
            return verdict

        self._add(name, formula)
        return name

    def _share(self, node: tree.Node) -> None:
        """A variable for each metric that is compared, whoever compares it."""
        for child in node.children:
            self._share(child)
        if (
            isinstance(node, tree.Compare)
            and not isinstance(node.metric, tree.Fact)
            and node.metric not in self._metrics
        ):
            metric, name = node.metric, f"metric_{len(self._metrics)}"
            self._metrics[metric] = name
            if any(isinstance(inner, tree.Arith) and inner.op == "/" for inner in topological([metric])):
                self._quotients.add(metric)
            self._add(name, lambda look: self.scalar(metric, look, shared=False))

    def _share_score(self, score: Score) -> None:
        """Two variables for a score that conditions compare, as its author would name it."""
        name = self._scores[score] = f"score_{len(self._scores)}"
        self._add(f"{name}_lo", lambda look: self.score(score, look, shared=False)[0])
        self._add(f"{name}_hi", lambda look: self.score(score, look, shared=False)[1])

    def scalar(self, node: Scalar, look: Look, *, shared: bool = True) -> Any:
        """The values of a metric."""
        if shared and node in self._metrics:
            return look(self._metrics[node])
        if isinstance(node, tree.Fact):
            return np.float32(self.day) if node.name == APPLIED_ON else look(node.name)
        if isinstance(node, tree.Const):
            return np.float32(float(node.value))
        if isinstance(node, tree.Choose):
            true, false = self.logic(node.condition, look)
            then, otherwise = self.scalar(node.then, look), self.scalar(node.otherwise, look)
            return np.where(true, then, np.where(false, otherwise, np.float32(np.nan)))
        if isinstance(node, tree.Coalesce):
            first, *rest = (self.scalar(argument, look) for argument in node.arguments)
            for other in rest:
                first = np.where(np.isnan(first), other, first)
            return first
        if isinstance(node, tree.YearOf):
            if node.date.name == APPLIED_ON:
                return np.float32(self.year)
            return np.floor((look(node.date.name) - np.float32(1)) / np.float32(365.2425)) + np.float32(1)
        assert isinstance(node, tree.Arith)
        left, right = self.scalar(node.left, look), self.scalar(node.right, look)
        if node.op == "/":
            return np.where(
                right == 0, np.float32(-np.inf), left / np.where(right == 0, np.float32(1), right)
            )
        return {"+": np.add, "-": np.subtract, "*": np.multiply}[node.op](left, right)

    def logic(self, node: Logic, look: Look) -> tuple[Any, Any]:
        """Surely true, surely false; each condition once in a version."""
        if node not in self._memo:
            self._memo[node] = self._logic(node, look)
        pair: tuple[Any, Any] = self._memo[node]
        return pair

    def _logic(self, node: Logic, look: Look) -> tuple[Any, Any]:
        if isinstance(node, tree.Compare):
            value, limit = self.scalar(node.metric, look), np.float32(float(node.threshold))
            true, false = COMPARE[node.op]
            if node.op in ("<", "<=") and node.metric in self._quotients:
                none = np.isneginf(value)
                return true(value, limit) & ~none, false(value, limit) | none
            return true(value, limit), false(value, limit)
        if isinstance(node, tree.Flag):
            return look(node.name) == 1, look(node.name) == 0
        if isinstance(node, tree.Member):
            value, choices = look(node.fact.name), vocabulary()[node.fact.name].choices
            held = np.isin(value, [choices.index(choice) for choice in node.choices])
            return held, ~held & ~np.isnan(value)
        if isinstance(node, tree.Not):
            true, false = self.logic(node.argument, look)
            return false, true
        if isinstance(node, tree.ScoreCompare):
            lo, hi = self.score(node.score, look)
            true, false = COMPARE[node.op]
            threshold = float(node.threshold)
            upward = node.op in (">=", ">")
            return true(lo if upward else hi, threshold), false(hi if upward else lo, threshold)
        assert isinstance(node, tree.AllOf | tree.AnyOf)
        pairs = [self.logic(argument, look) for argument in node.arguments]
        both, either = (
            (np.logical_and, np.logical_or)
            if isinstance(node, tree.AllOf)
            else (np.logical_or, np.logical_and)
        )
        return both.reduce([true for true, _ in pairs]), either.reduce([false for _, false in pairs])

    def score(self, node: Score, look: Look, *, shared: bool = True) -> tuple[Any, Any]:
        """Both ends of a score; each part once in a version."""
        if shared and node in self._scores:
            return look(f"{self._scores[node]}_lo"), look(f"{self._scores[node]}_hi")
        if node not in self._memo:
            self._memo[node] = self._score(node, look)
        pair: tuple[Any, Any] = self._memo[node]
        return pair

    def _score(self, node: Score, look: Look) -> tuple[Any, Any]:
        if isinstance(node, tree.Entered | tree.ScoreFact):
            ends = (0, node.maximum) if isinstance(node, tree.ScoreFact) else self.score(node.frame, look)
            value = look(node.name)
            return np.where(np.isnan(value), ends[0], value), np.where(np.isnan(value), ends[1], value)
        if isinstance(node, tree.Bands):
            lo: Any = np.int8(node.otherwise[0])
            hi: Any = np.int8(node.otherwise[1])
            for condition, (low, high) in zip(reversed(node.conditions), reversed(node.points), strict=True):
                true, false = self.logic(condition, look)
                lo = np.where(true, np.int8(low), np.where(false, lo, np.minimum(lo, np.int8(low))))
                hi = np.where(true, np.int8(high), np.where(false, hi, np.maximum(hi, np.int8(high))))
            return lo, hi
        if isinstance(node, tree.FixedPoints):
            return node.points, node.points
        assert isinstance(node, tree.Total | tree.Best)
        parts = [self.score(argument, look) for argument in node.arguments]
        lo, hi = parts[0]
        for low, high in parts[1:]:
            pick: Any = (
                np.add if isinstance(node, tree.Total) else np.minimum if node.op == "min" else np.maximum
            )
            lo, hi = pick(lo, low), pick(hi, high)
        return lo, hi

    def simulation(self, facts: dict[str, Any], rows: int) -> Any:
        """A simulation with its inputs set."""
        from openfisca_core.simulations import SimulationBuilder

        simulation = SimulationBuilder().build_default_simulation(self.system, rows)
        for name, values in facts.items():
            simulation.set_input(name, self.period, values)
        return simulation

    def run(self, facts: dict[str, Any], rows: int) -> list[Any]:
        """The verdicts of all versions."""
        simulation = self.simulation(facts, rows)
        with np.errstate(all="ignore"):
            return [simulation.calculate(name, self.period) for name in self.names]


def peer_facts(table: Table) -> dict[str, Any]:
    """The table as float32 columns in the units of the rules, NaN where missing."""
    facts = {}
    for place, name in enumerate(table.whole_names):
        column = (table.wholes[place] / STEPS.get(vocabulary()[name].unit, 1)).astype(np.float32)
        column[table.missing[place]] = np.nan
        facts[name] = column
    for place, name in enumerate(table.byte_names):
        column = table.bytes[place].astype(np.float32)
        column[table.bytes[place] == MISSING] = np.nan
        facts[name] = column
    return facts
