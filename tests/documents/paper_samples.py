"""Invented data that samples of papers share, and the report. Each app with papers has a file of this name: its PAPERS,
and in TOLD the words that a reader must find in each."""

from datetime import date

from keqiao.documents.papers import report as d
from keqiao.documents.parts import Head, Party

HEAD = Head(
    number="HT-2026-00042",
    version=1,
    issued_on=date(2026, 11, 22),
    institution="示例科桥科技服务中心（虚构）",
    mark="演示数据",
)
CLIENT = Party(
    name="示例精密传感器有限公司（虚构）",
    credit_code="91330100MA2AXXXX0X",
    address="示例省示例市示例区创新路 1 号",
    representative="甄示例",
    contact="贾样例",
    phone="0571-00000000",
    email="client@example.com",
)
INSTITUTION = Party(
    name="示例科桥科技服务中心（虚构）",
    credit_code="12330100MB0XXXXX0Y",
    address="示例省示例市示例区科技路 2 号",
    representative="钟演示",
    contact="林演示",
    phone="0571-11111111",
    email="service@example.com",
    bank="示例银行示例支行",
    account="6222 0000 0000 0000 000",
)
TEXT = (
    "乙方为甲方申报高新技术企业认定提供咨询和辅导，包括政策解读、条件自查、知识产权梳理和申报材料的编制指导。\n"
    "乙方对甲方提供的数据进行整理和分析，并提出改进建议。"
)
REPORT = d.ReportData(
    head=HEAD,
    title="符合性报告",
    subtitle="证据统计期：2026 年",
    blocks=(
        d.Heading(text="一、概况"),
        d.Paragraph(text=TEXT),
        d.Heading(text="（一）条款证据", level=2),
        d.Table(
            caption="表 1　各条款证据数",
            header=("条款", "要求", "证据数"),
            rows=tuple((f"6.{n}", "应有记录", f"{n:,}") for n in range(1, 61)),
            widths=(1, 4, 1),
            numeric=(2,),
        ),
    ),
)
PAPERS = (REPORT,)
TOLD = {"report": ("符合性报告", "证据统计期：2026年", "（一）条款证据", "6.60", "表1各条款证据数")}
