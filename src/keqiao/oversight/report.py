"""The service file of an enterprise as data for a paper, and as the rows of a sheet."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from keqiao.documents.papers.report import Heading, Paragraph, ReportData, Table
from keqiao.documents.parts import Head
from keqiao.kernel.platform import clock
from keqiao.kernel.steps.served import FIVE, Served
from keqiao.oversight.queries import ServiceFile

# The file is a Chinese paper, like every paper of the institution.
ASPECTS = {
    "time": "服务时间",
    "content": "服务内容",
    "process": "服务过程",
    "effect": "服务成效",
    "evaluation": "服务评价",
}
INTRODUCTION = (
    "本档案按《科技创新企业服务规范》第 6.5 条，逐项列出服务对象接受的服务及其时间、内容、过程、成效和评价。"
)
DASH = "—"


def paper(file: ServiceFile) -> ReportData:
    services = file.services
    return ReportData(
        head=Head(
            number=f"FWDA-{file.enterprise.uscc}",
            version=1,
            issued_on=clock.today(),
            institution=settings.INSTITUTION_NAME,
            mark="演示数据" if settings.DEMO else "",
        ),
        title="服务对象服务档案",
        subtitle=file.enterprise.name,
        blocks=(
            Paragraph(text=INTRODUCTION),
            Heading(text="一、待补事项"),
            *_findings(file),
            Heading(text="二、所受服务"),
            *(block for service in services for block in _service(service)),
            *(() if services else (Paragraph(text="尚无服务记录。"),)),
        ),
    )


def _findings(file: ServiceFile) -> tuple[Paragraph | Table, ...]:
    rows = tuple(
        (service.line.title, ASPECTS[name]) for service in file.services for name in service.line.lacking
    )
    if not rows:
        return (Paragraph(text="各项已结束的服务五项记录齐全。"),)
    return (Table(header=("服务", "缺少"), rows=rows, widths=(4, 1)),)


def _service(service: Served) -> tuple[Heading | Table, ...]:
    line = service.line
    until = line.ended_on.isoformat() if line.ended_on else "进行中"
    rows = tuple((label, getattr(line, name).strip() or DASH) for name, label in ASPECTS.items())
    return (
        Heading(text=f"{line.item} {line.title}".strip(), level=2),
        Table(header=("起止", f"{line.began_on.isoformat()} 至 {until}"), rows=rows, widths=(1, 5)),
    )


def sheet_head() -> list[str]:
    return [
        _("Service item"),
        _("Service"),
        _("Began on"),
        _("Ended on"),
        *map(str, FIVE.values()),
        _("Lacks"),
    ]


def sheet_rows(file: ServiceFile) -> list[list[Any]]:
    return [
        [
            service.line.item,
            service.line.title,
            service.line.began_on,
            service.line.ended_on,
            *(getattr(service.line, name) for name in FIVE),
            "、".join(str(FIVE[name]) for name in service.line.lacking),
        ]
        for service in file.services
    ]
