"""`eligibility evaluate FACTS --programme CODE… --on DATE`: verdicts for every row of a facts file."""

import argparse
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from eligibility.cli.printing import complain, say, say_json
from eligibility.errors import InputFileError
from eligibility.evaluation import Evaluation, evaluate
from eligibility.facts import Reading
from eligibility.facts_file import open_facts
from eligibility.library import find_version
from eligibility.loading import load_programme
from eligibility.programme import Version
from eligibility.results import as_flat, as_record


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The arguments of the command."""
    parser = commands.add_parser("evaluate", help="evaluate enterprises for programmes")
    parser.add_argument(
        "facts", type=Path, metavar="FACTS", help="CSV or Parquet, columns named by the vocabulary"
    )
    parser.add_argument("--programme", nargs="+", required=True, metavar="CODE", help="CODE or CODE@version")
    parser.add_argument(
        "--on", type=_day, required=True, metavar="DATE", help="date of application, YYYY-MM-DD"
    )
    parser.add_argument(
        "--rules", nargs="+", type=Path, default=[], metavar="FILE", help="more programme files"
    )
    output = parser.add_mutually_exclusive_group()
    output.add_argument("--json", action="store_true", help="one JSON object for each row and programme")
    output.add_argument("--out", type=Path, metavar="FILE.parquet", help="write a Parquet file")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """1 when a row had an error, 0 otherwise."""
    own = [load_programme(path) for path in options.rules]
    versions = [find_version(code, options.on, own) for code in options.programme]
    facts = open_facts(options.facts, options.on)
    if facts.unknown_columns:
        complain(f"warning: unknown columns, not read: {', '.join(facts.unknown_columns)}")
    results = _Results(versions, facts.rows)
    if options.out:
        _write_parquet([as_flat(e, row, row_has_errors=bad) for row, e, bad in results], options.out)
    elif options.json:
        for _, evaluation, bad in results:
            say_json(as_record(evaluation, row_has_errors=bad))
    else:
        say("row\tprogramme\tversion\tverdict\tscore\tmissing")
        for row, evaluation, bad in results:
            say(_line(as_flat(evaluation, row, row_has_errors=bad)))
    return int(results.failed)


class _Results:
    """Row number, evaluation, whether the row has errors; complains about errors as it meets them."""

    def __init__(self, versions: list[Version], rows: Iterator[Reading]) -> None:
        self._versions = versions
        self._rows = rows
        self.failed = False

    def __iter__(self) -> Iterator[tuple[int, Evaluation, bool]]:
        for row, reading in enumerate(self._rows, start=1):
            for error in reading.errors:
                complain(f"error: {error}")
            self.failed |= bool(reading.errors)
            for version in self._versions:
                evaluation = evaluate(version, reading.facts)
                for error in evaluation.errors:
                    complain(f"error: {replace(error, row=row)} ({version.code})")
                self.failed |= bool(evaluation.errors)
                yield row, evaluation, bool(reading.errors)


def _line(flat: dict[str, Any]) -> str:
    lo, hi = flat["score_lo"], flat["score_hi"]
    score = "" if lo is None else str(lo) if lo == hi else f"{lo}-{hi}"
    return "\t".join(
        (str(flat["row"]), flat["programme"], flat["version"], flat["verdict"], score, flat["missing"])
    )


def _write_parquet(rows: list[dict[str, Any]], path: Path) -> None:
    try:
        import polars as pl
    except ImportError:
        raise InputFileError(
            "expected the extra `bulk` for Parquet, got none; pip install keqiao[bulk]"
        ) from None
    try:
        pl.DataFrame(rows, infer_schema_length=None).write_parquet(path)
    except OSError as error:
        raise InputFileError(f"{path}: expected a file that can be written, got: {error.strerror}") from None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"expected a date such as 2026-01-31, got {text}") from None
