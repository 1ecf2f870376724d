"""Rows as Excel or CSV. Text that a spreadsheet would run as a formula stays text."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils import get_column_letter

from sheets.formulas import RISKY, guarded

WIDE, WIDER = 18, 36  # of columns, in characters; the first one holds the name


def workbook(*, title: str, head: list[str], rows: Iterable[list[Any]]) -> bytes:
    """One sheet. Cells that begin like a formula are written as text cells, unchanged."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("".join(c for c in title if c not in r"[]:*?/\\")[:31] or "Sheet")
    sheet.freeze_panes = "A2"
    for place, label in enumerate(head, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = (
            WIDER if place == 1 else max(WIDE, 2 * len(label) + 2)
        )
    sheet.append([_cell(sheet, label) for label in head])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _cell(sheet: Any, value: Any) -> Any:
    if isinstance(value, datetime):
        return WriteOnlyCell(sheet, value.replace(tzinfo=None))
    return text_cell(sheet, value) if isinstance(value, str) else WriteOnlyCell(sheet, value)


def text_cell(sheet: Any, value: str) -> Any:
    """Text, never a formula, whatever it begins with."""
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value))
    cell.data_type, cell.number_format = "s", "@"
    cell.quotePrefix = value.startswith(RISKY)
    return cell


def csv_stream(head: list[str], rows: Iterable[list[Any]]) -> Iterator[bytes]:
    """UTF-8 with BOM, since Excel reads that right; risky text is preceded by an apostrophe."""
    yield "\ufeff".encode()
    yield _line([_safe(label) for label in head])
    for row in rows:
        yield _line([_safe(value) for value in row])


def _safe(value: Any) -> Any:
    if isinstance(value, str):
        return guarded(value)
    return value if not isinstance(value, Decimal) else str(value)


def _line(values: list[Any]) -> bytes:
    target = io.StringIO()
    csv.writer(target).writerow(values)
    return target.getvalue().encode()
