"""The few Word building blocks the papers need: headings, paragraphs, tables, signatures."""

# ruff: noqa: SLF001 - python-docx opens the XML it has no words for only through these names

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from .parts import Head
from .payload import clean
from .word_frame import GREY, HEI, TEXT_WIDTH, element, write

SHADE = "EEF3F3"
LINE = "B9C1C7"
DASH = "—"
SMALL = 9.5


def title(*, word: WordDocument, text: str, head: Head, subtitle: str = "") -> None:
    write(paragraph=word.add_paragraph(style="Title"), text=text)
    version = f"编号：{head.number}　　第 {head.version} 版　　{_long_date(head.issued_on)}"
    for line in filter(None, (subtitle, f"{version}　　{head.mark}".rstrip())):
        paragraph = word.add_paragraph()
        paragraph.alignment = ALIGN.CENTER
        paragraph.paragraph_format.space_after = Pt(8)
        write(paragraph=paragraph, text=line, size=SMALL).font.color.rgb = GREY


def heading(*, word: WordDocument, text: str, level: int = 1) -> None:
    write(paragraph=word.add_paragraph(style=f"Heading {level}"), text=text)


def caption(*, word: WordDocument, text: str) -> None:
    paragraph = word.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    write(paragraph=paragraph, text=text, fonts=HEI, size=SMALL)


def paragraphs(*, word: WordDocument, text: str) -> list[Paragraph]:
    """One indented paragraph a line of the text; empty lines only separate."""
    lines = [line for line in clean(text).split("\n") if line.strip()]
    return [_body(word, line) for line in lines or [DASH]]


def fields(*, word: WordDocument, pairs: Iterable[tuple[str, object]]) -> None:
    """Rows of a label and its value."""
    table = _table(word, (4.0, TEXT_WIDTH - 4.0))
    for label, value in pairs:
        name, content = _row(table).cells
        _put(name, label, heads=True)
        _put(content, value)
    _gap(word)


def grid(
    *,
    word: WordDocument,
    header: Sequence[str],
    rows: Iterable[Sequence[object]],
    widths: Sequence[float],
    right: Sequence[int] = (),
) -> Any:
    """A table whose header repeats on every page; no row is torn; `widths` are shares of the line."""
    table = _table(word, [TEXT_WIDTH * width / sum(widths) for width in widths])
    top = _row(table)
    _flag(top, "w:tblHeader")
    for cell, text in zip(top.cells, header, strict=True):
        _put(cell, text, heads=True, align=ALIGN.CENTER)
    for values in rows:
        for index, (cell, value) in enumerate(zip(_row(table).cells, values, strict=True)):
            _put(cell, value, align=ALIGN.RIGHT if index in right else ALIGN.LEFT)
    _gap(word)
    return table


def total_row(*, table: Any, label: str, words: str, figures: str) -> None:
    """Close a five-column fee table; the total is never alone on the next page."""
    _keep_with_next(table.rows)
    cells = _row(table).cells
    _put(cells[0].merge(cells[1]), label, heads=True)
    _put(cells[2].merge(cells[3]), words)
    _put(cells[4], figures, align=ALIGN.RIGHT)


def signatures(*, word: WordDocument, closing: str, sides: Sequence[Sequence[str]]) -> None:
    """Columns to sign in, kept on one page with the closing words before them."""
    for paragraph in paragraphs(word=word, text=closing):
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.space_before = Pt(8)
    table = _table(word, [TEXT_WIDTH / len(sides)] * len(sides), lines=False)
    for texts in zip(*sides, strict=True):
        for cell, text in zip(_row(table).cells, texts, strict=True):
            cell.paragraphs[0].paragraph_format.space_before = Pt(12)
            write(paragraph=cell.paragraphs[0], text=text)
    _keep_with_next(table.rows[:-1])


def _long_date(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _body(word: WordDocument, line: str) -> Paragraph:
    paragraph = word.add_paragraph()
    paragraph.alignment = ALIGN.JUSTIFY
    paragraph.paragraph_format.first_line_indent = Pt(22)  # two characters
    paragraph.paragraph_format.line_spacing = 1.5
    write(paragraph=paragraph, text=line)
    return paragraph


def _put(cell: Any, value: object, *, heads: bool = False, align: ALIGN = ALIGN.LEFT) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = align
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(3)
    text = DASH if value is None or value == "" else str(value)
    write(paragraph=paragraph, text=text, fonts=HEI if heads else None, size=SMALL)
    if heads:
        cell._tc.get_or_add_tcPr().append(element("w:shd", val="clear", color="auto", fill=SHADE))


def _table(word: WordDocument, widths: Sequence[float], *, lines: bool = True) -> Any:
    table: Any = word.add_table(rows=0, cols=len(widths))
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    if lines:
        borders = element("w:tblBorders")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
            borders.append(element(f"w:{side}", val="single", sz="4", space="0", color=LINE))
        table._tbl.tblPr.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
    return table


def _row(table: Any) -> Any:
    row = table.add_row()
    _flag(row, "w:cantSplit")
    for cell, column in zip(row.cells, table.columns, strict=True):
        cell.width = column.width
    return row


def _flag(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(element(name))


def _keep_with_next(rows: Iterable[Any]) -> None:
    for cell in (cell for row in rows for cell in row.cells):
        cell.paragraphs[0].paragraph_format.keep_with_next = True


def _gap(word: WordDocument) -> None:
    word.add_paragraph().paragraph_format.line_spacing = Pt(8)
