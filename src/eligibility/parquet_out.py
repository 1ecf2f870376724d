"""Results written as Parquet, part by part: the file appears, complete, when the last part is written."""

import os
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from eligibility.batch import Result
from eligibility.errors import InputFileError
from eligibility.extras import polars

PART = 50_000


def write_results(results: Iterator[Result], path: Path) -> None:
    """Write row, programme, version, verdict, score_lo, score_hi, missing (by spaces), the state of the
    version, warnings (by semicolons). Raises InputFileError.
    """
    pl = polars()
    kinds = {
        "row": pl.Int64, "programme": pl.String, "version": pl.String, "verdict": pl.String,
        "score_lo": pl.Int64, "score_hi": pl.Int64, "missing": pl.String,
        "state": pl.String, "warnings": pl.String,
    }  # fmt: skip
    try:
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            parts = [Path(folder) / "0.parquet"]
            pl.DataFrame(schema=kinds).write_parquet(parts[0])
            while rows := [_flat(result) for result in islice(results, PART)]:
                parts.append(Path(folder) / f"{len(parts)}.parquet")
                pl.DataFrame(rows, schema=kinds, orient="row").write_parquet(parts[-1])
            whole = Path(folder) / "whole.parquet"
            pl.scan_parquet(parts).sink_parquet(whole)
            os.replace(whole, path)  # noqa: PTH105 - one step, over an earlier file
    except OSError as error:
        raise InputFileError.unwritable(path, error) from None


def _flat(result: Result) -> tuple[int | str | None, ...]:
    lo, hi = result.score or (None, None)
    version, missing, warnings = result.version, " ".join(result.missing), "; ".join(result.warnings)
    return result.row, version.code, version.label, result.verdict, lo, hi, missing, version.state, warnings
