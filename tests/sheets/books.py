"""Workbooks made part by part, since no library writes what offices hand in."""

import io
import zipfile
from xml.sax.saxutils import escape

from openpyxl import Workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def cell(text: str) -> str:
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def number(value: float, style: int = 0) -> str:
    return f'<c s="{style}"><v>{value}</v></c>'


def book(*rows: list[str], formats: tuple[int, ...] = ()) -> io.BytesIO:
    """A workbook of one sheet; `rows` are cells as XML, `formats` the numbers of the styles 1, 2, … of cells."""
    target = io.BytesIO()
    Workbook().save(target)
    sheet = "".join(f"<row>{''.join(row)}</row>" for row in rows)
    styles = "".join(f'<xf numFmtId="{code}" fontId="0" fillId="0" borderId="0"/>' for code in (0, *formats))
    parts = {
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{sheet}</sheetData></worksheet>',
        "xl/styles.xml": (
            f'<styleSheet xmlns="{MAIN}"><fonts><font/></fonts><fills><fill><patternFill/></fill></fills>'
            f"<borders><border/></borders><cellStyleXfs><xf numFmtId='0' fontId='0'/></cellStyleXfs><cellXfs>{styles}</cellXfs>"
            '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
        ),
    }
    copy = io.BytesIO()
    with zipfile.ZipFile(target) as whole, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as changed:
        for name in whole.namelist():
            changed.writestr(name, parts.get(name) or whole.read(name))
    return copy
