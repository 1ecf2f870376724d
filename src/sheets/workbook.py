"""Rows of the first sheet of an Excel workbook that is shown.

Not read with the faster calamine: it lays a sheet out as one block from the first to the last filled cell, so a small file
with one cell in the far corner would fill the memory; and it neither tells a formula without value from an empty cell, nor
knows the dates of a Chinese Excel.
"""

import math
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any
from xml.etree.ElementTree import ParseError

from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.utils.datetime import from_excel, from_ISO8601
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._reader import (
    DATA_TAG,
    FORMULA_TAG,
    INLINE_STRING,
    ROW_TAG,
    VALUE_TAG,
    WorkSheetParser,
)
from openpyxl.xml.functions import iterparse

from sheets.cells import Fault, Rounded, Uncomputed, cell_of
from sheets.delimited import Row
from sheets.package import text_in, unescaped, workbook_of
from sheets.problems import Problem, SheetError

EXACT = 10**15  # from here on, Excel has already rounded a number
LAST_ROW = 1_048_576
LAST_COLUMN = 16_384
CHINESE_DAYS = frozenset({*range(27, 37), *range(50, 59)})
"""Built-in formats of dates and times whose codes a file doesn't carry (ECMA-376 part 1, 18.8.30, zh-cn)."""

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


def rows_of_workbook(file: IO[bytes]) -> Iterator[Row]:
    """Filled rows with their numbers, each cell as stripped text or as what `sheets.cells` knows. Raises SheetError."""
    try:
        for number, cells in _parsed(file):
            if number > LAST_ROW:
                break
            row = _laid_out(cells)
            if any(row):
                yield number, row
    except _NO_LIST as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise  # the disk failed, not the file
        raise SheetError(Problem.NO_WORKBOOK) from error


def _parsed(file: IO[bytes]) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    book = workbook_of(file)
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    sheet = shown[0]  # no program writes a workbook that shows none
    chinese = {place for place, style in enumerate(book._cell_styles) if style.numFmtId in CHINESE_DAYS}  # noqa: SLF001
    with sheet._get_source() as source:  # noqa: SLF001 - the library opens the part only so
        parser = _Parser(
            source,
            sheet._shared_strings,  # noqa: SLF001
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats | chinese,  # noqa: SLF001
            timedelta_formats=book._timedelta_formats,  # noqa: SLF001
        )
        yield from parser.rows()


def _laid_out(cells: list[dict[str, Any]]) -> list[str]:
    filled = [cell for cell in cells if cell["value"] and cell["column"] <= LAST_COLUMN]
    row = [""] * max((cell["column"] for cell in filled), default=0)
    for cell in filled:
        row[cell["column"] - 1] = cell["value"]
    return row


class _Parser(WorkSheetParser):  # type: ignore[misc]
    def rows(self) -> Iterator[tuple[int, list[dict[str, Any]]]]:
        """The rows and nothing beside them, of which the library would read all, and warn of much."""
        for _event, element in iterparse(self.source):
            if element.tag == ROW_TAG:
                yield self.parse_row(element)
                element.clear()
            elif element.tag == DATA_TAG:
                return

    def parse_cell(self, element: Any) -> dict[str, Any]:
        """The library's own passes over formulas without value, and warns of days that are none."""
        if at := element.get("r"):
            row, self.col_counter = coordinate_to_tuple(at)
        else:
            row, self.col_counter = self.row_counter, self.col_counter + 1
        return {"row": row, "column": self.col_counter, "value": self._text(element)}

    def _text(self, element: Any) -> str:
        kind, value = element.get("t", "n"), element.findtext(VALUE_TAG)
        formula = element.find(FORMULA_TAG)
        if formula is not None and not value and not (kind == "str" and value is not None):
            return Uncomputed(f"={formula.text or '…'}")
        if kind == "inlineStr":
            item = element.find(INLINE_STRING)
            return cell_of(text_in(item)) if item is not None else ""
        return self._read(kind, value, int(element.get("s", 0))) if value else ""

    def _read(self, kind: str, value: str, style: int) -> str:
        match kind:
            case "n":
                return self._number(float(value), style)
            case "s":
                return cell_of(self.shared_strings[int(value)])
            case "b":
                return str(bool(int(value)))
            case "e":
                return Fault(value)
            case "d":
                return _day(from_ISO8601(value))
        return cell_of(unescaped(value))

    def _number(self, value: float, style: int) -> str:
        if style not in self.date_formats:
            return number_text(value)
        if value < 0:
            return Fault("########")
        try:
            return _day(from_excel(value, self.epoch, timedelta=style in self.timedelta_formats))
        except (OverflowError, ValueError):
            return Fault("########")


def _day(value: Any) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


def number_text(value: float) -> str:
    """A number as Excel shows it: fifteen digits, no power of ten."""
    if not math.isfinite(value):
        return str(value)
    if value == int(value):
        return Rounded(int(value)) if abs(value) >= EXACT else str(int(value))
    return f"{Decimal(format(value, '.15g')):f}"
