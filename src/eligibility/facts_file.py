"""Facts files: Excel; CSV in UTF-8 (with or without BOM), UTF-16 with BOM or GB18030; Parquet with the `bulk` extra.

The first row of known names names the columns, by English or Chinese name, with or without a unit in brackets. An empty cell is a
missing fact, a row without any content is nobody's. Files are read as they are used, so their size does not matter.
"""

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice, zip_longest
from pathlib import Path
from typing import IO, Any

from eligibility.errors import FactError, InputFileError
from eligibility.extras import polars
from eligibility.facts import Reading, is_blank, read_facts
from eligibility.facts_chunk import Chunk, Rows, read_chunk
from eligibility.headings import read_heading
from sheets.delimited import MOST_OF_A_CELL, Row, rows_of_text
from sheets.encodings import text_of
from sheets.folding import one_line
from sheets.problems import Problem, SheetError
from sheets.reading import is_workbook, rows_of
from sheets.table import headed, is_beside

BATCH = 8192
WORDS = {
    Problem.NO_TEXT: "expected a CSV file in UTF-8 or GB18030, got neither; save it as CSV UTF-8",
    Problem.NO_ROW: "expected CSV, got at row %(n)s: %(why)s",
    Problem.NO_WORKBOOK: "expected an Excel workbook, got one that can't be read; save it again as .xlsx",
    Problem.STRICT: "expected an ordinary Excel workbook, got “Strict Open XML”; save it as the former",
    Problem.TOO_MUCH: "expected rows, got a workbook with far more beside them in %(name)s; copy the values alone",
}

Cells = Sequence[object]


@dataclass(frozen=True, slots=True)
class FactsFile:
    """A facts file opened: its columns, those nobody knows, and its lines, to be read once.

    Rows with content count from 1 below the header. `application` is the kind that all rows are meant for.
    """

    columns: tuple[str, ...]
    unknown_columns: tuple[str, ...]
    on: date
    lines: Iterator[Cells]
    application: str = ""

    @property
    def rows(self) -> Iterator[Reading]:
        """The lines one by one, each checked when it is reached."""
        unknown = set(self.unknown_columns)
        for row, cells in enumerate(self.lines, start=1):
            pairs = zip(self.columns, cells, strict=False)
            raw = {name: cell for name, cell in pairs if name not in unknown}
            reading = read_facts(raw, self.on, row, application=self.application)
            yield replace(reading, errors=(*reading.errors, *self._surplus(cells, row)))

    def chunks(self, size: int) -> Iterator[Chunk]:
        """The lines as tables of at most `size` rows."""
        first, unknown = 1, set(self.unknown_columns)
        while lines := list(islice(self.lines, size)):
            turned = zip(self.columns, zip_longest(*lines), strict=False)
            columns = dict.fromkeys(self.columns, (None,) * len(lines)) | dict(turned)
            for name in unknown:
                del columns[name]
            surplus = [error for row, cells in enumerate(lines, first) for error in self._surplus(cells, row)]
            yield read_chunk(columns, Rows(first, len(lines), self.on, self.application), surplus)
            first += len(lines)

    def _surplus(self, cells: Cells, row: int) -> tuple[FactError, ...]:
        count = len(self.columns)
        if isinstance(cells[0], str) and is_beside([str(cells[0])]):
            problem = "expected an enterprise, got a total or a remark below the table; take the row out"
            return (FactError(self.columns[0], problem, row),)
        if len(cells) > count and not all(map(is_blank, cells[count:])):
            problem = f"expected {count} cells, got {len(cells)}; check the quotes and commas"
            return (FactError(f"{count + 1}", problem, row),)
        return ()


def open_facts(path: Path, on: date, application: str = "") -> FactsFile:
    """Open a facts file for applications of one day and one kind; see `read_facts` for where none is named.

    Raises InputFileError when the file cannot be read, here or when a line is reached that cannot be.
    """
    try:
        columns, lines = _open_parquet(path) if path.suffix.lower() == ".parquet" else _open_table(path)
    except OSError as error:
        reason = error.strerror or "no such file"
        raise InputFileError(f"{path}: expected a readable file, got: {reason}") from None
    return FactsFile(columns, _check_columns(columns), on, _with_content(lines), application)


def _with_content(lines: Iterator[Cells]) -> Iterator[Cells]:
    return (cells for cells in lines if not all(map(is_blank, cells)))


def _open_table(path: Path) -> tuple[tuple[str, ...], Iterator[Cells]]:
    """A workbook or a text; a title may stand above the names of the columns."""
    rows = _rows(_seekable(path.open("rb")))
    (_number, heading), _above, below = headed(rows, lambda cells: sum(map(bool, map(read_heading, cells))))
    header = tuple(map(one_line, heading))
    if not any(map(read_heading, header)):
        raise InputFileError("expected column names of the vocabulary in the first row, got none")
    return header, (cells for _number, cells in below)


def _seekable(content: IO[bytes]) -> IO[bytes]:
    """A text is read through once to find its encoding."""
    if content.seekable():
        return content
    with content as pipe:
        content = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the text
        shutil.copyfileobj(pipe, content)
    return content


def _rows(content: IO[bytes]) -> Iterator[Row]:
    with content:
        try:
            if is_workbook(content):
                yield from rows_of(content)
            else:
                with text_of(content) as text:
                    yield from rows_of_text(text, longest_cell=MOST_OF_A_CELL, longest_row=MOST_OF_A_CELL)
        except SheetError as error:
            raise InputFileError(WORDS[error.problem] % error.facts) from None


def _check_columns(header: Iterable[str]) -> tuple[str, ...]:
    """The unknown columns. Raises InputFileError when one fact has two columns."""
    seen: dict[str, str] = {}
    unknown = []
    for column in header:
        heading = read_heading(column)
        if heading is None:
            unknown.append(column)
            continue
        name = heading.spec.name
        if name in seen:
            raise InputFileError(f"expected one column for each fact, got {seen[name]} and {column}")
        seen[name] = column
    return tuple(unknown)


def _open_parquet(path: Path) -> tuple[tuple[str, ...], Iterator[Cells]]:
    pl = polars()
    try:
        lazy = pl.scan_parquet(path, glob=False)
        columns = tuple(lazy.collect_schema().names())
    except pl.exceptions.PolarsError as error:
        raise InputFileError(f"{path}: expected Parquet, got: {error}") from None
    return columns, _parquet_lines(path, lazy, pl.exceptions.PolarsError)


def _parquet_lines(path: Path, lazy: Any, broken: type[Exception]) -> Iterator[Cells]:
    try:
        for batch in lazy.collect_batches(chunk_size=BATCH, maintain_order=True):
            yield from batch.iter_rows()
    except broken as error:
        raise InputFileError(f"{path}: expected Parquet, got: {error}") from None
