"""PDF by typst: the wording lies in the templates, the data goes in as JSON and never becomes source.

A template may read the frame (templates/) and nothing else: its own text is handed over, wherever its module lies.
The fonts come from a wheel and system fonts are ignored, so every machine gives the same bytes. The files
are PDF/A-2a (readable in decades, text can be copied) and PDF/UA-1 (can be read aloud), as an archive needs.
"""

import dataclasses
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn as wheel
import typst

from .charts.chart import Chart
from .charts.draw import draw
from .glyphs import spell_out
from .papers.report import Paragraph, ReportData
from .parts import Head
from .payload import Value, clean, digest_of, values_of
from .registry import Document, paper_of

FRAME = Path(__file__).parent / "templates"


def render_pdf(*, document: Document, extra_fonts: tuple[Path, ...] = ()) -> bytes:
    """Give the PDF of a paper. `extra_fonts` are font files asked for characters the wheel's fonts lack."""
    paper = paper_of(document)
    fonts = (wheel.serif_path(), wheel.sans_path(), *extra_fonts)
    content = {**values_of(document=document), "digest": digest_of(document=document)}
    inputs = {"data": json.dumps(_spelled(content, fonts), ensure_ascii=False)}
    if paper.wording is not None:
        inputs["own"] = paper.wording.read_text(encoding="utf-8")
    if drawings := _drawings(document, fonts):
        inputs["drawings"] = json.dumps(drawings, ensure_ascii=False)
    template: Any = paper.template.read_bytes()  # the stubs want one type for it and for root
    pdf: bytes = typst.compile(
        template,
        root=FRAME,
        font_paths=_loaded(fonts),
        ignore_system_fonts=True,
        sys_inputs=inputs,
        pdf_standards=["a-2a", "ua-1"],
        timestamp=datetime.combine(document.head.issued_on, time(), UTC),
    )
    return pdf


def warm() -> None:
    """Load fonts and typesetter of this process, so that its first paper takes no longer than the next."""
    head = Head(number="", version=1, issued_on=date(2026, 1, 1), institution="")
    render_pdf(document=ReportData(head=head, title="", blocks=(Paragraph(text="科桥"),)))


def _drawings(document: Document, fonts: tuple[Path, ...]) -> dict[str, str]:
    """Each picture of the paper by its title as printed. They are no part of the digest, which names the numbers and not how they are
    drawn. Raises ValueError for two pictures of one title, which the template couldn't tell apart."""
    found: dict[str, str] = {}
    for chart in _charts(document):
        title = spell_out(text=clean(chart.title), fonts=fonts)
        if title in found:
            raise ValueError(f"Two pictures of this paper are called “{title}”. Rename one.")
        found[title] = spell_out(text=clean(draw(chart=chart, links=False)), fonts=fonts)
    return found


def _charts(value: object) -> Iterator[Chart]:
    if isinstance(value, Chart):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _charts(item)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _charts(getattr(value, field.name))


@cache
def _loaded(fonts: tuple[Path, ...]) -> "typst.Fonts":
    """Fonts are scanned once a process: that is most of the cost of the first page."""
    folders = sorted({font.parent for font in fonts})
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


def _spelled(value: Value, fonts: tuple[Path, ...]) -> Value:
    if isinstance(value, str):
        return spell_out(text=value, fonts=fonts)
    if isinstance(value, list):
        return [_spelled(item, fonts) for item in value]
    if isinstance(value, dict):
        return {key: _spelled(item, fonts) for key, item in value.items()}
    return value
