"""What people write into cells and fields: amounts, days and codes."""

from datetime import date
from decimal import Decimal

import pytest

from sheets.folding import one_line
from sheets.written import is_in_reach, read_amount, read_code, read_day, read_number

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1,000.50", "1000.50"),
        ("１０００．５０", "1000.50"),
        ("1，000", "1000"),
        ("1 234.50", "1234.50"),
        ("1\u3000234.50", "1234.50"),
        ("1\xa0234\xa0567", "1234567"),
        ("¥1000", "1000"),
        ("￥ 1,234.50", "1234.50"),
        ("人民币500元整", "500"),
        ("RMB 500", "500"),
        ("1000元", "1000"),
        ("3万元", "30000"),
        ("1.5亿元", "150000000"),
        ("(1,234.50)", "-1234.50"),
        ("−3", "-3"),
        ("－３", "-3"),
        ("¥-3", "-3"),
        ("\u200b12\u202c", "12"),
        ("'12", "12"),
        (".5", "0.5"),
    ],
)
def test_amounts_as_they_are_pasted(typed, amount):
    assert read_amount(typed) == Decimal(amount)


@pytest.mark.parametrize(
    "typed",
    ["1_000", "1e3", "1E3", "inf", "nan", "0x10", "٣", "१२", "1,00", "1.000,50", "1,0000", "12 人", "50%", "三万", "万元", "1 2", "--3",
     "-(3)", "(3", "1000整", "1.2.3", "", "-", "$5", "5美元", "½"],
)  # fmt: skip
def test_what_could_be_meant_otherwise_is_no_amount(typed):
    assert read_amount(typed) is None


def test_a_number_has_neither_unit_nor_currency():
    assert (read_number("1,234"), read_number("12元"), read_number("¥12")) == (Decimal(1234), None, None)


@pytest.mark.parametrize(
    "typed",
    ["2026-03-01", "2026/3/1", "2026.3.1", "２０２６．３．１", "20260301", "2026年3月1日", "2026 年 3 月 1 日", "2026年3月1",
     "2026/3/1 0:00", "2026-03-01 00:00:00", "2026-03-01T00:00:00", "2026年3月1日星期日", "'2026-3-1", "\u202d2026-3-1\u202c",
     "二〇二六年三月一日", "二零二六年三月一日"],
)  # fmt: skip
def test_days_as_they_are_pasted(typed):
    assert read_day(typed) == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("typed", "day"),
    [("二〇二六年十二月三十一日", date(2026, 12, 31)), ("二〇二六年十月二十日", date(2026, 10, 20))],
)
def test_days_in_chinese_numerals(typed, day):
    assert read_day(typed) == day


@pytest.mark.parametrize(
    "typed",
    ["2026-02-30", "26.3.1", "3/1/2026", "2026-3", "2026年3月", "46082", "2026-03-01 14:30", "2026-W09-7", "2026-3/1", "٢٠٢٦-٠٣-٠١",
     "二〇二六年十三月一日", "二〇二六年三月十十日", "2_026-03-01", ""],
)  # fmt: skip
def test_what_is_no_day_or_could_be_another(typed):
    assert read_day(typed) is None


def test_the_days_of_this_work_lie_between_1900_and_2199():
    days = [
        date(1, 1, 1),
        date(1899, 12, 31),
        date(1900, 1, 1),
        date(2199, 12, 31),
        date(2200, 1, 1),
        date.max,
    ]
    assert [is_in_reach(day) for day in days] == [False, False, True, True, False, False]


@pytest.mark.parametrize(
    "typed",
    ["91999999MA9XX0105U", "91999999ma9xx0105u", "9199 9999MA 9XX0105U", "'91999999MA9XX0105U", "\u202d91999999MA9XX0105U\u200b",
     "９１９９９９９９ＭＡ９ＸＸ０１０５Ｕ", "91999999-MA9XX0105-U"],
)  # fmt: skip
def test_codes(typed):
    assert read_code(typed) == "91999999MA9XX0105U"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("广东省深圳市\r\n南山区", "广东省深圳市南山区"),
        ("Room 5\nShenzhen", "Room 5 Shenzhen"),
        ("甲\n", "甲"),
        ("路 \n 5 号", "路5 号"),
    ],
)
def test_several_lines_on_one(text, line):
    assert one_line(text) == line
