"""Rows of an Excel or CSV file as text, whatever wrote it: UTF-8 with or without BOM, UTF-16, GB18030, xlsx.

Both are streamed. Excel sheets are not read with the faster calamine here: it lays a sheet out as one block from
the first to the last filled cell, so a small file with one cell in the far corner would fill the memory.
"""

import csv
import io
import math
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext as _
from openpyxl.utils.exceptions import InvalidFileException

from keqiao.imports.excel import workbook_of
from keqiao.kernel.files.plaintext import text_encoding
from keqiao.kernel.platform.errors import Invalid
from keqiao.kernel.platform.formulas import bare

EXACT = 10**15  # from here on, Excel has already rounded a number
LAST_ROW = 1_048_576
LONGEST_CELL = 131_072  # as the csv module has it, whose own limit is one for the whole process
FAULTS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})
LONGEST_ROW = 2**20  # characters, over however many lines a quotation mark stretches it


_NO_LIST = (
    InvalidFileException,
    zipfile.BadZipFile,
    ParseError,
    KeyError,
    ValueError,
    IndexError,
    TypeError,
    StopIteration,
    OSError,  # so the library says that no part is a workbook
)


class Rounded(str):
    """A long number that Excel kept as a number and so has lost its last digits."""

    __slots__ = ()


class Fault(str):
    """What Excel shows where a formula failed: no value of anything."""

    __slots__ = ()


def rows_of(file: BinaryIO) -> Iterator[list[str]]:
    """The rows of the first sheet, every cell as stripped text. Raises Invalid for a file that is no list."""
    head = file.read(4)
    file.seek(0)
    return _excel(file) if head.startswith(b"PK\x03\x04") else _text(file)


def _excel(file: BinaryIO) -> Iterator[list[str]]:
    try:
        sheet = workbook_of(file).worksheets[0]
        sheet.reset_dimensions()  # what the sheet says of its own size is not believed
        for row in sheet.iter_rows(max_row=LAST_ROW, values_only=True):
            yield [_cell(value) for value in row]
    except _NO_LIST as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise  # the disk failed, not the file
        raise Invalid(
            _("This Excel file can't be read."), field="file", remedy=_("Save it again as .xlsx.")
        ) from error


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    text = str(value).strip()
    return Fault(text) if text in FAULTS else text


def _number(value: float) -> str:
    if not math.isfinite(value) or value != int(value):
        return repr(value)
    return Rounded(int(value)) if abs(value) >= EXACT else str(int(value))


def _text(file: BinaryIO) -> Iterator[list[str]]:
    encoding = text_encoding(file=file)
    file.seek(0)
    reader = io.TextIOWrapper(file, encoding=encoding, newline="")
    delimiter, lines = _delimiter(reader), _Lines(reader)
    rows = csv.reader(lines, delimiter=delimiter)
    number = 1
    try:
        for row in rows:
            yield [bare(cell.strip()) for cell in _of_a_list(row)]
            number, lines.taken = number + 1, 0
    except csv.Error as error:
        message = _("Row %(n)s of this file can't be read as a row of a list.") % {"n": number}
        raise Invalid(
            message,
            field="file",
            remedy=_("Look for a quotation mark that is not closed, or save it as .xlsx."),
        ) from error


class _Lines:
    """The lines of a file, as long as those of one row don't fill the memory."""

    def __init__(self, reader: io.TextIOWrapper) -> None:
        self._reader, self.taken = reader, 0

    def __iter__(self) -> Iterator[str]:
        while line := self._reader.readline(LONGEST_ROW + 1):
            self.taken += len(line)
            if self.taken > LONGEST_ROW:
                raise csv.Error("a row without end")
            yield line


def _of_a_list(row: list[str]) -> list[str]:
    if max(map(len, row), default=0) > LONGEST_CELL:
        raise csv.Error("a quotation mark that is not closed swallows the rows after it")
    return row


def _delimiter(reader: io.TextIOWrapper) -> str:
    """What parts the names of the columns: Excel saves UTF-16 with tabs, some systems use semicolons."""
    first = reader.readline(1 << 16)
    reader.seek(0)
    return max(",\t;", key=first.count)
