"""Many rows of raw cells at once: a table of steps for the rank codes, and the errors of unusable cells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from eligibility.bulk.table import Table, empty_table, fill, steps_of
from eligibility.errors import FactError
from eligibility.facts import STEPS, UnusableError, read_value
from eligibility.vocabulary import FactSpec, names, vocabulary

SURE_DIGITS = 11
SURE = 10**SURE_DIGITS
"""A whole number of so many digits stays below the limit in steps of any unit."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some rows of a facts file from row `first` on; an unusable cell is missing and has its error here."""

    first: int
    table: Table
    errors: Mapping[int, Sequence[FactError]]


def read_chunk(
    columns: Mapping[str, Sequence[object]], first: int, rows: int, surplus: Sequence[FactError]
) -> Chunk:
    """The facts of columns of cells; `surplus` are errors of rows beside those of their cells."""
    named = {column: vocabulary()[names()[column]] for column in columns}
    table = empty_table((spec.name for spec in named.values()), rows)
    errors: dict[int, list[FactError]] = {}
    for column, cells in columns.items():
        steps, found = _read_column(named[column], cells)
        absent = np.array([step is None for step in steps], np.bool_)
        fill(table, named[column].name, np.array([step or 0 for step in steps], np.int64), absent)
        for place, problem in found:
            errors.setdefault(first + place, []).append(FactError(column, problem, first + place))
    for error in surplus:
        errors.setdefault(error.row, []).append(error)
    return Chunk(first, table, errors)


def _read_column(spec: FactSpec, cells: Sequence[object]) -> tuple[list[int | None], list[tuple[int, str]]]:
    """Steps by row, None where the cell is blank or unusable, and the problem of each unusable one.

    Plain whole numbers and words already read take a short cut.
    """
    size = 0 if spec.unit == "score" else STEPS.get(spec.unit, 0)
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
            step = _read_cell(spec, cell)
        except UnusableError as error:
            problems.append((place, str(error)))
        else:
            if isinstance(cell, str):
                known[cell] = step
        steps.append(step)
    return steps, problems


def _read_cell(spec: FactSpec, cell: object) -> int | None:
    if isinstance(cell, str) and not cell.strip():
        return None
    return steps_of(spec, read_value(spec, cell))
