"""Groups in the report: what differs, in sentences and in tables."""

from collections.abc import Iterator

import numpy as np

from satisfaction.analysis import Analysis
from satisfaction.groups.comparison import GroupReport
from satisfaction.questionnaire.shipped import label_of
from satisfaction.report.html import Row, table
from satisfaction.resample.intervals import Spread
from satisfaction.texts import say

SURE = 0.05  # corrected p values below are called a difference (convention)


class GroupTables:
    def __init__(self, result: Analysis, groups: GroupReport, language: str) -> None:
        self._groups, self._language = groups, language
        model = result.layout.model
        self._labels = {name: label_of(model, name, language) for name in result.layout.constructs}
        self._arrows = [f"{self._labels[cause]} → {self._labels[effect]}" for cause, effect in model.arrows]

    def findings(self) -> list[str]:
        """Every difference of an index that is more than chance, in words."""
        return list(self._differences()) or [say("groups-alike", self._language)]

    def _differences(self) -> Iterator[str]:
        for comparison in self._groups.comparisons:
            for place, label in enumerate(self._labels.values()):
                if comparison.adjusted[place] < SURE:
                    points = float(comparison.test.difference[place])
                    higher, lower = (
                        (comparison.first, comparison.second)
                        if points > 0
                        else (comparison.second, comparison.first)
                    )
                    facts = {"what": label, "higher": higher, "lower": lower, "points": f"{abs(points):.1f}"}
                    yield say("groups-differ", self._language, **facts)

    def indices(self) -> str:
        rows = [(group.name, str(group.n), *_with_margin(group.index)) for group in self._groups.groups]
        head = [*self._heads("group", "n"), *self._labels.values()]
        return table(say("table-groups", self._language), head, rows)

    def differences(self) -> str:
        return self._table("table-differences", slice(0, len(self._labels)), list(self._labels.values()), 1)

    def path_differences(self) -> str:
        """For specialists; only groups large enough for a model of their own have them."""
        return self._table("table-path-differences", slice(len(self._labels), None), self._arrows, 3)

    def _table(self, title: str, part: slice, names: list[str], digits: int) -> str:
        rows: list[Row] = []
        for comparison in self._groups.comparisons:
            figures = (
                comparison.test.difference[part],
                comparison.test.p_value[part],
                comparison.adjusted[part],
            )
            for name, difference, p_value, adjusted in zip(names, *figures, strict=False):
                verdict = say("verdict-different" if adjusted < SURE else "verdict-chance", self._language)
                numbers = (f"{difference:+.{digits}f}", f"{p_value:.3f}", f"{adjusted:.3f}")
                rows.append((f"{comparison.first} – {comparison.second}", name, *numbers, verdict))
        head = self._heads("pair", "compared", "difference", "p", "p-holm", "verdict")
        return table(say(title, self._language), head, rows, words=2) if rows else ""

    def _heads(self, *columns: str) -> list[str]:
        return [say(f"column-{column}", self._language) for column in columns]


def _with_margin(index: Spread) -> list[str]:
    """Index ± half its interval, which is symmetric for groups."""
    half = np.subtract(index.high, index.low) / 2
    return [f"{value:.1f} ±{margin:.1f}" for value, margin in zip(index.estimate, half, strict=True)]
