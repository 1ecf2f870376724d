"""PDF by typst: the wording lies in templates/*.typ, the data goes in as JSON and never becomes source.

The fonts come from a wheel and system fonts are ignored, so every machine gives the same bytes. The files
are PDF/A-2a (readable in decades, text can be copied) and PDF/UA-1 (can be read aloud), as an archive needs.
"""

import json
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path

import pylopdf_fonts_zh_cn as wheel
import typst

from .data import (
    AcceptanceData,
    AdjustmentData,
    AmendmentData,
    ArchiveData,
    CommissionData,
    ContractData,
    DeclineData,
    Document,
    HandoverData,
    PlanData,
    ProgressData,
    ReportData,
    SurveyData,
    WorkingGroupData,
)
from .glyphs import spell_out
from .payload import Value, digest_of, values_of

TEMPLATES = Path(__file__).parent / "templates"
TEMPLATE_OF = {
    CommissionData: "commission",
    AcceptanceData: "acceptance",
    DeclineData: "decline",
    ContractData: "contract",
    AmendmentData: "amendment",
    WorkingGroupData: "group",
    PlanData: "plan",
    ProgressData: "progress",
    AdjustmentData: "adjustment",
    HandoverData: "handover",
    SurveyData: "survey",
    ArchiveData: "archive",
    ReportData: "report",
}


def render_pdf(*, document: Document, extra_fonts: tuple[Path, ...] = ()) -> bytes:
    """Give the PDF of a paper. `extra_fonts` are font files asked for characters the wheel's fonts lack."""
    fonts = (wheel.serif_path(), wheel.sans_path(), *extra_fonts)
    content = {**values_of(document=document), "digest": digest_of(document=document)}
    pdf: bytes = typst.compile(
        TEMPLATES / f"{TEMPLATE_OF[type(document)]}.typ",
        root=TEMPLATES,
        font_paths=_loaded(fonts),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(_spelled(content, fonts), ensure_ascii=False)},
        pdf_standards=["a-2a", "ua-1"],
        timestamp=datetime.combine(document.head.issued_on, time(), UTC),
    )
    return pdf


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
