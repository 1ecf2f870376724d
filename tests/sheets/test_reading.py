"""Rows of workbooks and texts as offices hand them in."""

import io

import pytest
from openpyxl import Workbook
from tests.sheets.books import book, cell, number

from sheets.cells import Fault, Rounded, Uncomputed
from sheets.problems import Problem, SheetError
from sheets.reading import rows_of

pytestmark = pytest.mark.once


def rows(content: bytes | str, encoding: str = "utf-8") -> list[list[str]]:
    file = io.BytesIO(content if isinstance(content, bytes) else content.encode(encoding))
    return [cells for _number, cells in rows_of(file)]


def one(*cells: str, formats: tuple[int, ...] = ()) -> list[str]:
    [(_number, row)] = rows_of(book(list(cells), formats=formats))
    return row


@pytest.mark.parametrize("code", [14, 15, 16, 17, 22, *range(27, 37), *range(50, 59)])
def test_a_day_under_every_built_in_format_of_a_chinese_excel(code):
    assert one(number(46082, style=1), formats=(code,)) == ["2026-03-01"]


@pytest.mark.parametrize(
    ("code", "shown"), [(0, "46082"), (1, "46082"), (37, "46082"), (49, "46082"), (10, "46082")]
)
def test_other_formats_are_no_days(code, shown):
    assert one(number(46082, style=1), formats=(code,)) == [shown]


def test_a_time_alone_and_a_number_that_is_no_day_are_shown_as_such():
    assert one(number(0.5, style=1), number(-5, style=1), formats=(32,)) == ["12:00:00", "########"]
    assert isinstance(one(number(-5, style=1), formats=(32,))[0], Fault)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("1234.4999999999998", "1234.5"),
        ("0.1", "0.1"),
        ("1E-7", "0.0000001"),
        ("12.0", "12"),
        ("1E5", "100000"),
    ],
)
def test_numbers_as_excel_shows_them(value, shown):
    assert one(f"<c><v>{value}</v></c>") == [shown]


def test_a_number_too_long_has_lost_digits():
    assert isinstance(one(number(914403000000000000))[0], Rounded)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("甲_x000D_", "甲"),
        ("甲_x000D_\n乙", "甲\r\n乙"),
        ("_x005F_x000D_", "_x000D_"),
        ("a_x0009_b", "a\tb"),
        ("张_xD87A__xDFF1_伟", "张\U0002ebf1伟"),
        ("_x00D", "_x00D"),
    ],
)
def test_escapes_of_a_sheet(written, meant):
    assert one(cell(written)) == [meant]


@pytest.mark.parametrize(
    ("xml", "kind", "shown"),
    [
        ("<c><f>DATE(2026,3,1)</f></c>", Uncomputed, "=DATE(2026,3,1)"),
        ("<c><f>A1</f><v></v></c>", Uncomputed, "=A1"),
        ('<c><f t="shared" si="0"/></c>', Uncomputed, "=…"),
        ('<c t="e"><f>1/0</f><v>#DIV/0!</v></c>', Fault, "#DIV/0!"),
        ("<c><f>1+1</f><v>2</v></c>", str, "2"),
        ('<c t="str"><f>A1&amp;B1</f><v>甲</v></c>', str, "甲"),
    ],
)
def test_a_formula_has_a_value_or_is_none(xml, kind, shown):
    [value] = one(xml)
    assert (type(value), value) == (kind, shown)


def test_a_formula_that_gives_an_empty_text_is_an_empty_cell():
    assert one(cell("甲"), '<c t="str"><f>IF(1,"")</f><v></v></c>', cell("乙")) == ["甲", "", "乙"]


@pytest.mark.parametrize(
    "text",
    ["#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!",
     "#CONNECT!", "#BUSY!", "#UNKNOWN!", "#GETTING_DATA", "#PYTHON!", "#n/a", "＃N/A", "#名称?", "########", "Err:502"],
)  # fmt: skip
def test_errors_are_no_values_in_workbook_and_text(text):
    assert isinstance(one(cell(text))[0], Fault)
    assert isinstance(rows(f"{text},1\n")[0][0], Fault)


@pytest.mark.parametrize("text", ["#1", "#示例", "C#", "#", "##", "Err", "E", "A#REF!"])
def test_other_texts_with_such_a_sign_are_values(text):
    assert not isinstance(one(cell(text))[0], Fault)


def test_the_first_sheet_that_is_shown():
    made = Workbook()
    made.active.append(["字典"])
    made.active.sheet_state = "veryHidden"
    for title, state in (("隐", "hidden"), ("名单", "visible"), ("说明", "visible")):
        sheet = made.create_sheet(title)
        sheet.sheet_state = state
        sheet.append([title])
    made.active = 2
    target = io.BytesIO()
    made.save(target)
    assert list(rows_of(target)) == [(1, ["名单"])]


def test_a_zip_that_is_no_workbook_is_named():
    with pytest.raises(SheetError) as refused:
        list(rows_of(io.BytesIO(b"PK\x03\x04 and nothing of it")))
    assert refused.value.problem is Problem.NO_WORKBOOK


@pytest.mark.parametrize(
    ("content", "read"),
    [
        ("名称,地址\n甲,乙\n".encode("utf-16"), [["名称", "地址"], ["甲", "乙"]]),
        (b"\xfe\xff" + "名称\t地址\n甲\t乙\n".encode("utf-16-be"), [["名称", "地址"], ["甲", "乙"]]),
        ("\ufeff名称;地址\n甲;乙\n".encode(), [["\ufeff名称".strip("\ufeff"), "地址"], ["甲", "乙"]]),
        ("名称,地址\n甲,100".encode("gb18030") + b"\x80\n", [["名称", "地址"], ["甲", "100€"]]),
        ("名称,地址\r\n甲,乙\r\n\x1a".encode("gb18030"), [["名称", "地址"], ["甲", "乙"]]),
        ("名称,地址\r\n甲,乙\x1a\x1a\x1a".encode(), [["名称", "地址"], ["甲", "乙"]]),
        ("张\U0002ebf1伟,1\n".encode("gb18030"), [["张\U0002ebf1伟", "1"]]),
        ("客户名单\n名称\t地址\n甲\t乙,丙\n".encode(), [["客户名单"], ["名称", "地址"], ["甲", "乙,丙"]]),
        (b"\n\n,,\na,b\n", [["a", "b"]]),
    ],
)  # fmt: skip
def test_texts_of_every_encoding(content, read):
    assert rows(content) == read


def test_rows_keep_the_numbers_that_a_spreadsheet_shows():
    assert list(rows_of(io.BytesIO(b'a\n\n"b\nc"\nd\n'))) == [(1, ["a"]), (3, ["b\nc"]), (4, ["d"])]
    assert [n for n, _row in rows_of(book([cell("a")], [], [cell("b")]))] == [1, 3]


@pytest.mark.parametrize(
    "content", [b"\xff\xff\xff\xff", b"\x81", "甲\ud800".encode("utf-16-le", "surrogatepass")]
)
def test_bytes_of_no_encoding(content):
    with pytest.raises(SheetError) as refused:
        rows(content)
    assert refused.value.problem is Problem.NO_TEXT


@pytest.mark.parametrize("content", [b'a\n"b\n', b'a\n"b"c"\n', b"a\nb\x1ac\n", b"a\n" + b"x" * (2**20 + 2)])
def test_the_row_that_can_not_be_read_is_named(content):
    with pytest.raises(SheetError) as refused:
        rows(content)
    assert (refused.value.problem, refused.value.facts["n"]) == (Problem.NO_ROW, 2)
