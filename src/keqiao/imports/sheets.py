"""The rows of a file that is to be a list; what can't be read is refused in words."""

from collections.abc import Iterator
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from keqiao.kernel.platform.errors import Invalid, Text
from sheets.delimited import Row
from sheets.problems import Problem, SheetError
from sheets.reading import rows_of as rows_in

AGAIN = _("Save it again as .xlsx.")
WORDS: dict[Problem, tuple[Text, Text]] = {
    Problem.NO_WORKBOOK: (_("This Excel file can't be read."), AGAIN),
    Problem.STRICT: (
        _("This workbook is of the kind “Strict Open XML”."),
        _("Save it again as an ordinary Excel workbook (.xlsx)."),
    ),
    Problem.TOO_MUCH: (
        _("This Excel file holds far more beside its rows than a list needs: %(name)s."),
        _("Copy the rows, values only, into the template or an empty workbook, and import that."),
    ),
    Problem.NO_ROW: (
        _("Row %(n)s of this file can't be read as a row of a list."),
        _("Look for a quotation mark that is not closed, or save it as .xlsx."),
    ),
    Problem.NO_TEXT: (_("This file is neither an Excel workbook nor a text."), AGAIN),
}


def rows_of(file: BinaryIO) -> Iterator[Row]:
    """The filled rows with their numbers. Raises Invalid where it meets what can't be read."""
    try:
        yield from rows_in(file)
    except SheetError as error:
        message, remedy = WORDS[error.problem]
        raise Invalid(str(message) % error.facts, field="file", remedy=remedy) from error
