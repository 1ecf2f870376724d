"""Reading a survey file, Excel or text, in blocks of rows."""

from collections.abc import Iterator, Sequence
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from satisfaction.answers.cells import Cells, parse_cell
from satisfaction.answers.table import Answers, check_answers, compact
from satisfaction.arrays import Reals
from satisfaction.problems import SatisfactionError, listed
from satisfaction.questionnaire.model import Model
from sheets.delimited import Row as NumberedRow
from sheets.delimited import rows_of_text
from sheets.encodings import text_of
from sheets.folding import folded
from sheets.problems import Problem, SheetError
from sheets.reading import is_workbook, rows_of
from sheets.table import headed

ROWS_AT_ONCE = 8_192
Row = list[str]


def read_answers(path: Path, model: Model, group: str = "") -> Answers:
    """The model's items, and the column of groups if one is named; other columns are not looked at."""
    try:
        with path.open("rb") as file:
            answers = _read(file, model, group)
    except OSError as error:
        why = error.strerror or error
        raise SatisfactionError("file-not-readable", path=path.name, why=why) from error
    except SheetError as error:
        raise _refused(error, path) from error
    check_answers(model, answers)
    return answers


def _refused(error: SheetError, path: Path) -> SatisfactionError:
    if error.problem is Problem.NO_TEXT:
        return SatisfactionError("answers-encoding", path=path.name)
    if error.problem is Problem.NO_ROW:
        return SatisfactionError("answers-malformed", why=f"{error.facts['n']}: {error.facts['why']}")
    return SatisfactionError("answers-workbook", path=path.name, why=error.problem)


def _read(file: BinaryIO, model: Model, group: str) -> Answers:
    wanted = [*model.items, group] if group else model.items
    folded_names = set(map(folded, wanted))
    (_number, heading), _above, below = headed(
        _rows(file), lambda row: sum(folded(name) in folded_names for name in row)
    )
    names = [folded(name) for name in heading]
    columns = _places(names, wanted)
    numbers, labels, cells = [], [], Cells()
    for first, block in _row_blocks((row for _number, row in below), len(names)):
        numbers.append(_block_numbers(block, first, columns[: len(model.items)], model.items, cells))
        if group:
            labels.append(np.array([row[columns[-1]].strip() for row in block], dtype=np.str_))
    table = np.concatenate(numbers) if numbers else np.empty((0, len(model.items)))
    return Answers(model.items, table, _joined(labels) if group else None)


def _rows(file: BinaryIO) -> Iterator[NumberedRow]:
    """Rows of a workbook end with their last filled cell, so they are made as long as the longest before them."""
    if not is_workbook(file):
        with text_of(file) as text:
            yield from rows_of_text(text)
        return
    width = 0
    for number, row in rows_of(file):
        width = max(width, len(row))
        yield number, row + [""] * (width - len(row))


def _joined(labels: list[NDArray[np.str_]]) -> NDArray[np.str_]:
    return np.concatenate(labels) if labels else np.empty(0, dtype=np.str_)


def _places(names: list[str], wanted: Sequence[str]) -> list[int]:
    """The places of the columns wanted among names that are folded."""
    missing = [name for name in wanted if folded(name) not in names]
    if missing:
        raise SatisfactionError("missing-column", name=listed(missing), known=listed(names))
    twice = [name for name in wanted if names.count(folded(name)) > 1]
    if twice:
        raise SatisfactionError("column-twice", name=listed(twice))
    return [names.index(folded(name)) for name in wanted]


def _row_blocks(rows: Iterator[Row], width: int) -> Iterator[tuple[int, list[Row]]]:
    """Blocks of rows with the number of their first; rows without any content are nobody's answer."""
    filled = (row for row in rows if any(map(str.strip, row)))
    first = 1
    while block := list(islice(filled, ROWS_AT_ONCE)):
        for offset, row in enumerate(block):
            if len(row) != width:
                raise SatisfactionError("ragged-row", row=first + offset, expected=width, got=len(row))
        yield first, block
        first += len(block)


def _block_numbers(
    block: list[Row], first: int, columns: list[int], items: Sequence[str], cells: Cells
) -> Reals:
    pick = itemgetter(*columns, columns[0])  # one name more, so that a single column still gives a tuple
    try:
        flat = [cells[text] for row in block for text in pick(row)[:-1]]
    except ValueError:
        raise _bad_cell(block, first, columns, items) from None
    return compact(np.array(flat).reshape(len(block), len(columns)))


def _bad_cell(block: list[Row], first: int, columns: list[int], items: Sequence[str]) -> SatisfactionError:
    for offset, row in enumerate(block):
        for column, item in zip(columns, items, strict=True):
            try:
                parse_cell(row[column])
            except ValueError:
                got = row[column].strip()[:40]
                return SatisfactionError("answer-not-a-number", item=item, row=first + offset, got=got)
    raise AssertionError(block)
