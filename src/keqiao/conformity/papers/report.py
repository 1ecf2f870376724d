"""The conformity report for an auditor, as data for a paper."""

from collections.abc import Sequence

from django.conf import settings
from django.utils import timezone, translation

from keqiao.conformity.charts import chart_of
from keqiao.conformity.fulfilment import Period
from keqiao.conformity.queries import Counted, Line, Status
from keqiao.documents.papers.report import (
    Block,
    Heading,
    Paragraph,
    Picture,
    ReportData,
    Table,
    table_of,
)
from keqiao.documents.parts import Head

# The report is a Chinese paper, like every paper of the institution.
STRENGTH = {"S": "应", "H": "宜", "M": "可", "S/H": "应/宜"}
WORDS = {
    Status.OUTSIDE: "系统外",
    Status.LACKING: "部分",
    Status.NOT_OFFERED: "未提供",
    Status.NOT_DUE: "无应办",
}
INTRODUCTION = (
    "本报告按《科技创新企业服务规范》逐条列出系统在所选期间内保存的证据：业务步骤的次数、在册记录的数量，"
    "应做与已做、按期与逾期的比例，以及尚在系统之外保存的资料及其理由。报告只陈述证据，不作符合性认证。"
)


def report(rows: list[Line], period: Period, figures: Sequence[tuple[str, str]] = ()) -> ReportData:
    """`figures` are what and how much, as it is printed."""
    gaps = [row for row in rows if row.is_gap]
    mark = "演示数据" if settings.DEMO else ""
    return ReportData(
        head=Head(
            number=f"FH-{period.begins:%Y%m%d}-{period.ends:%Y%m%d}", version=1, issued_on=timezone.localdate(),
            institution=settings.INSTITUTION_NAME, mark=mark,
        ),
        title="符合性证据报告",
        subtitle=f"{period.begins} 至 {period.ends}",
        blocks=(
            Paragraph(text=INTRODUCTION),
            *_picture(rows),
            Heading(text="一、尚无证据的条款"),
            *([_table(gaps)] if gaps else [Paragraph(text="所选期间内，可计数的条款均有证据。")]),
            Heading(text="二、逐条证据"),
            _table([row for row in rows if not row.clause.is_heading]),
            *_figures(figures),
        ),
    )  # fmt: skip


def _figures(figures: Sequence[tuple[str, str]]) -> tuple[Block, ...]:
    if not figures:
        return ()
    table = Table(header=("项目", "数值"), rows=tuple(figures), widths=(4, 1), numeric=(1,))
    return (Heading(text="三、期间业务数据"), table)


def _picture(rows: list[Line]) -> tuple[Block, ...]:
    with translation.override("zh-hans"):
        chart = chart_of(rows)
    return (Picture(chart=chart), table_of(chart)) if chart.labels else ()


def _table(rows: list[Line]) -> Table:
    return Table(
        header=("条款", "要求", "强度", "证据", "数量"),
        rows=tuple(
            (
                row.clause.id,
                row.clause.title,
                STRENGTH[row.strength or "M"],
                _evidence(row),
                _amount(row),
            )
            for row in rows
        ),
        widths=(10, 30, 8, 44, 8),
        numeric=(4,),
    )


def _evidence(row: Line) -> str:
    return "；".join(f"{one.evidence.note}（{_count(one)}）" for one in row.counted)


def _count(one: Counted) -> str:
    if one.count is None:
        return "系统外"
    if one.taken is not None:
        return f"{one.count}项" if one.evidence.kind == "none_open" else f"{one.taken.n}/{one.taken.m}"
    return f"{one.count}，截至{one.as_of}" if one.as_of else str(one.count)


def _amount(row: Line) -> str:
    return WORDS[row.status] if row.status in WORDS else str(row.total)
