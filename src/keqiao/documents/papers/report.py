"""A report of any kind: a title, then headings, paragraphs and tables in the caller's order and words."""

from dataclasses import dataclass
from typing import Literal

from docx.document import Document as WordDocument

from keqiao.documents import word_kit as kit
from keqiao.documents.charts.chart import Chart
from keqiao.documents.parts import Head
from keqiao.documents.payload import digest_of
from keqiao.documents.registry import paper, word_form
from keqiao.documents.word_frame import new_document


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
class Picture:
    """A chart as the page shows it; put `table_of(chart)` after it. In Word, which draws none, the table speaks alone."""

    chart: Chart
    block: Literal["picture"] = "picture"


def table_of(chart: Chart) -> Table:
    """The table behind a picture."""
    rows = tuple(tuple(cell.text for cell in row) for row in chart.rows())
    return Table(header=chart.head, rows=rows, numeric=tuple(range(1, len(chart.head))))


Block = Heading | Paragraph | Table | Picture


@paper("report")
@dataclass(frozen=True, slots=True, kw_only=True)
class ReportData:
    head: Head
    title: str
    blocks: tuple[Block, ...]
    subtitle: str = ""

    def __post_init__(self) -> None:
        first = next((block for block in self.blocks if isinstance(block, Heading)), None)
        if first is not None and first.level != 1:
            raise ValueError(f"The first heading of a report is of level 1: {first.text}")


@word_form(ReportData)
def report(data: ReportData) -> WordDocument:
    word = new_document(head=data.head, kind=data.title, digest=digest_of(document=data))
    kit.title(word=word, text=data.title, head=data.head, subtitle=data.subtitle)
    for block in data.blocks:
        _add(word, block)
    return word


def _add(word: WordDocument, block: Block) -> None:
    if isinstance(block, Heading):
        kit.heading(word=word, text=block.text, level=block.level)
    elif isinstance(block, Paragraph):
        kit.paragraphs(word=word, text=block.text)
    elif isinstance(block, Table):
        _add_table(word, block)
    else:
        kit.caption(word=word, text=block.chart.title)
        kit.paragraphs(word=word, text=block.chart.said)


def _add_table(word: WordDocument, table: Table) -> None:
    if table.caption:
        kit.caption(word=word, text=table.caption)
    widths = table.widths or (1,) * len(table.header)
    kit.grid(word=word, header=table.header, rows=table.rows, widths=widths, right=table.numeric)
