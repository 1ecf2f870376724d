"""Verdicts on a facts file of any size: codes a chunk of rows at a time, explanations only where a verdict is open.

What comes out is what `evaluate` gives row by row; a row with an unusable cell is never met.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from eligibility.bulk.arrays import MET, UNKNOWN, Mask
from eligibility.bulk.engine import encode, evaluate_codes
from eligibility.bulk.float_bounds import facts_of_row
from eligibility.bulk.plan import plan_of_questions
from eligibility.bulk.questions import Question, detail_questions, verdict_question
from eligibility.bulk.table import Table
from eligibility.errors import FactError
from eligibility.evaluation import evaluate, plan_of, points_verdict
from eligibility.facts_chunk import Chunk
from eligibility.facts_file import FactsFile
from eligibility.programme import Version
from eligibility.results import entry_of, stand_in_warning, warning_of
from eligibility.tree import Points
from eligibility.vocabulary import APPLIED_ON, vocabulary

WORDS = ("not_met", "unknown", "met")
MOST_ROWS, MOST_ANSWERS = 8192, 500_000
Answer = tuple[int, Points | None]


@dataclass(frozen=True, slots=True)
class Result:
    """One row under one version; `conditions` as JSON where they were asked for."""

    row: int
    version: Version
    verdict: str
    score: Points | None
    missing: tuple[str, ...]
    conditions: str
    stood_in: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()

    @property
    def warnings(self) -> tuple[str, ...]:
        """What is to be said of stand-ins, then the doubts."""
        return (*self.stood_in, *self.doubts)

    def json(self) -> str:
        """The record of `results.as_record` as JSON text."""
        version = self.version
        told = (
            version.code,
            version.label,
            version.state,
            self.verdict,
            self.score,
            self.missing,
            self.warnings,
        )
        code, label, state, verdict, score, missing, warnings = map(_json, told)
        return (
            f'{{"programme": {code}, "version": {label}, "state": {state}, "verdict": {verdict}, "score": {score}, '
            f'"conditions": [{self.conditions}], "missing": {missing}, "warnings": {warnings}}}'
        )


@dataclass(frozen=True, slots=True)
class RowResults:
    """What is found for a row, one result a version, its errors and the doubts about it as lines."""

    results: tuple[Result, ...]
    errors: tuple[str, ...]
    doubts: tuple[str, ...] = ()


class Batch:
    """The versions asked for, compiled once; at most so many rows of a file are held at a time."""

    def __init__(
        self, versions: Sequence[Version], on: date, *, conditions: bool, rows: int = MOST_ROWS
    ) -> None:
        self._on = on
        questions: list[Question] = []
        self._versions: list[tuple[Version, slice, _Conditions | None]] = []
        for version in versions:
            asked = list(detail_questions(version)) if conditions else [verdict_question(version)]
            part = slice(len(questions), len(questions) + len(asked))
            self._versions.append((version, part, _Conditions(version) if conditions else None))
            questions += asked
        self._plan = plan_of_questions(questions)
        self._size = max(1, min(rows, MOST_ANSWERS // len(questions)))

    def results(self, facts: FactsFile) -> Iterator[RowResults]:
        """Row by row, in the order of the file."""
        for chunk in facts.chunks(self._size):
            stood_in = [_stood_in(version, chunk.table) for version, _, _ in self._versions]
            for place, answers in enumerate(self._answers(chunk)):
                texts = [tuple(text for mask, text in pairs if mask[place]) for pairs in stood_in]
                yield self._row(chunk, place, answers, texts)

    def _answers(self, chunk: Chunk) -> Iterator[list[Answer]]:
        answers = evaluate_codes(self._plan, encode(self._plan, chunk.table, self._on, "numpy"), "numpy")
        verdicts, lows, highs = (array.T.tolist() for array in (answers.verdicts, answers.lo, answers.hi))
        places = [-1] * len(self._plan.questions)
        for at, place in enumerate(answers.scored):
            places[place] = at
        for verdict, lo, hi in zip(verdicts, lows, highs, strict=True):
            yield [
                (held, None if at < 0 else (lo[at], hi[at])) for held, at in zip(verdict, places, strict=True)
            ]

    def _row(
        self, chunk: Chunk, place: int, answers: list[Answer], stood_in: Sequence[tuple[str, ...]]
    ) -> RowResults:
        row = chunk.first + place
        unusable = chunk.errors.get(row, ())
        errors = [str(error) for error in unusable]
        doubts = tuple(warning_of(doubt) for doubt in chunk.doubts.get(row, ()))
        results, facts = [], None
        for (version, part, conditions), texts in zip(self._versions, stood_in, strict=True):
            own = answers[part]
            held, score = own[0]
            missing: tuple[str, ...] = ()
            if held == UNKNOWN:
                facts = facts or facts_of_row(chunk.table, place, self._on)
                evaluation = evaluate(version, facts)
                missing = evaluation.missing
                errors += [f"{_at(error, row)} ({version.code})" for error in evaluation.errors]
            verdict = "unknown" if unusable and held == MET else WORDS[held]
            told = conditions.told(own[1:]) if conditions else ""
            results.append(Result(row, version, verdict, score, missing, told, texts, doubts))
        return RowResults(tuple(results), tuple(errors), tuple(map(str, chunk.doubts.get(row, ()))))


def _stood_in(version: Version, table: Table) -> list[tuple[Mask, str]]:
    """For each fact of the version that another may stand in for, where it did and what is said of it."""
    pairs = [
        (name, vocabulary()[name].general) for name, _, _ in plan_of(version).named if name != APPLIED_ON
    ]
    return [
        (table.is_missing(name) & ~table.is_missing(general), stand_in_warning(name, general))
        for name, general in pairs
        if general and general in table.whole_names
    ]


class _Conditions:
    """Conditions and parts of the score of a version as JSON, each text made once."""

    def __init__(self, version: Version) -> None:
        plan = plan_of(version)
        self._named = [(leaf.id, leaf.article, True) for leaf in plan.leaves]
        self._named += [(table.name, table.article, False) for table in plan.tables]
        self._texts: list[dict[Any, str]] = [{} for _ in self._named]

    def told(self, answers: Sequence[Answer]) -> str:
        """The entries, separated by commas."""
        texts = []
        for (name, article, is_condition), known, (held, points) in zip(
            self._named, self._texts, answers, strict=True
        ):
            key = (held, points) if is_condition else points
            if key not in known:
                verdict = WORDS[held] if is_condition or points is None else points_verdict(points)
                known[key] = _json(entry_of(name, article, verdict, points))
            texts.append(known[key])
        return ", ".join(texts)


def _at(error: FactError, row: int) -> FactError:
    return replace(error, row=row)


@cache
def _encoder() -> json.JSONEncoder:
    return json.JSONEncoder(ensure_ascii=False)


def _json(value: Any) -> str:
    return _encoder().encode(value)
