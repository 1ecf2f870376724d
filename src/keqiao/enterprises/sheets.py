"""Rows of an Excel or CSV file as text, whatever wrote it: UTF-8 with or without BOM, UTF-16, GB18030, xlsx."""

import codecs
import csv
import io
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, BinaryIO

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from keqiao.kernel.errors import Invalid

BLOCK = 1 << 16
EXACT = 10**15  # above this, Excel has already rounded a number


class Rounded(str):
    """A long number that Excel kept as a number and so has lost its last digits."""

    __slots__ = ()


def rows_of(file: BinaryIO) -> Iterator[list[str]]:
    """The rows of the first sheet, every cell as stripped text. Raises Invalid for a file that is no list."""
    head = file.read(4)
    file.seek(0)
    return _excel(file) if head.startswith(b"PK\x03\x04") else _text(file)


def _excel(file: BinaryIO) -> Iterator[list[str]]:
    try:
        book = CalamineWorkbook.from_filelike(file)
        sheet = book.get_sheet_by_index(0)
    except (CalamineError, OSError) as error:
        raise Invalid(_("This Excel file can't be read."), field="file", remedy=_("Save it again as .xlsx.")) from error
    for row in sheet.iter_rows():
        yield [_cell(value) for value in row]


def _cell(value: Any) -> str:
    if isinstance(value, float):
        if value.is_integer():
            return str(int(value)) if abs(value) < EXACT else Rounded(f"{value:.0f}")
        return repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value).strip()


def _text(file: BinaryIO) -> Iterator[list[str]]:
    encoding = _encoding(file)
    file.seek(0)
    reader = io.TextIOWrapper(file, encoding=encoding, newline="")
    try:
        for row in csv.reader(reader):
            yield [cell.strip() for cell in row]
    except (UnicodeDecodeError, csv.Error) as error:
        raise Invalid(_("This file is no CSV list."), field="file", remedy=_("Save it as CSV or .xlsx.")) from error
    finally:
        reader.detach()


def _encoding(file: BinaryIO) -> str:
    start = file.read(4)
    if start.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    file.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while block := file.read(BLOCK):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"
