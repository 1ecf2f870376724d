"""A workbook opened for its rows alone. The sheets are streamed; all other parts are read whole, and a file of some
kilobytes can hold a hundred megabytes of styles, so those are measured first.
"""

import re
from collections.abc import Iterator
from typing import IO, Any

from openpyxl.reader.excel import ExcelReader
from openpyxl.xml.constants import ARC_CONTENT_TYPES, SHARED_STRINGS, SHEET_MAIN_NS, WORKSHEET_TYPE, XLSX
from openpyxl.xml.functions import iterparse

from sheets.problems import Problem, SheetError

LARGEST_PART = 2 * 2**20
LARGEST_TEXTS = 64 * 2**20
MOST_TEXTS = 2_000_000
SHEETS = "xl/worksheets/"
ITEM, RUN, TEXT = (f"{{{SHEET_MAIN_NS}}}{tag}" for tag in ("si", "r", "t"))
STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def workbook_of(file: IO[bytes]) -> Any:
    """The workbook of openpyxl, its sheets not read yet. Raises SheetError, and whatever openpyxl raises."""
    reader = Reader(file, read_only=True, data_only=True, keep_links=False)
    reader.read()
    return reader.wb


def unescaped(text: str) -> str:
    """Text as it was typed: characters that XML can't hold stand there as `_x000D_` (ECMA-376 part 1, 22.9.2.19)."""
    if "_x" not in text:
        return text
    plain = ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


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
            if XLSX in kind and STRICT in self.archive.read(name):
                raise SheetError(Problem.STRICT)

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
            yield text_in(node)
            root.clear()


def text_in(item: Any) -> str:
    """The text itself, plain or in pieces of different looks; not how it is pronounced."""
    pieces = (
        child if child.tag == TEXT else child.find(TEXT) if child.tag == RUN else None for child in item
    )
    return unescaped("".join(piece.text or "" for piece in pieces if piece is not None))


def _too_much(name: str) -> SheetError:
    return SheetError(Problem.TOO_MUCH, name=ascii(name))
