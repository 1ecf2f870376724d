"""What people write, read: amounts, whole numbers, days and codes as they are pasted from Excel, statements and contracts.

What stands there is understood; what only a programming language reads as a number (`1_000`, `1e3`, `nan`) is not, nor
digits of other scripts, nor an amount that could be meant in two ways (`1.000,50`). A unit is taken where it is written
(`3万元`), and never guessed.
"""

import re
from datetime import date
from decimal import Decimal

from sheets.folding import folded

UNITS = {
    "元": 1,
    "千元": 10**3,
    "万元": 10**4,
    "百万元": 10**6,
    "千万元": 10**7,
    "亿元": 10**8,
}
"""How many yuan."""
AMOUNT = re.compile(
    r"(?P<open>\()?(?P<sign>[+-]?)(?P<mark>(?:(?:¥|RMB|CNY|人民币) ?)*)(?P<after>[+-]?)"
    r"(?P<digits>\d+|\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+)?(?P<part>\.\d*)?"
    r" ?(?P<unit>[千万亿百]*元?|圆)(?P<whole>整?)(?P<close>\))?\Z",
    re.ASCII | re.IGNORECASE,
)
DAY = re.compile(
    r"(\d{4})\s*(?:([-/.])\s*(\d{1,2})\s*\2\s*(\d{1,2})|年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日?|(\d\d)(\d\d))"
    r"(?:\s*(?:星期|周)[一二三四五六日天])?(?:[T\s]\s*0?0:00(?::00(?:\.0+)?)?(?:Z|\+00:00)?)?\Z",
    re.ASCII,
)
CHINESE_DAY = re.compile(
    r"([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日\Z"
)
CHINESE = {
    digit: str(value) for value, digits in enumerate(("〇零○", *"一二三四五六七八九")) for digit in digits
}
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
"""Between which the days of this field of work lie; what is reckoned from them stays a day."""
APOSTROPHES = "'‘’"
MINUS = str.maketrans({"−": "-", "–": "-", "—": "-", "﹣": "-"})
WITHIN_CODE = re.compile(r"[\s\-_.·]+")


def plain(text: str) -> str:
    """A cell or a field without its noise: folded, without the apostrophe that made it text."""
    return folded(folded(text).lstrip(APOSTROPHES))


def read_amount(text: str) -> Decimal | None:
    """The amount in yuan or the number written; None where it is none, or could be another."""
    match = AMOUNT.match(" ".join(plain(text).translate(MINUS).split()))
    if match is None or not (match["digits"] or (match["part"] or "").strip(".")):
        return None
    signs = match["sign"] + match["after"] + ("-" if match["open"] else "")
    if (
        len(signs) > 1
        or bool(match["open"]) != bool(match["close"])
        or (match["whole"] and not match["unit"])
    ):
        return None
    unit = match["unit"].replace("圆", "元")
    scale = UNITS.get(unit if not unit or unit.endswith("元") else f"{unit}元") if unit else 1
    if scale is None:
        return None
    digits = (match["digits"] or "0").replace(",", "").replace(" ", "")
    amount = Decimal(digits + (match["part"] or "")) * scale
    return -amount if signs == "-" else amount


def read_number(text: str) -> Decimal | None:
    """The same without any unit or currency."""
    return read_amount(text) if re.fullmatch(r"[\d\s.,()+−–—-]*", plain(text), re.ASCII) else None


def read_day(text: str) -> date | None:
    """The day written, year first, with nothing but midnight behind it; None where it is none."""
    match = DAY.match(plain(text))
    parts = (
        [part for part in match.groups() if part and part not in "-/."] if match else _chinese(plain(text))
    )
    try:
        year, month, day = map(int, parts)
        return date(year, month, day)
    except ValueError:
        return None


def is_in_reach(day: date) -> bool:
    return EARLIEST <= day <= LATEST


def _chinese(text: str) -> list[str]:
    """二〇二六年三月一日, as contracts are dated."""
    match = CHINESE_DAY.match("".join(text.split()))
    if match is None:
        return []
    return [
        "".join(CHINESE[digit] for digit in match[1]),
        *(str(_up_to_99(part)) for part in match.groups()[1:]),
    ]


def _up_to_99(text: str) -> int:
    tens, ten, units = text.rpartition("十")
    if not ten:
        return int(CHINESE[text]) if len(text) == 1 else 0
    if len(tens) > 1 or len(units) > 1 or "十" in tens:
        return 0
    return 10 * int(CHINESE.get(tens, "1")) + int(CHINESE.get(units, "0"))


def read_code(text: str) -> str:
    """A code in capitals, without blanks and strokes within."""
    return WITHIN_CODE.sub("", plain(text)).upper()
