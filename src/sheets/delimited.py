"""Rows of a text with commas, tabs or semicolons between the cells."""

import csv
from collections.abc import Iterator
from typing import TextIO

from sheets.encodings import END_MARK
from sheets.problems import Problem, SheetError

DELIMITERS = ",\t;"
LOOKED_AT = 20  # lines, for what parts their cells: a title may stand above the heading
LONGEST_CELL = 131_072
LONGEST_ROW = 2**20  # characters, over however many lines a quotation mark stretches it
MOST_OF_A_CELL = (
    2**24
)  # the limit of the csv module is one for the whole process, so it is kept out of the way

Row = tuple[int, list[str]]


def rows_of_text(
    text: TextIO, *, longest_cell: int = LONGEST_CELL, longest_row: int = LONGEST_ROW
) -> Iterator[Row]:
    """Each row with the number a spreadsheet shows, its cells as they are written. Raises SheetError, naming the row."""
    csv.field_size_limit(max(csv.field_size_limit(), MOST_OF_A_CELL))
    delimiter, lines = _delimiter(text), _Lines(text, longest_row)
    number = 1
    try:
        for row in csv.reader(lines, delimiter=delimiter, strict=True):
            yield number, row if longest_cell >= MOST_OF_A_CELL else _measured(row, longest_cell)
            number, lines.taken = number + 1, 0
    except csv.Error as error:
        raise SheetError(Problem.NO_ROW, n=number, why=str(error)) from error


def _measured(row: list[str], longest: int) -> list[str]:
    if max(map(len, row), default=0) > longest:
        raise csv.Error("a cell without end")
    return row


class _Lines:
    """The lines of a text up to its end mark, as long as those of one row don't fill the memory."""

    def __init__(self, text: TextIO, longest: int) -> None:
        self._text, self._longest, self.taken = text, longest, 0

    def __iter__(self) -> Iterator[str]:
        while line := self._text.readline(self._longest + 1):
            self.taken += len(line)
            if self.taken > self._longest:
                raise csv.Error("a row without end")
            if END_MARK in line:
                line = self._last(line)
            yield line

    def _last(self, line: str) -> str:
        if (line.partition(END_MARK)[2] + self._text.read(1)).strip(END_MARK + "\r\n"):
            raise csv.Error("an end mark in the middle")
        return line.partition(END_MARK)[0]


def _delimiter(text: TextIO) -> str:
    """What parts the cells: what most of the first lines have, of those the one they have most."""
    text.seek(0)
    lines = [text.readline(1 << 16) for _line in range(LOOKED_AT)]
    text.seek(0)
    return max(DELIMITERS, key=lambda mark: (sum(mark in line for line in lines), lines[0].count(mark)))
