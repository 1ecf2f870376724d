"""A report of any kind: a title, then headings, paragraphs and tables in the caller's order and words."""

from dataclasses import dataclass
from typing import Literal

from .shared import Head


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    text: str
    level: Literal[1, 2] = 1
    block: Literal["heading"] = "heading"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    text: str
    block: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    widths: tuple[int, ...] = ()  # shares of the line, one a column; empty: by content
    numeric: tuple[int, ...] = ()  # indexes of the columns set to the right
    block: Literal["table"] = "table"

    def __post_init__(self) -> None:
        wrong = [row for row in self.rows if len(row) != len(self.header)]
        if wrong:
            raise ValueError(
                f"A row has {len(wrong[0])} cells, the table {len(self.header)} columns: {wrong[0]}"
            )
        if self.widths and len(self.widths) != len(self.header):
            raise ValueError(f"{len(self.widths)} widths are given for {len(self.header)} columns.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportData:
    head: Head
    title: str
    blocks: tuple[Heading | Paragraph | Table, ...]
    subtitle: str = ""

    def __post_init__(self) -> None:
        first = next((block for block in self.blocks if isinstance(block, Heading)), None)
        if first is not None and first.level != 1:
            raise ValueError(f"The first heading of a report is of level 1: {first.text}")
