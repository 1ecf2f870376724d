"""Facts files: CSV in UTF-8 (with or without BOM), UTF-16 with BOM or GB18030; Parquet with the `bulk` extra.

The first row names the columns, by English or Chinese name. An empty cell is a missing fact.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from eligibility.errors import FactError, InputFileError
from eligibility.facts import Reading, read_facts
from eligibility.vocabulary import APPLIED_ON, names

MAX_CELL = 10_000


@dataclass(frozen=True, slots=True)
class FactsFile:
    """A facts file opened: columns nobody knows, and the rows, each checked when it is reached."""

    unknown_columns: tuple[str, ...]
    rows: Iterator[Reading]


def open_facts(path: Path, on: date) -> FactsFile:
    """Read a facts file for applications of one day.

    Rows count from 1 below the header. Raises InputFileError when the file as a whole cannot be read.
    """
    try:
        if path.suffix.lower() == ".parquet":
            return _open_parquet(path, on)
        return _open_table(_read_cells(_decode(path.read_bytes())), on)
    except OSError as error:
        raise InputFileError(f"{path}: expected a readable file, got: {error.strerror}") from None


def _decode(content: bytes) -> str:
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    encodings = ["utf-16"] if marked else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InputFileError("expected a CSV file in UTF-8 or GB18030, got neither; save it as CSV UTF-8")


def _read_cells(text: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        yield from (row for row in reader if any(cell.strip() for cell in row))
    except csv.Error as error:
        raise InputFileError(f"expected CSV, got at line {reader.line_num}: {error}") from None


def _open_table(lines: Iterator[list[str]], on: date) -> FactsFile:
    header = [column.strip().replace("（", "(").replace("）", ")") for column in next(lines, [])]
    if not any(name in names() for name in header):
        raise InputFileError("expected column names of the vocabulary in the first row, got none")
    unknown = _check_columns(header)
    return FactsFile(unknown, _readings(header, set(unknown), lines, on))


def _check_columns(header: Iterable[str]) -> tuple[str, ...]:
    """The unknown columns. Raises InputFileError when one fact has two columns."""
    seen: dict[str, str] = {}
    unknown = []
    for column in header:
        name = names().get(column)
        if name is None or name == APPLIED_ON:
            unknown.append(column)
        elif name in seen:
            raise InputFileError(f"expected one column for each fact, got {seen[name]} and {column}")
        else:
            seen[name] = column
    return tuple(unknown)


def _readings(
    header: list[str], unknown: set[str], lines: Iterator[list[str]], on: date
) -> Iterator[Reading]:
    for row, cells in enumerate(lines, start=1):
        pairs = zip(header, cells, strict=False)
        reading = read_facts({name: cell[:MAX_CELL] for name, cell in pairs if name not in unknown}, on, row)
        extra = cells[len(header) :]
        if any(cell.strip() for cell in extra):
            problem = f"expected {len(header)} cells, got {len(cells)}; check the quotes and commas"
            error = FactError(f"{len(header) + 1}", problem, row)
            reading = Reading(reading.facts, (*reading.errors, error))
        yield reading


def _open_parquet(path: Path, on: date) -> FactsFile:
    try:
        import polars as pl
    except ImportError:
        raise InputFileError(
            "expected the extra `bulk` for Parquet, got none; pip install keqiao[bulk]"
        ) from None
    try:
        frame = pl.read_parquet(path)
    except pl.exceptions.PolarsError as error:
        raise InputFileError(f"{path}: expected Parquet, got: {error}") from None
    unknown = _check_columns(frame.columns)
    rows = frame.drop(unknown).iter_rows(named=True)
    return FactsFile(unknown, (read_facts(row, on, number) for number, row in enumerate(rows, start=1)))
