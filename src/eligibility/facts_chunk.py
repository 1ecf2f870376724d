"""Many rows of raw cells at once: a table of steps for the rank codes, and the errors of unusable cells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from eligibility.bulk.float_bounds import facts_of_row
from eligibility.bulk.looks import doubtful_rows, impossible_rows
from eligibility.bulk.table import Table, empty_table, fill, forget, steps_of
from eligibility.errors import FactError
from eligibility.facts import STEPS, UnusableError, contradictions, is_blank, read_value
from eligibility.headings import Heading, read_heading
from eligibility.kinds import is_reexamination
from eligibility.plausibility import doubts_of
from eligibility.vocabulary import REEXAMINATION

SURE_DIGITS = 11
SURE = 10**SURE_DIGITS
"""A whole number of so many digits stays below the limit in steps of any unit."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Which rows of a file: the number of the first and how many, the day and the kind of application."""

    first: int
    count: int
    on: date
    application: str = ""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some rows of a facts file from row `first` on; an unusable cell is missing and has its error here.

    `doubts` are figures that can be, but are hardly meant.
    """

    first: int
    table: Table
    errors: Mapping[int, Sequence[FactError]]
    doubts: Mapping[int, Sequence[FactError]]


def read_chunk(columns: Mapping[str, Sequence[object]], rows: Rows, surplus: Sequence[FactError]) -> Chunk:
    """The facts of columns of cells; `surplus` are errors of rows beside those of their cells."""
    headings = {column: read_heading(column) for column in columns}
    named = {column: heading for column, heading in headings.items() if heading is not None}
    names = dict.fromkeys(heading.spec.name for heading in named.values())
    table = empty_table((*names, *({REEXAMINATION} - names.keys())), rows.count)
    errors: dict[int, list[FactError]] = {}
    for column, heading in named.items():
        steps, problems = _read_column(heading, columns[column])
        absent = np.array([step is None for step in steps], np.bool_)
        fill(table, heading.spec.name, np.array([step or 0 for step in steps], np.int64), absent)
        for place, problem in problems:
            errors.setdefault(rows.first + place, []).append(FactError(column, problem, rows.first + place))
    headed = {heading.spec.name: column for column, heading in named.items()}
    _settle(table, rows, headed, errors)
    for error in surplus:
        errors.setdefault(error.row, []).append(error)
    return Chunk(rows.first, table, errors, _doubts(table, rows, headed))


def _settle(table: Table, rows: Rows, headed: Mapping[str, str], errors: dict[int, list[FactError]]) -> None:
    """What `contradictions` does to the facts of one enterprise, for those rows where it does anything."""
    told, asked = table.bytes[table.byte_names.index(REEXAMINATION)], is_reexamination(rows.application)
    other = (told == int(not asked)) & bool(rows.application)
    for place in np.flatnonzero(impossible_rows(table, rows.on) | other).tolist():
        before = facts_of_row(table, place, rows.on)
        kept: dict[str, Any] = dict(before)
        row = rows.first + place
        errors.setdefault(row, []).extend(contradictions(kept, headed, row, rows.application))
        forget(table, place, before.keys() - kept.keys())
    told[told > 1] = int(asked)
    if rows.application:
        told[:] = int(asked)


def _doubts(table: Table, rows: Rows, headed: Mapping[str, str]) -> dict[int, Sequence[FactError]]:
    doubts: dict[int, Sequence[FactError]] = {}
    for place in np.flatnonzero(doubtful_rows(table)).tolist():
        row, pairs = rows.first + place, doubts_of(facts_of_row(table, place, rows.on))
        doubts[row] = [FactError(headed.get(name, name), doubt, row) for name, doubt in pairs]
    return doubts


def _read_column(heading: Heading, cells: Sequence[object]) -> tuple[list[int | None], list[tuple[int, str]]]:
    """Steps by row, None where the cell is blank or unusable, and the problem of each unusable one.

    Plain whole numbers and words already read take a short cut.
    """
    spec = heading.spec
    plain = spec.unit in ("money", "number", "count") and heading.scale == 1 and not spec.least
    size = STEPS[spec.unit] if plain else 0
    known: dict[str, int | None] = {"": None}
    steps: list[int | None] = []
    problems = []
    for place, cell in enumerate(cells):
        if isinstance(cell, str):
            if size and len(cell) <= SURE_DIGITS and cell.isdigit() and cell.isascii():
                steps.append(int(cell) * size)
                continue
            if cell in known:
                steps.append(known[cell])
                continue
        elif cell is None:
            steps.append(None)
            continue
        elif size and type(cell) is int and 0 <= cell < SURE:
            steps.append(cell * size)
            continue
        step = None
        try:
            step = None if is_blank(cell) else steps_of(spec, read_value(heading, cell))
        except UnusableError as error:
            problems.append((place, str(error)))
        else:
            if isinstance(cell, str):
                known[cell] = step
        steps.append(step)
    return steps, problems
