"""What a cell may say under each kind of column."""

import pytest

from keqiao.accounts.models import Kind as PersonKind
from keqiao.accounts.models import Role
from keqiao.enterprises.models import Contact, FigureKind
from keqiao.imports.columns import Cells, Column, Kind, column_of
from sheets.cells import Fault, Rounded

CHOICES = tuple(FigureKind.choices)
COLUMNS = {
    Kind.TEXT: Column("x", label="列", max_length=5),
    Kind.NUMBER: Column("x", label="列", kind=Kind.NUMBER),
    Kind.MONEY: Column("x", label="列", kind=Kind.MONEY),
    Kind.DAY: Column("x", label="列", kind=Kind.DAY),
    Kind.FLAG: Column("x", label="列", kind=Kind.FLAG),
    Kind.CHOICE: Column("x", label="列", kind=Kind.CHOICE, choices=CHOICES),
}


@pytest.mark.once
@pytest.mark.parametrize(
    ("kind", "given", "value"),
    [
        (Kind.TEXT, "五个字以内", "五个字以内"),
        (Kind.NUMBER, "1,234", 1234),
        (Kind.NUMBER, "-7", -7),
        (Kind.MONEY, "1,234.50", "1234.50"),
        (Kind.DAY, "2026年1月2日", "2026-01-02"),
        (Kind.DAY, "20260102", "2026-01-02"),
        (Kind.FLAG, "是", True),
        (Kind.FLAG, "No", False),
        (Kind.CHOICE, "sales", "sales"),
        (Kind.CHOICE, "销售收入", "sales"),
        (Kind.CHOICE, "Sales income", "sales"),
    ],
)
def test_what_is_right(kind, given, value):
    assert Cells(None).read(COLUMNS[kind], given) == value


@pytest.mark.once
@pytest.mark.parametrize(
    ("kind", "given", "said"),
    [
        (Kind.TEXT, "", "缺少列。"),
        (Kind.TEXT, "六个字太长了", "最多 5 个字符"),
        (Kind.TEXT, "a\tb", "最多 5 个字符"),
        (Kind.TEXT, Rounded("1000"), "最多 5 个字符"),
        (Kind.TEXT, Fault("#REF!"), "Excel 未能算出"),
        (Kind.NUMBER, "1.5", "应为整数"),
        (Kind.NUMBER, "12人", "应为整数"),
        (Kind.MONEY, "一万", "应为数字"),
        (Kind.MONEY, "NaN", "应为数字"),
        (Kind.DAY, "2026-02-30", "不是日期"),
        (Kind.DAY, "1899-12-31", "日期应在 1900 年至 2199 年之间"),
        (Kind.DAY, "9999年12月31日", "日期应在 1900 年至 2199 年之间"),
        (Kind.FLAG, "也许", "应为“是”或“否”"),
        (Kind.CHOICE, "利润", "应为下列之一：职工总数、"),
    ],
)
def test_what_is_wrong_is_said(kind, given, said):
    with pytest.raises(ValueError, match=said):
        Cells(None).read(COLUMNS[kind], given)


@pytest.mark.django_db
def test_an_object_is_named_by_a_field_and_must_be_open_to_who_imports(person, enterprise):
    column = column_of(Contact, "enterprise", by="name")
    there = enterprise(1, name="甲")
    enterprise(2, name="乙")
    enterprise(3, name="乙")
    cells = Cells(person(Role.MANAGER))
    assert cells.read(column, "甲") == there.pk
    for given, said in (("乙", "有多个"), ("丙", "没有此")):
        with pytest.raises(ValueError, match=said):
            cells.read(column, given)
    with pytest.raises(ValueError, match="没有此"):
        Cells(person(None, kind=PersonKind.EXPERT)).read(column, "甲")
