"""Programmes as Polars expressions: lazy, streamed, metrics shared. Wide numbers are Int128."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import polars as pl

from eligibility.bulk.table import Table, with_kind
from eligibility.columns.compiling import Compiler
from eligibility.columns.dialect import Column, Dialect
from eligibility.columns.greatest import greatest_of, names_of
from eligibility.kinds import NEW
from eligibility.programme import Version
from eligibility.vocabulary import REEXAMINATION

EPOCH = date(1970, 1, 1).toordinal()


class PolarsDialect(Dialect):
    """Expressions of Polars."""

    def column(self, name: str) -> Column:
        return pl.col(name)

    def whole(self, value: int, *, wide: bool) -> Column:
        return pl.lit(value, pl.Int128 if wide else pl.Int64)

    def truth(self, value: bool) -> Column:
        return pl.lit(value)

    def null_whole(self, *, wide: bool) -> Column:
        return pl.lit(None, pl.Int128 if wide else pl.Int64)

    def null_truth(self) -> Column:
        return pl.lit(None, pl.Boolean)

    def widened(self, column: Column) -> Column:
        return column.cast(pl.Int128)

    def is_null(self, column: Column) -> Column:
        return column.is_null()

    def choose(self, test: Column, then: Column, otherwise: Column) -> Column:
        return pl.when(test).then(then).otherwise(otherwise)

    def known(self, column: Column) -> Column:
        return column.fill_null(value=False)

    def year(self, column: Column) -> Column:
        return (column - EPOCH).cast(pl.Int32).cast(pl.Date).dt.year().cast(pl.Int64)


def frame_of(table: Table, names: Sequence[str], application: str = NEW) -> pl.DataFrame:
    """The facts as Int64 columns of steps, null where missing; the kind of application where no column tells it."""
    if REEXAMINATION in names:
        table = with_kind(table, application)
    columns: dict[str, Any] = {}
    for place, name in enumerate(table.whole_names):
        missing = pl.Series(table.missing[place])
        columns[name] = pl.Series(table.wholes[place]).set(missing, None)
    for place, name in enumerate(table.byte_names):
        codes = pl.Series(table.bytes[place]).cast(pl.Int64)
        columns[name] = codes.set(pl.Series(table.bytes[place] == 255), None)  # noqa: PLR2004 - the missing byte
    for name in names:
        if name not in columns:
            columns[name] = pl.Series([None] * table.rows, dtype=pl.Int64)
    return pl.DataFrame(columns)


def evaluate_polars(
    versions: Sequence[Version], frame: pl.DataFrame, on: date, *, engine: Any = "streaming"
) -> pl.DataFrame:
    """Booleans v0, v1, ... by version (null: unknown), and lo0, hi0, ... where it has a score."""
    compiler = Compiler(PolarsDialect(), greatest_of(frame, names_of(versions)), on.toordinal(), on.year)
    results: dict[str, Column] = {}
    for place, version in enumerate(versions):
        results[f"v{place}"], _ = compiler.verdict(version)
        if version.score is not None:
            (results[f"lo{place}"], results[f"hi{place}"]), _ = compiler.score(version.score)
    lazy = frame.lazy()
    for layer in compiler.layers:
        lazy = lazy.with_columns(**layer)
    return lazy.select(**results).collect(engine=engine)
