"""Facts files: CSV in UTF-8 (with or without BOM), UTF-16 with BOM or GB18030; Parquet with the `bulk` extra.

The first row names the columns, by English or Chinese name, with or without a unit in brackets. An empty cell is a
missing fact, a row without any content is nobody's. Files are read as they are used, so their size does not matter.
"""

import codecs
import csv
import io
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
from eligibility.folding import WITH_EURO
from eligibility.headings import read_heading

MOST_OF_A_CELL = 2**24
"""The csv module refuses a whole file for a longer cell, so that a lost quote does not swallow it."""
BLOCK = 2**20
BATCH = 8192

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
        if len(cells) > count and not all(map(is_blank, cells[count:])):
            problem = f"expected {count} cells, got {len(cells)}; check the quotes and commas"
            return (FactError(f"{count + 1}", problem, row),)
        return ()


def open_facts(path: Path, on: date, application: str = "") -> FactsFile:
    """Open a facts file for applications of one day and one kind; see `read_facts` for where none is named.

    Raises InputFileError when the file cannot be read, here or when a line is reached that cannot be.
    """
    try:
        columns, lines = _open_parquet(path) if path.suffix.lower() == ".parquet" else _open_csv(path)
    except OSError as error:
        reason = error.strerror or "no such file"
        raise InputFileError(f"{path}: expected a readable file, got: {reason}") from None
    return FactsFile(columns, _check_columns(columns), on, _with_content(lines), application)


def _with_content(lines: Iterator[Cells]) -> Iterator[Cells]:
    return (cells for cells in lines if not all(map(is_blank, cells)))


def _open_csv(path: Path) -> tuple[tuple[str, ...], Iterator[Cells]]:
    lines = _read_cells(_text_of(path.open("rb")))
    header = tuple(str(column).strip() for column in next(lines, []))
    if not any(map(read_heading, header)):
        raise InputFileError("expected column names of the vocabulary in the first row, got none")
    return header, lines


def _text_of(content: IO[bytes]) -> IO[str]:
    """The content as text; read through once to find its encoding."""
    if not content.seekable():
        with content as pipe:
            content = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the text
            shutil.copyfileobj(pipe, content)
            content.seek(0)
    start = content.read(2)
    candidates = (
        ["utf-16"] if start in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else ["utf-8-sig", "gb18030"]
    )
    for encoding in candidates:
        content.seek(0)
        if _decodes(content, encoding):
            content.seek(0)
            return io.TextIOWrapper(content, encoding, WITH_EURO, newline="")
    content.close()
    raise InputFileError("expected a CSV file in UTF-8 or GB18030, got neither; save it as CSV UTF-8")


def _decodes(content: IO[bytes], encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)(WITH_EURO)
    try:
        while block := content.read(BLOCK):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _read_cells(text: IO[str]) -> Iterator[Cells]:
    csv.field_size_limit(max(csv.field_size_limit(), MOST_OF_A_CELL))
    with text:
        reader = csv.reader(text, strict=True)
        try:
            yield from reader
        except csv.Error as error:
            raise InputFileError(f"expected CSV, got at line {reader.line_num}: {error}") from None


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
