"""Facts of many enterprises in memory: two matrices, a row for each fact, a column for each enterprise.

Money, counts, numbers and dates are int64 steps of their unit (money: fen) with a mask of missing values
beside
them, and 0 where one is missing. Yes-or-no facts, choices (their place in the vocabulary) and entered scores are one byte, 255 when
missing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from eligibility.bulk.arrays import MISSING, Bytes, Mask, Wholes
from eligibility.errors import EligibilityError
from eligibility.facts import STEPS, Facts, step_limits
from eligibility.kinds import check_kind, is_reexamination
from eligibility.vocabulary import APPLIED_ON, REEXAMINATION, FactSpec, vocabulary

BYTE_UNITS = ("bool", "enum", "score")


class TableError(EligibilityError):
    """A column that cannot be used."""


@dataclass(frozen=True, slots=True)
class Table:
    """`whole_names` name the rows of `wholes` and `missing`, `byte_names` those of `bytes`."""

    rows: int
    whole_names: tuple[str, ...]
    wholes: Wholes
    missing: Mask
    byte_names: tuple[str, ...]
    bytes: Bytes

    def is_missing(self, name: str) -> Mask:
        """Where a quantity or date is missing; everywhere where the table has no such column."""
        if name not in self.whole_names:
            return np.ones(self.rows, np.bool_)
        missing: Mask = self.missing[self.whole_names.index(name)]
        return missing

    def part(self, rows: slice | npt.NDArray[Any]) -> "Table":
        """Some of the enterprises; a slice copies nothing."""
        wholes = self.wholes[:, rows]
        return Table(
            rows=wholes.shape[1] if self.whole_names else self.bytes[:, rows].shape[1],
            whole_names=self.whole_names,
            wholes=wholes,
            missing=self.missing[:, rows],
            byte_names=self.byte_names,
            bytes=self.bytes[:, rows],
        )


def byte_limit(spec: FactSpec) -> int:
    """The greatest byte of a yes-or-no fact, a choice or a score."""
    return {"bool": 1, "enum": len(spec.choices) - 1, "score": spec.maximum}[spec.unit]


def with_kind(table: Table, application: str) -> Table:
    """The table with the fact that tells the kind of application, where it has none."""
    if REEXAMINATION in table.byte_names:
        return table
    told = np.full((1, table.rows), is_reexamination(check_kind(application)), np.uint8)
    return replace(
        table, byte_names=(*table.byte_names, REEXAMINATION), bytes=np.concatenate([table.bytes, told])
    )


def forget(table: Table, row: int, names: Iterable[str]) -> None:
    """Make some facts of an enterprise missing."""
    for name in names:
        if name in table.whole_names:
            place = table.whole_names.index(name)
            table.wholes[place, row], table.missing[place, row] = 0, True
        elif name in table.byte_names:
            table.bytes[table.byte_names.index(name), row] = MISSING


def empty_table(names: Iterable[str], rows: int) -> Table:
    """A table with everything missing, to be filled column by column with `fill`."""
    known = [vocabulary()[name] for name in names]
    whole = tuple(spec.name for spec in known if spec.unit not in BYTE_UNITS)
    small = tuple(spec.name for spec in known if spec.unit in BYTE_UNITS)
    return Table(
        rows=rows,
        whole_names=whole,
        wholes=np.zeros((len(whole), rows), np.int64),
        missing=np.ones((len(whole), rows), np.bool_),
        byte_names=small,
        bytes=np.full((len(small), rows), MISSING, np.uint8),
    )


def fill(table: Table, name: str, values: npt.NDArray[Any], missing: npt.NDArray[Any] | None = None) -> None:
    """Copy a column in after checking it. Raises TableError, with the first row that is wrong."""
    absent = np.zeros(table.rows, np.bool_) if missing is None else np.asarray(missing, np.bool_)
    if values.shape != (table.rows,) or absent.shape != (table.rows,):
        raise TableError(
            f"column {name}: expected {table.rows} values and a mask as long, got {values.shape}"
        )
    if values.dtype.kind not in "iub":
        raise TableError(f"column {name}: expected whole steps (money: fen) as integers, got {values.dtype}")
    spec = vocabulary()[name]
    if spec.unit in BYTE_UNITS:
        _check(name, (values >= 0) & (values <= byte_limit(spec)) | absent, f"0 to {byte_limit(spec)}")
        table.bytes[table.byte_names.index(name)] = np.where(absent, MISSING, values)
        return
    least, most = step_limits(spec)
    _check(name, (values >= least) & (values <= most) | absent, f"{least} to {most} steps")
    place = table.whole_names.index(name)
    table.wholes[place] = np.where(absent, 0, values)
    table.missing[place] = absent


def _check(name: str, fine: Mask, wanted: str) -> None:
    if not fine.all():
        row = int(np.argmin(fine)) + 1
        raise TableError(f"row {row}, column {name}: expected {wanted}, got a value outside; correct it")


def table_of(columns: Mapping[str, tuple[npt.NDArray[Any], npt.NDArray[Any] | None]]) -> Table:
    """A table from columns: name -> (values in steps, mask of missing values or None).

    Raises TableError, also for an enterprise of which a part is above its whole.
    """
    from eligibility.bulk.looks import first_problem

    rows = len(next(iter(columns.values()))[0]) if columns else 0
    table = empty_table(columns, rows)
    for name, (values, missing) in columns.items():
        fill(table, name, values, missing)
    problem = first_problem(table)
    if problem:
        raise TableError(problem)
    return table


def table_of_facts(enterprises: Sequence[Facts], names: Iterable[str]) -> Table:
    """A table from checked facts of single enterprises; only the facts named."""
    table = empty_table((name for name in names if name != APPLIED_ON), len(enterprises))
    for name in (*table.whole_names, *table.byte_names):
        cells = [steps_of(vocabulary()[name], facts.get(name)) for facts in enterprises]
        absent = np.array([cell is None for cell in cells], np.bool_)
        fill(table, name, np.array([cell or 0 for cell in cells], np.int64), absent)
    return table


def steps_of(spec: FactSpec, value: Any) -> int | None:
    """A checked value as whole steps, a choice as its place."""
    if value is None or spec.unit == "date":
        return value if value is None else int(value)
    return spec.choices.index(value) if spec.unit == "enum" else int(value * STEPS.get(spec.unit, 1))
