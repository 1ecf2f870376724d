"""The summary for a manager: what satisfies, what to improve first, how sure that is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt

from satisfaction.analysis import Analysis
from satisfaction.questionnaire.shipped import label_of
from satisfaction.report.reading import (
    Lever,
    doubtful_drivers,
    grade,
    item_scores,
    levers,
    points_per_ten,
    strengths,
)
from satisfaction.report.words import percent
from satisfaction.strategy import Matrix, Point
from satisfaction.texts import DEFAULT_LANGUAGE, say

MEASUREMENT = {"low-alpha", "low-composite-reliability", "low-ave", "fornell-larcker", "high-htmt"}


@dataclass(frozen=True)
class Summary:
    """A headline, and three or four paragraphs each with its question as heading."""

    headline: str
    parts: tuple[tuple[str, tuple[str, ...]], ...]

    def as_text(self) -> str:
        blocks = [f"{heading}\n" + "\n".join(f"- {line}" for line in lines) for heading, lines in self.parts]
        return "\n\n".join([self.headline, *blocks])


def summarise(result: Analysis, language: str = DEFAULT_LANGUAGE) -> Summary:
    return _Writer(result, language).summary()


class _Writer:
    def __init__(self, result: Analysis, language: str) -> None:
        self._result, self._language = result, language

    def summary(self) -> Summary:
        matrix = self._result.matrix
        parts = [("heading-satisfies", self._satisfies(matrix))]
        if matrix is not None:
            parts.append(("heading-improve", self._improve(matrix)))
        parts.append(("heading-sure", self._sure()))
        return Summary(self._headline(), tuple((self._say(key), tuple(lines)) for key, lines in parts))

    def _say(self, key: str, **facts: object) -> str:
        return say(key, self._language, **facts)

    def _label(self, construct: str) -> str:
        return label_of(self._result.layout.model, construct, self._language)

    def _joined(self, words: list[str]) -> str:
        return self._say("list-comma").join(words)

    def _question(self, item: str) -> str:
        return self._say("quoted", words=question_of(self._result, item))

    def _headline(self) -> str:
        result, place = self._result, self._result.layout.target
        index = float(result.index.estimate[place])
        return self._say(
            "headline",
            target=self._label(result.layout.model.target),
            index=f"{index:.1f}",
            grade=self._say(f"grade-{grade(index)}"),
            low=f"{result.index.low[place]:.1f}",
            high=f"{result.index.high[place]:.1f}",
            confidence=percent(result.options.confidence),
        )

    def _satisfies(self, matrix: Matrix | None) -> Iterator[str]:
        if matrix is not None:
            points, both = strengths(matrix)
            names = self._joined([self._rated(point) for point in points])
            key = "satisfies" if both else "satisfies-best"
            yield self._say(key, names=names, target=self._label(matrix.target))
            yield self._strongest(matrix)
        scores = item_scores(self._result)
        for key, (item, score) in (("best-item", scores[0]), ("worst-item", scores[-1])):
            yield self._say(key, item=self._question(item), score=f"{score:.0f}")

    def _rated(self, point: Point) -> str:
        return self._say("rated", name=self._label(point.name), index=f"{point.performance:.1f}")

    def _strongest(self, matrix: Matrix) -> str:
        point = max(matrix.points, key=lambda candidate: candidate.importance)
        gain = points_per_ten(self._result, self._result.layout.constructs.index(point.name))
        return self._say(
            "strongest", name=self._label(point.name), target=self._label(matrix.target), gain=f"{gain:.1f}"
        )

    def _improve(self, matrix: Matrix) -> Iterator[str]:
        chosen, by_matrix = levers(self._result, matrix)
        if not by_matrix:
            yield self._say("no-improve-first")
        for lever in chosen:
            yield from self._lever(lever, matrix)

    def _lever(self, lever: Lever, matrix: Matrix) -> Iterator[str]:
        facts = {"name": self._label(lever.name), "target": self._label(matrix.target)}
        yield self._say("improve", **facts, index=f"{lever.index:.1f}", gain=f"{lever.gain:.1f}")
        if lever.items:
            items = self._joined([self._question(item) for item in lever.items])
            yield self._say("improve-items", items=items)
        if not lever.sure and self._result.bootstrap is not None:
            yield self._say("improve-unsure", **facts)

    def _sure(self) -> Iterator[str]:
        result = self._result
        place = result.layout.target
        half = float(result.index.high[place] - result.index.low[place]) / 2
        # two surveys of this size differ by chance by √2 times the error of one
        yield self._say("sure-answers", n=result.n, half=f"{half:.1f}", change=f"{half * sqrt(2.0):.1f}")
        if result.estimates is None:
            yield self._say("sure-no-model")
            return
        if result.matrix is not None:
            share = percent(float(result.estimates.r2[0][place]))
            yield self._say("sure-r2", share=share, target=self._label(result.layout.model.target))
        doubtful = [self._label(name) for name in doubtful_drivers(result)]
        if doubtful:
            yield self._say("sure-doubtful", names=self._joined(doubtful))
        weak = any(warning.name in MEASUREMENT for warning in result.warnings)
        yield self._say("sure-weak" if weak else "sure-good")


def question_of(result: Analysis, item: str) -> str:
    """The question without its scale in brackets, or the item's name where the model gives no question."""
    asked = result.layout.model.questions.get(item, item)
    return re.sub(r"\s*[（(][^（）()]*[）)]\s*$", "", asked) or item
