"""The same programmes through Ibis, on DuckDB or Spark (extra `spark`). Wide numbers are decimal(38, 0)."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import ibis
import polars as pl
from ibis.common.deferred import Deferred, Just

from eligibility.columns.compiling import Compiler
from eligibility.columns.dialect import Column, Dialect
from eligibility.columns.greatest import greatest_of, names_of
from eligibility.programme import Version

WIDE = "decimal(38, 0)"
EPOCH = date(1970, 1, 1)
ROW = "row_number_"


class IbisDialect(Dialect):
    """Deferred expressions of Ibis, resolved against the layer they are put into."""

    def column(self, name: str) -> Column:
        return ibis._[name]

    def whole(self, value: int, *, wide: bool) -> Column:
        # Cast, because engines read a bare small literal as a 32-bit number.
        small = ibis.literal(Decimal(value), WIDE) if wide else ibis.literal(value)
        return Deferred(Just(small.cast(WIDE if wide else "int64")))

    def truth(self, value: bool) -> Column:
        return Deferred(Just(ibis.literal(value)))

    def null_whole(self, *, wide: bool) -> Column:
        return Deferred(Just(ibis.null(WIDE if wide else "int64")))

    def null_truth(self) -> Column:
        return Deferred(Just(ibis.null("boolean")))

    def widened(self, column: Column) -> Column:
        return column.cast(WIDE)

    def is_null(self, column: Column) -> Column:
        return column.isnull()

    def choose(self, test: Column, then: Column, otherwise: Column) -> Column:
        return ibis.ifelse(test, then, otherwise)

    def known(self, column: Column) -> Column:
        return column.fill_null(ibis.literal(False))

    def year(self, column: Column) -> Column:
        days = column - ibis.literal(EPOCH.toordinal(), "int64")
        return (Deferred(Just(ibis.literal(EPOCH))) + days.as_interval("D")).year().cast("int64")


@cache
def duckdb_connection() -> Any:
    """DuckDB in memory."""
    return ibis.duckdb.connect()


@cache
def spark_connection() -> Any:
    """Spark on this machine."""
    from eligibility.columns.spark import spark_session

    return ibis.pyspark.connect(spark_session())


@contextmanager
def _unfused() -> Iterator[None]:
    """Layers stay layers: fused, every column would be written out wherever it is used."""
    before = ibis.options.sql.fuse_selects
    ibis.options.sql.fuse_selects = False
    try:
        yield
    finally:
        ibis.options.sql.fuse_selects = before


def evaluate_ibis(
    versions: Sequence[Version], frame: pl.DataFrame, on: date, connection: Any
) -> pl.DataFrame:
    """As `evaluate_polars`, by the engine of the connection."""
    compiler = Compiler(IbisDialect(), greatest_of(frame, names_of(versions)), on.toordinal(), on.year)
    results: dict[str, Column] = {ROW: ibis._[ROW]}
    for place, version in enumerate(versions):
        results[f"v{place}"], _ = compiler.verdict(version)
        if version.score is not None:
            (results[f"lo{place}"], results[f"hi{place}"]), _ = compiler.score(version.score)
    with tempfile.TemporaryDirectory() as folder, _unfused():
        path = Path(folder) / "facts.parquet"
        frame.with_row_index(ROW).cast({ROW: pl.Int64}).write_parquet(path)
        expression = connection.read_parquet(str(path))
        for layer in compiler.layers:
            expression = expression.mutate(**layer)
        table = connection.to_pyarrow(expression.select(**results))
    return pl.DataFrame(pl.from_arrow(table)).sort(ROW).drop(ROW)
