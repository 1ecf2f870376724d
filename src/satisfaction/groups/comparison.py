"""Comparing groups of respondents, without showing groups so small that people could be recognised."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from satisfaction.answers.table import Answers
from satisfaction.arrays import FloatArray
from satisfaction.groups.difference import Difference
from satisfaction.groups.suppression import split_by_size
from satisfaction.index import index_error, index_values
from satisfaction.moments import moments_of
from satisfaction.options import Options
from satisfaction.pls.estimate import estimate
from satisfaction.pls.layout import Layout
from satisfaction.problems import SatisfactionError, listed
from satisfaction.resample.intervals import Spread, formula_spread
from satisfaction.resample.multiple import holm
from satisfaction.resample.permutation import Permutation, permutation_test

MOST_GROUPS = 8  # more than this gives too many pairs to read or to test


@dataclass(frozen=True, eq=False)
class GroupIndex:
    name: str
    n: int
    index: Spread


@dataclass(frozen=True, eq=False)
class Comparison:
    """Two groups: differences of the K indices, then, if both groups are large enough, of the paths."""

    first: str
    second: str
    test: Permutation
    adjusted: FloatArray  # p values after Holm's correction for the number of pairs
    with_paths: bool


@dataclass(frozen=True, eq=False)
class GroupReport:
    groups: tuple[GroupIndex, ...]
    hidden: int
    comparisons: tuple[Comparison, ...]


def compare_groups(
    *,
    answers: Answers,
    layout: Layout,
    shares: FloatArray,
    options: Options,
    wanted: Sequence[str] = (),
    smallest_for_paths: int,
) -> GroupReport:
    """Indices of each group by the weights of all answers together, and permutation tests of each pair.

    Common weights make a difference between groups a difference of answers, not of weights (convention).
    """
    parts = {name: _rows_of(answers, name) for name in _names(answers, wanted)}
    shown, hidden = split_by_size({name: part.n for name, part in parts.items()}, answers.n, options.floor)
    if not shown:
        raise SatisfactionError("no-group-to-show", floor=options.floor)
    groups = tuple(_group_index(name, parts[name], layout, shares, options) for name in shown)
    comparer = _Comparer(layout, shares, options, smallest_for_paths)
    pairs = combinations(shown, 2) if len(shown) <= MOST_GROUPS else ()
    comparisons = [
        comparer.compare((first, parts[first]), (second, parts[second])) for first, second in pairs
    ]
    return GroupReport(groups, len(hidden), _corrected(comparisons))


@dataclass(frozen=True, eq=False)
class _Comparer:
    """What all comparisons of one report have in common."""

    layout: Layout
    shares: FloatArray
    options: Options
    smallest: int

    def compare(self, first: tuple[str, Answers], second: tuple[str, Answers]) -> Comparison:
        with_paths = self._has_model(first[1]) and self._has_model(second[1])
        test = permutation_test(
            first=first[1],
            second=second[1],
            difference=Difference(self.layout, self.shares, self.options, with_paths=with_paths),
            draws=self.options.permutations,
            seed=self.options.seed,
            workers=self.options.workers,
        )
        return Comparison(first[0], second[0], test, test.p_value, with_paths)

    def _has_model(self, part: Answers) -> bool:
        """Large enough, and its answers vary enough to be estimated."""
        if part.n < self.smallest:
            return False
        estimates = estimate(
            correlations=moments_of(part).correlation()[None],
            layout=self.layout,
            how=self.options.iteration,
            plsc=self.options.plsc,
        )
        return bool(estimates.converged[0])


def _rows_of(answers: Answers, name: str) -> Answers:
    return answers.keep(np.flatnonzero(answers.groups == name))


def _names(answers: Answers, wanted: Sequence[str]) -> list[str]:
    """The groups asked for, or all; an empty cell is no group."""
    labels = [] if answers.groups is None else [str(name) for name in np.unique(answers.groups) if name]
    for name in wanted:
        if name not in labels:
            raise SatisfactionError("empty-group", group=name, known=listed(labels))
    if not labels:
        raise SatisfactionError("empty-group", group="*", known="–")
    return list(wanted) or labels


def _group_index(
    name: str, part: Answers, layout: Layout, shares: FloatArray, options: Options
) -> GroupIndex:
    moments = moments_of(part)
    index = index_values(moments.mean, shares, layout)
    error = index_error(moments, shares, layout)
    spread = formula_spread(estimate=index, error=error, confidence=options.confidence, n=part.n)
    return GroupIndex(name, part.n, spread)


def _corrected(comparisons: list[Comparison]) -> tuple[Comparison, ...]:
    """Each difference is tested once a pair: correct for that number (Holm 1979).

    Pairs with path tests have longer lists of p values; each column is corrected over the pairs that have it.
    """
    width = max((len(comparison.test.p_value) for comparison in comparisons), default=0)
    table = np.full((len(comparisons), width), np.nan)
    for row, comparison in zip(table, comparisons, strict=True):
        row[: len(comparison.test.p_value)] = comparison.test.p_value
    for column in table.T:
        tested = ~np.isnan(column)
        column[tested] = holm(column[tested])
    return tuple(
        Comparison(
            comparison.first,
            comparison.second,
            comparison.test,
            row[: len(comparison.test.p_value)],
            comparison.with_paths,
        )
        for comparison, row in zip(comparisons, table, strict=True)
    )
