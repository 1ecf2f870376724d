"""The rows of a file that have errors, as a workbook to correct: each bad cell coloured, with the reason in it and in the last
column. Corrected, it is imported like any list.
"""

import io
from collections.abc import Iterator
from itertools import count
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter

from keqiao.imports.models import Import
from keqiao.imports.operations.judging import batches, opened
from keqiao.imports.rows import Row, Rows
from keqiao.kernel.platform.actors import Actor
from sheets.writing import text_cell

BAD = PatternFill("solid", fgColor="FFFFC7CE")
MOST_COMMENTS = 500  # more would make a workbook larger beside its rows than any list may be
WIDTH, REASONS = 24, 60


def marked(source: Import, actor: Actor) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Rows to correct"))
    sheet.freeze_panes = "A2"
    with opened(source, actor) as rows:
        width = 1 + max(rows.header.places.values())
        for place in range(1, width + 2):
            letter = get_column_letter(place)
            sheet.column_dimensions[letter].width = REASONS if place > width else WIDTH
        sheet.append([text_cell(sheet, label) for label in (*rows.labels[:width], _("What to correct"))])
        number = count(1)
        for row in _bad(rows, source, actor):
            sheet.append(_cells(sheet, row, rows, width, number))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _bad(rows: Rows, source: Import, actor: Actor) -> Iterator[Row]:
    for batch, _known in batches(rows, source.listed, actor):
        yield from (row for row in batch if row.errors)


def _cells(sheet: Any, row: Row, rows: Rows, width: int, number: "count[int]") -> list[Any]:
    cells = [text_cell(sheet, cell) for cell in (*row.cells, *[""] * width)[:width]]
    for label, _value, why in row.errors:
        place = rows.place_of(label)
        if place is not None:
            _mark(cells[place], why, number)
    reasons = "\n".join(f"{label}: {why}" for label, _value, why in row.errors)
    return [*cells, text_cell(sheet, reasons)]


def _mark(cell: WriteOnlyCell, why: str, number: "count[int]") -> None:
    cell.fill = BAD
    if next(number) <= MOST_COMMENTS:
        cell.comment = Comment(why, "Keqiao")
