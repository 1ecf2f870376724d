"""The empty Word paper: page, styles, running head and foot, properties, and the bytes of the file."""

# ruff: noqa: SLF001 - python-docx opens the XML it has no words for only through these names

import io
import zipfile
from datetime import UTC, datetime, time
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from .parts import Head
from .payload import clean

Fonts = tuple[str, str]  # Latin, Chinese
SONG: Fonts = ("Times New Roman", "SimSun")
HEI: Fonts = ("Arial", "SimHei")
TEXT_WIDTH = 15.6  # cm between the margins
LONGEST_IN_HEAD = 26  # letters
BLACK = RGBColor(0, 0, 0)
TEAL = RGBColor(0x0B, 0x5D, 0x5E)
GREY = RGBColor(0x5C, 0x66, 0x70)
STYLES = {
    # style: fonts, size, colour, space before, space after
    "Normal": (SONG, 11, BLACK, 0, 0),
    "Title": (HEI, 20, BLACK, 6, 8),
    "Heading 1": (HEI, 12.5, TEAL, 14, 6),
    "Heading 2": (HEI, 11, BLACK, 10, 4),
}


def new_document(*, head: Head, kind: str, digest: str) -> WordDocument:
    document = docx.Document()
    for name in STYLES:
        _set_style(document.styles[name])
    _set_page(document)
    _fill_header(document, head, kind)
    _fill_footer(document, head, digest)
    _set_properties(document, head, kind)
    return document


def saved(*, document: WordDocument) -> bytes:
    """Give the file with fixed times in its zip, so that the same data gives the same bytes."""
    raw, fixed = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(fixed, "w") as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name), source.read(name), zipfile.ZIP_DEFLATED)
    return fixed.getvalue()


def write(*, paragraph: Paragraph, text: str, fonts: Fonts | None = None, size: float | None = None) -> Run:
    """Add text to a paragraph: the one door for data, where it is cleaned; python-docx escapes it."""
    run = paragraph.add_run(clean(text))
    if fonts:
        set_fonts(properties=run._r.get_or_add_rPr(), fonts=fonts)
    if size:
        run.font.size = Pt(size)
    return run


def set_fonts(*, properties: Any, fonts: Fonts) -> None:
    """Name the font of every script; python-docx alone sets the Latin ones and leaves Chinese to chance."""
    latin, chinese = fonts
    named = properties.get_or_add_rFonts()
    for key in [key for key in named.attrib if key.endswith("Theme")]:
        del named.attrib[key]  # a theme font would win over the named one
    for script, name in (("ascii", latin), ("hAnsi", latin), ("cs", latin), ("eastAsia", chinese)):
        named.set(qn(f"w:{script}"), name)


def element(tag: str, **attributes: str) -> Any:
    node = OxmlElement(tag)
    for name, value in attributes.items():
        node.set(qn(f"w:{name}"), value)
    return node


def _set_style(style: Any) -> None:
    fonts, size, colour, before, after = STYLES[style.name]
    set_fonts(properties=style.element.get_or_add_rPr(), fonts=fonts)
    style.font.size, style.font.bold, style.font.color.rgb = Pt(size), False, colour
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    if style.name == "Normal":
        style.element.rPr.append(
            element("w:lang", val="en-US", eastAsia="zh-CN")
        )  # else punctuation of Taiwan
    else:
        style.paragraph_format.keep_with_next = True
    if style.name == "Title":
        style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
        style.element.pPr.remove(style.element.pPr.find(qn("w:pBdr")))


def _set_page(document: WordDocument) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3), Cm(2.6)
    section.left_margin = section.right_margin = Cm(2.7)
    section.header_distance, section.footer_distance = Cm(1.6), Cm(1.3)


def _fill_header(document: WordDocument, head: Head, kind: str) -> None:
    paragraph = document.sections[0].header.paragraphs[0]
    _prepare_line(paragraph, edge="bottom")
    _grey(write(paragraph=paragraph, text=_one_line(head.institution), fonts=HEI))
    paragraph.add_run("\t")
    _grey(write(paragraph=paragraph, text=_one_line(kind), fonts=HEI))


def _fill_footer(document: WordDocument, head: Head, digest: str) -> None:
    footer = document.sections[0].footer
    paragraph = footer.paragraphs[0]
    _prepare_line(paragraph, edge="top")
    _grey(write(paragraph=paragraph, text=f"{_one_line(head.number)}　第 {head.version} 版", fonts=HEI))
    paragraph.add_run("\t")
    for before, field in (("第 ", "PAGE"), (" 页　共 ", "NUMPAGES")):
        _grey(write(paragraph=paragraph, text=before, fonts=HEI))
        _add_field(paragraph, field)
    _grey(write(paragraph=paragraph, text=" 页", fonts=HEI))
    _grey(write(paragraph=footer.add_paragraph(), text=f"内容摘要（SHA-256）{digest}", fonts=HEI), size=7)


def _one_line(text: str) -> str:
    """Head and foot have one line each; what is longer stands in full in the properties of the file."""
    line = " ".join(clean(text).split())
    return line if len(line) <= LONGEST_IN_HEAD else f"{line[: LONGEST_IN_HEAD - 1]}…"


def _prepare_line(paragraph: Paragraph, *, edge: str) -> None:
    paragraph.style = "Normal"  # Word's own header style has a tab stop in the middle
    paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    borders = element("w:pBdr")
    borders.append(element(f"w:{edge}", val="single", sz="4", space="4", color=str(TEAL)))
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")


def _add_field(paragraph: Paragraph, instruction: str) -> None:
    """A field that Word counts itself; the 1 is what stands there until it does."""
    field = element("w:fldSimple", instr=instruction)
    run = write(paragraph=paragraph, text="1", fonts=HEI)
    _grey(run)
    paragraph._p.append(field)
    field.append(run._r)


def _grey(run: Run, *, size: float = 8.5) -> None:
    run.font.size, run.font.color.rgb = Pt(size), GREY


def _set_properties(document: WordDocument, head: Head, kind: str) -> None:
    longest = 255  # what the format allows
    properties = document.core_properties
    properties.title = clean(f"{kind} {head.number}")[:longest]
    properties.author = properties.last_modified_by = clean(head.institution)[:longest]
    properties.created = properties.modified = datetime.combine(head.issued_on, time(), UTC)
    properties.comments, properties.language = "", "zh-CN"
