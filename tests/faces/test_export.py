"""A cell that a spreadsheet would run as a formula leaves the house as text."""

import csv
import io
import zipfile

import pytest
from openpyxl import load_workbook

from sheets.writing import csv_stream, workbook

pytestmark = pytest.mark.once
RISKY = ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠SUM(1)"]
RISKY += ["=cmd|' /C calc'!A0", '=HYPERLINK("https://attacker.example","x")']


@pytest.mark.parametrize("text", RISKY)
def test_in_excel_it_is_text_unchanged(text):
    made = workbook(title="表", head=["名称"], rows=[[text]])
    sheet = zipfile.ZipFile(io.BytesIO(made)).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    cell = load_workbook(io.BytesIO(made)).active["A2"]
    assert cell.data_type in ("s", "inlineStr")
    assert cell.value.replace("_x000D_", "\r") == text
    assert cell.quotePrefix is True


@pytest.mark.parametrize("text", RISKY)
def test_in_csv_an_apostrophe_precedes_it(text):
    made = b"".join(csv_stream(["名称"], [[text]])).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(made, newline="")))[1] == ["'" + text]


def test_other_text_and_numbers_stay_as_they_are():
    made = b"".join(csv_stream(["名称"], [["甲=乙", -5, "'x"]])).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(made, newline="")))[1] == ["甲=乙", "-5", "'x"]


def test_heads_are_guarded_like_cells():
    made = b"".join(csv_stream(["=甲"], [])).decode("utf-8-sig")
    assert next(csv.reader(io.StringIO(made, newline=""))) == ["'=甲"]
