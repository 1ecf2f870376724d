"""A workbook opened for its rows alone. The sheets are streamed; all other parts are read whole, and a file of some
kilobytes can hold a hundred megabytes of styles, so those are measured first.
"""

from collections.abc import Iterator
from typing import IO, Any, BinaryIO

from django.utils.translation import gettext as _
from openpyxl.reader.excel import ExcelReader
from openpyxl.xml.constants import (
    ARC_CONTENT_TYPES,
    SHARED_STRINGS,
    SHEET_MAIN_NS,
    WORKSHEET_TYPE,
)
from openpyxl.xml.functions import iterparse

from keqiao.kernel.platform.errors import Invalid

LARGEST_PART = 2 * 2**20
LARGEST_TEXTS = 64 * 2**20
MOST_TEXTS = 2_000_000
SHEETS = "xl/worksheets/"
ITEM, RUN, TEXT = (f"{{{SHEET_MAIN_NS}}}{tag}" for tag in ("si", "r", "t"))


def workbook_of(file: BinaryIO) -> Any:
    reader = Reader(file, read_only=True, data_only=True, keep_links=False)
    reader.read()
    return reader.wb


class Reader(ExcelReader):  # type: ignore[misc]
    def read_manifest(self) -> None:
        self._measure(ARC_CONTENT_TYPES)
        super().read_manifest()
        kinds: dict[str, set[str]] = {}
        for part in self.package.Override:
            kinds.setdefault(part.PartName[1:], set()).add(part.ContentType)
        for name in self.valid_files:
            kind = kinds.get(name, set())
            streamed = kind == {WORKSHEET_TYPE} and _is_sheet(name)
            if not streamed and not (name.startswith("xl/media/") and not kind):
                self._measure(name, LARGEST_TEXTS if kind == {SHARED_STRINGS} else LARGEST_PART)

    def _measure(self, name: str, most: int = LARGEST_PART) -> None:
        if self.archive.getinfo(name).file_size > most:
            raise _too_much(name)

    def read_strings(self) -> None:
        part = self.package.find(SHARED_STRINGS)
        if part is not None:
            with self.archive.open(part.PartName[1:]) as content:
                self.shared_strings = list(_texts(content, part.PartName[1:]))

    def read_chartsheet(self, sheet: Any, rel: Any) -> None:
        """No rows stand in it."""


def _is_sheet(name: str) -> bool:
    return name.startswith(SHEETS) and name.endswith(".xml") and "/" not in name.removeprefix(SHEETS)


def _texts(content: IO[bytes], name: str) -> Iterator[str]:
    """The texts that cells refer to by number. What was read is let go, which the library doesn't do."""
    events = iterparse(content, events=("start", "end"))
    _event, root = next(events)
    count = 0
    for event, node in events:
        if event == "end" and node.tag == ITEM:
            count += 1
            if count > MOST_TEXTS:
                raise _too_much(name)
            yield "".join(_pieces(node)).replace("x005F_", "")
            root.clear()


def _pieces(item: Any) -> Iterator[str]:
    """The text itself, plain or in pieces of different looks; not how it is pronounced."""
    for child in item:
        piece = child if child.tag == TEXT else child.find(TEXT) if child.tag == RUN else None
        if piece is not None:
            yield piece.text or ""


def _too_much(name: str) -> Invalid:
    return Invalid(
        _("This Excel file holds far more beside its rows than a list needs: %(name)s.")
        % {"name": ascii(name)},
        field="file",
        remedy=_("Copy the rows, values only, into the template or an empty workbook, and import that."),
    )
