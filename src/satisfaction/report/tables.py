"""The tables beside the pictures: every figure drawn can be read."""

from collections.abc import Sequence

import numpy as np

from satisfaction.analysis import Analysis
from satisfaction.arrays import FloatArray
from satisfaction.pls.effects import indirect_effects, reachable, total_effects
from satisfaction.pls.estimate import Estimates
from satisfaction.quality.assess import Quality
from satisfaction.questionnaire.shipped import label_of
from satisfaction.report.html import Row, table
from satisfaction.report.reading import points_per_ten
from satisfaction.strategy import Matrix, Point
from satisfaction.texts import say

EMPTY = "–"


class Tables:
    """Tables of one analysis in one language."""

    def __init__(self, result: Analysis, language: str) -> None:
        self._result, self._language = result, language
        self._layout = result.layout
        self._labels = [label_of(result.layout.model, name, language) for name in result.layout.constructs]

    def index(self) -> str:
        spread = self._result.index
        figures = ((spread.estimate, 1), (spread.low, 1), (spread.high, 1), (spread.error, 2))
        rows = [
            (label, *(_n(values[k], digits) for values, digits in figures))
            for k, label in enumerate(self._labels)
        ]
        return self._table("index", "construct index low high se", rows)

    def matrix(self, matrix: Matrix) -> str:
        ordered = sorted(matrix.points, key=lambda point: -point.importance)
        rows = [
            (
                label_of(self._layout.model, point.name, self._language),
                say(f"quadrant-{point.quadrant}", self._language),
                _n(point.importance, 3),
                _n(point.performance, 1),
                _n(points_per_ten(self._result, self._layout.constructs.index(point.name)), 1),
            )
            for point in ordered
        ]
        return self._table("matrix", "construct quadrant importance index gain", rows, words=2)

    def matrix_items(self, matrix: Matrix) -> str:
        ordered = sorted(matrix.items, key=lambda point: -point.importance)
        columns = f"item {self._question_column()}construct importance score"
        rows = [self._matrix_item(point) for point in ordered]
        return self._table("matrix-items", columns, rows, words=columns.split().index("importance"))

    def _matrix_item(self, point: Point) -> Row:
        place = self._layout.items.index(point.name)
        return (
            point.name,
            *self._asked(point.name),
            self._labels[self._layout.home[place]],
            _n(point.importance, 3),
            _n(point.performance, 1),
        )

    def _question_column(self) -> str:
        """The column of questions, where the model gives them."""
        return "question " if self._layout.model.questions else ""

    def _asked(self, item: str) -> tuple[str, ...]:
        questions = self._layout.model.questions
        return (questions.get(item, EMPTY),) if questions else ()

    def paths(self, estimates: Estimates) -> str:
        """Direct, indirect and total effects, the last with interval where there is a bootstrap."""
        total, indirect = total_effects(estimates.paths)[0], indirect_effects(estimates.paths)[0]
        rows = []
        for cause, effect in np.argwhere(reachable(self._layout.arrow)):
            direct = self._layout.arrow[cause, effect] > 0
            rows.append(
                (
                    f"{self._labels[cause]} → {self._labels[effect]}",
                    _n(estimates.paths[0][cause, effect], 3) if direct else EMPTY,
                    self._interval("paths", cause, effect) if direct else EMPTY,
                    _n(indirect[cause, effect], 3),
                    _n(total[cause, effect], 3),
                    self._interval("total_effects", cause, effect),
                )
            )
        return self._table("effects", "arrow direct interval indirect total interval", rows)

    def _interval(self, family: str, cause: int, effect: int) -> str:
        spread = self._result.spreads.get(family)
        if spread is None:
            return EMPTY
        return f"{spread.low[cause, effect]:.3f} … {spread.high[cause, effect]:.3f}"

    def reliability(self, estimates: Estimates, quality: Quality) -> str:
        rows = []
        for k, label in enumerate(self._labels):
            explained = self._layout.model.paths.get(self._layout.constructs[k])
            figures = (quality.alpha, quality.alpha_raw, quality.rho_a, quality.rho_c, quality.ave)
            several = self._layout.sizes[k] > 1
            rows.append(
                (
                    label,
                    f"{self._layout.sizes[k]:.0f}",
                    *(_n(values[k], 3) if several else EMPTY for values in figures),
                    _n(estimates.r2[0][k], 3) if explained else EMPTY,
                    _n(quality.adjusted_r2[k], 3) if explained else EMPTY,
                )
            )
        columns = "construct items alpha alpha-raw rho-a rho-c ave r2 r2-adjusted"
        return self._table("reliability", columns, rows)

    def htmt(self, quality: Quality) -> str:
        return self._square("htmt", quality.htmt, skip_diagonal=True)

    def fornell_larcker(self, quality: Quality) -> str:
        return self._square("fornell-larcker", quality.fornell_larcker, skip_diagonal=False)

    def _square(self, name: str, values: FloatArray, *, skip_diagonal: bool) -> str:
        """The lower triangle of a symmetric table."""
        rows = []
        for i, label in enumerate(self._labels):
            shown = [_n(value, 3) for value in values[i, : i + (not skip_diagonal)]]
            rows.append((label, *shown, *[""] * (len(self._labels) - len(shown))))
        head = [say("column-construct", self._language), *self._labels]
        return table(say(f"table-{name}", self._language), head, rows)

    def items(self, estimates: Estimates, quality: Quality) -> str:
        moments = self._result.moments
        figures = (
            *((moments.mean, 2), (moments.deviation, 2)),
            *((estimates.weights[0], 3), (estimates.loadings[0], 3), (quality.vif, 2)),
        )
        rows = [
            (
                item,
                *self._asked(item),
                self._labels[self._layout.home[place]],
                *(_n(values[place], digits) for values, digits in figures),
            )
            for place, item in enumerate(self._layout.items)
        ]
        columns = f"item {self._question_column()}construct mean sd weight loading vif"
        return self._table("items", columns, rows, words=columns.split().index("mean"))

    def crossed(self, estimates: Estimates) -> str:
        rows = [
            (item, *(_n(value, 3) for value in estimates.crossed[0][i]))
            for i, item in enumerate(self._layout.items)
        ]
        head = [say("column-item", self._language), *self._labels]
        return table(say("table-crossed", self._language), head, rows)

    def _table(self, name: str, columns: str, rows: Sequence[Row], words: int = 1) -> str:
        head = [say(f"column-{column}", self._language) for column in columns.split()]
        return table(say(f"table-{name}", self._language), head, rows, words)


def _n(value: float, digits: int) -> str:
    return f"{value:.{digits}f}" if np.isfinite(value) else EMPTY
