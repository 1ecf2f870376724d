"""Rows of a file, whatever wrote it."""

from collections.abc import Iterator
from typing import IO

from sheets.cells import cell_of
from sheets.delimited import Row, rows_of_text
from sheets.encodings import text_of
from sheets.formulas import bare

ZIP = b"PK\x03\x04"


def is_workbook(file: IO[bytes]) -> bool:
    """By its first bytes; leaves the file at its beginning."""
    file.seek(0)
    head = file.read(len(ZIP))
    file.seek(0)
    return head == ZIP


def rows_of(file: IO[bytes]) -> Iterator[Row]:
    """The filled rows of an Excel workbook or of a text, each with the number a spreadsheet shows; cells as stripped text, or
    as what `sheets.cells` knows. Raises SheetError, at a row that can't be read at the latest. Takes a seekable file.
    """
    if is_workbook(file):
        from sheets.workbook import (
            rows_of_workbook,  # most files are texts, and the library takes a while to load
        )

        yield from rows_of_workbook(file)
        return
    with text_of(file) as text:
        for number, row in rows_of_text(text):
            cells = [bare(cell_of(cell)) for cell in row]
            if any(cells):
                yield number, cells
