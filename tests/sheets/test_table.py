"""Where a table begins within a sheet, and which rows below it are none of its own."""

import pytest

from sheets.table import headed, heading_key, is_beside, names_of

pytestmark = pytest.mark.once
KNOWN = {"企业名称", "地址"}


def known(cells):
    return len(KNOWN & {heading_key(cell) for cell in cells})


@pytest.mark.parametrize(
    "text",
    [
        "企业名称",
        " 企业 名称 ",
        "企业\r\n名称",
        "*企业名称",
        "企业名称＊",
        "企业名称（必填）",
        "企业\u200b名称(全称)【必填】",
    ],
)
def test_the_looks_of_a_heading_change_nothing(text):
    assert "企业名称" in [key for key, _remark in names_of(text)]


def test_the_whole_heading_comes_before_what_is_left_without_its_remark():
    assert list(names_of("金额（万元）")) == [("金额(万元)", ""), ("金额", "万元")]
    assert list(names_of("金额【单位：万元】"))[-1] == ("金额", "万元")


def test_a_title_and_a_line_of_remarks_stand_above_the_heading():
    rows = [
        (1, ["客户名单"]),
        (2, ["单位：万元", "2026 年"]),
        (4, ["序号", "企业名称", "地址"]),
        (5, ["1", "甲", "乙"]),
    ]
    heading, above, below = headed(rows, known)
    assert (heading, above, list(below)) == (rows[2], rows[:2], rows[3:])


def test_without_any_known_name_it_is_the_first_row():
    heading, above, below = headed([(3, ["甲"]), (4, ["乙"])], known)
    assert (heading, above, list(below)) == ((3, ["甲"]), [], [(4, ["乙"])])
    assert headed([], known)[0] == (1, [])


@pytest.mark.parametrize(
    "cells",
    [
        ["合计"],
        ["", "合 计"],
        ["小计：3 家"],
        ["总计", "", "12"],
        ["备注：数据截至三月"],
        ["填表人：甄示例", "日期："],
        ["Total"],
    ],
)
def test_totals_and_remarks(cells):
    assert is_beside(cells)


@pytest.mark.parametrize(
    "cells", [["合计科技有限公司"], ["总计算机有限公司"], ["备注"], ["说明书印刷厂"], [""]]
)
def test_what_only_begins_so_is_a_row(cells):
    assert not is_beside(cells)
