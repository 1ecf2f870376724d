"""Lists of enterprises: what the dry run says of each, whichever way it comes, and what is written then."""

from datetime import date
from pathlib import Path

import pytest
from tests.cases.doors import CASES, DOORS
from tests.factories.lists import counts, write

from keqiao.enterprises.models import Enterprise
from keqiao.imports.models import Import

pytestmark = pytest.mark.django_db
LISTS = CASES / "import"
CHECK = "check_import_of_enterprises"
DAY = date(2026, 3, 1)
FAULT = "Excel 未能算出此单元格，请直接填写数值。"
NO_VALUE = "此单元格的公式尚未计算出结果；请用 Excel 打开文件，计算后保存。"
BESIDE = "合计或备注行，没有统一社会信用代码，已略过。"
ABOVE = "位于列名之上，已略过。"


def sound(*rows: dict) -> dict:
    return {"errors": [], "left out": [], "written": list(rows)}


def row(name: str, uscc: str, **others) -> dict:
    """Name and code, and what else the case is about."""
    return {"name": f"示例{name}（虚构）科技有限公司", "uscc": f"91999999MA9XX{uscc}"} | others


def bad(*errors: list) -> dict:
    return {"errors": list(errors), "left out": [], "written": []}


SHENZHEN = {"registered_on": DAY, "address": "广东省深圳市"}
DAYS = sound(row("甲子", "0100C", **SHENZHEN))
NOISE = (
    ("戊辰", "0105U"),
    ("己巳", "0106Y"),
    ("庚午", "01072"),
    ("辛未", "01085"),
    ("壬申", "01098"),
    ("癸酉", "0110D"),
)
RIGHT = {
    "date-format-31.xlsx": DAYS,
    "date-format-57.xlsx": DAYS,
    "date-format-58.xlsx": DAYS,
    "escaped-carriage-return.xlsx": sound(row("乙丑", "0101F", address="广东省深圳市南山区")),
    "formula-without-value.xlsx": bad([2, "成立日期", NO_VALUE], [2, "地址", NO_VALUE]),
    "error-values.csv": bad([2, "企业名称", FAULT], [2, "地址", FAULT]),
    "error-values-new.xlsx": bad([2, "企业名称", FAULT], [2, "地址", FAULT], [3, "地址", FAULT]),
    "noise-in-cells.xlsx": sound(*(row(name, code, registered_on=DAY) for name, code in NOISE)),
    "title-row.xlsx": sound(row("甲戌", "0111G", **SHENZHEN))
    | {"left out": [[1, "客户企业名单（2026年）", ABOVE], [4, "合计", BESIDE]]},
    "header-with-breaks.xlsx": sound(row("乙亥", "0112K", **SHENZHEN)),
    "hidden-first-sheet.xlsx": sound(row("丙子", "0113N", **SHENZHEN)),
    "region-industry-size.csv": sound(
        row("丁丑", "0114R", region="4403", industry="39", size="medium"),
        row("戊寅", "0115W", region="11", industry="39", size="small"),
        row("己卯", "01160", region="31", industry="65", size="micro"),
    ),
    "euro-sign-gbk.csv": sound(row("庚辰", "01173", address="注册资本100万€")),
}


def outcome(source: Import, right: dict, actor) -> dict:
    """In the form of RIGHT: of what is written, the columns that the case is about."""
    if not source.wrong:
        write(source, actor)
    names = [list(wanted) for wanted in right["written"]]
    there = Enterprise.objects.order_by("pk").values()
    return {
        "errors": [[number, column, text] for number, column, _cell, text in source.errors],
        "left out": [[number, value, text] for number, _column, value, text in source.notes],
        "written": [
            {name: found[name] for name in wanted} for found, wanted in zip(there, names, strict=True)
        ],
    }


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("name", RIGHT)
def test_a_list_through_each_door(name, door, person, answer):
    actor = person()
    assert DOORS[door](actor, CHECK, {"file": LISTS / name}) == ""
    got = outcome(Import.objects.get(), RIGHT[name], actor)
    answer(f"import/{name} ({door})", right=RIGHT[name], got=got)


@pytest.mark.parametrize("door", DOORS)
def test_a_strict_workbook_is_refused_with_the_true_reason(door, person, answer):
    said = DOORS[door](person(), CHECK, {"file": LISTS / "strict-workbook.xlsx"})
    got = next((words for words in ("Strict Open XML",) if words in said), said[-300:])
    answer(f"import/strict-workbook.xlsx ({door})", right="Strict Open XML", got=got)
    assert Import.objects.count() == 0


HEAD = "企业名称,统一社会信用代码"


def listed(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "名单.csv"
    path.write_bytes(text.encode(encoding))
    return path


OTHERS = {
    "two rows of title and a footnote": (
        f"客户名单,\n单位：家,\n序号,{HEAD}\n1,示例甲（虚构）,91999999MA9XX0100C\n小 计,,\n注：数据截至三月,,\n",
        (1, 1, 0, 0, 0),
        [1, 2, 5, 6],
    ),
    "the heading once more on the second page": (
        f"{HEAD}\n示例甲（虚构）,91999999MA9XX0100C\n{HEAD}\n示例乙（虚构）,91999999MA9XX0101F\n",
        (2, 2, 0, 0, 0),
        [3],
    ),
    "an enterprise whose name begins like a total": (
        f"{HEAD}\n合计科技（虚构）,91999999MA9XX0100C\n合计科技（虚构）,\n",
        (2, 1, 0, 0, 1),
        [],
    ),
    "a text with the end mark of DOS": (
        f"{HEAD}\r\n示例甲（虚构）,91999999MA9XX0100C\r\n\x1a",
        (1, 1, 0, 0, 0),
        [],
    ),
    "a column of codes beside that of names": (
        f"{HEAD},地区,地区代码\n示例甲（虚构）,91999999MA9XX0100C,广东省深圳市,4403\n",
        (1, 1, 0, 0, 0),
        [],
    ),
    "wide headings": (
        "＊企业　名称,统一社会信用代码（１８位）\n示例甲（虚构）,91999999MA9XX0100C\n",
        (1, 1, 0, 0, 0),
        [],
    ),
}


@pytest.mark.parametrize("case", OTHERS)
def test_others_of_the_same_kinds(case, person, tmp_path, answer):
    text, right, left_out = OTHERS[case]
    assert DOORS["step"](person(), CHECK, {"file": listed(tmp_path, text)}) == ""
    source = Import.objects.get()
    got = (counts(source), [number for number, *_rest in source.notes])
    answer(f"import: {case}", right=(right, left_out), got=got)


@pytest.mark.parametrize(
    ("cells", "right"),
    [
        ("广东省深圳市南山区,制造业,大", ("4403", "C", "large")),
        ("深圳,C3922,微型企业", ("4403", "39", "micro")),
        ("南山区（440305）,39 计算机、通信和其他电子设备制造业,MEDIUM", ("4403", "39", "medium")),
        ("吉林市,I,小企业", ("2202", "I", "small")),
        ("吉林,３９,中", ("22", "39", "medium")),
        ("内蒙古呼和浩特市新城区,65,中型", ("1501", "65", "medium")),
    ],
)
def test_other_wordings_of_region_industry_and_size(cells, right, person, tmp_path, answer):
    actor = person()
    text = f"{HEAD},地区,行业,规模\n示例甲（虚构）,91999999MA9XX0100C,{cells}\n"
    assert DOORS["step"](actor, CHECK, {"file": listed(tmp_path, text)}) == ""
    write(Import.objects.get(), actor)
    got = Enterprise.objects.values_list("region", "industry", "size").get()
    answer(f"import: {cells}", right=right, got=got)


@pytest.mark.parametrize(
    "cells", ["广东省 110108,,", "南山区,,", ",A39,", ",39制造业,", ",,小微企业", ",39220,"]
)
def test_what_contradicts_itself_or_is_unclear_is_an_error(cells, person, tmp_path, answer):
    text = f"{HEAD},地区,行业,规模\n示例甲（虚构）,91999999MA9XX0100C,{cells}\n"
    assert DOORS["step"](person(), CHECK, {"file": listed(tmp_path, text)}) == ""
    answer(f"import: {cells}", right=1, got=Import.objects.get().errors_found)
