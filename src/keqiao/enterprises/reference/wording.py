"""Regions, industries and sizes as offices write them: a district for its city, a class for its division, with codes, names or
both. What is finer than what is kept is cut to it; what contradicts itself is understood as nothing.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from keqiao.enterprises.reference import industries as industry_table
from keqiao.enterprises.reference import regions as region_table
from keqiao.enterprises.reference import sizes as size_table
from sheets.folding import name_key

WHOLE_CODES = {2, 4, 6, 9, 12}  # province, prefecture, county, town, village
REMEMBERED = 10_000  # different wordings; a list has few
SHORT = re.compile(r"(?:(?:[壮回]族|维吾尔)?自治区|特别行政区|省|市|地区|盟)$")
DIGITS = re.compile(r"\d+", re.ASCII)
CODE = r"(?P<letter>[A-T]?)(?P<digits>(?:\d{2,4})?)"
CLASS = re.compile(r"(?=[A-T\d])" + CODE + r"(?P<name>\D*)\Z", re.ASCII)
CLASS_LAST = re.compile(r"(?P<name>[^\dA-T]+)" + CODE + r"\)?\Z", re.ASCII)
SIZE = re.compile(r"(大|中|小|微)型?(?:企业)?\Z")
SIZES = dict(zip("大中小微", (size.code for size in size_table.load()), strict=True))


@lru_cache(maxsize=REMEMBERED)
def region_of(text: str) -> str | None:
    """The code of the prefecture or province meant: 440305, 深圳市, 广东省深圳市南山区, 南山区 (440305); None when unclear."""
    key = name_key(text)
    codes = {_kept(code) for code in DIGITS.findall(key)}
    name = DIGITS.sub("", key).strip("()[]-,.、").removeprefix("中国")
    named = _longest(name)
    if named or (name and not codes):
        codes.add(named)
    finest = max(codes, key=len, default="")
    return finest if finest and all(code and finest.startswith(code) for code in codes) else None


def _kept(code: str) -> str:
    """440305 is kept as its prefecture 4403, 110108 as its province 11."""
    if len(code) not in WHOLE_CODES:
        return ""
    known = set(_spellings().values())
    return next((part for part in (code[:4], code[:2]) if part in known), "")


def _longest(name: str) -> str:
    known = _spellings()
    parts = (name[:length] for length in range(min(len(name), max(map(len, known))), 1, -1))
    return next((known[part] for part in parts if part in known), "")


@cache
def _spellings() -> dict[str, str]:
    """Every way to write a region → its code; where a province and a city are called alike, the province."""
    codes: dict[str, str] = {}
    ambiguous: set[str] = set()
    for spelling, code in _written():
        if codes.setdefault(spelling, code) != code and not code.startswith(codes[spelling]):
            ambiguous.add(spelling)
    return {spelling: code for spelling, code in codes.items() if spelling not in ambiguous}


def _written() -> Iterator[tuple[str, str]]:
    for province in region_table.load():
        names = {province.name, SHORT.sub("", province.name)}
        yield from ((name, province.code) for name in names)
    for province in region_table.load():
        names = {"", province.name, SHORT.sub("", province.name)}
        for part in province.parts:
            yield from (
                (name + own, part.code) for name in names for own in {part.name, SHORT.sub("", part.name)}
            )


@lru_cache(maxsize=REMEMBERED)
def industry_of(text: str) -> str | None:
    """The code of the division or section meant: 39, C39, 3922, C, 制造业, 3922通信终端设备制造; None when unclear."""
    key = name_key(text).upper()
    named = _industries()
    if key in named:
        return named[key]
    match = CLASS.match(key) or CLASS_LAST.match(key)
    if match is None:
        return None
    code, name = _division(match["letter"], match["digits"]), match["name"].strip("()-")
    return code if code and (not name or named.get(name, code) == code) else None


def _division(letter: str, digits: str) -> str:
    """3922 is kept as its division 39; a letter before it must be that of its section."""
    if not digits:
        return letter
    sections = (section for section in industry_table.load() if digits[:2] in section.divisions)
    return next((digits[:2] for section in sections if letter in {"", section.code}), "")


@cache
def _industries() -> dict[str, str]:
    """Names and codes → codes; of a section and a division that are called alike the division."""
    names: dict[str, str] = {}
    for section in industry_table.load():
        names |= {section.code: section.code, name_key(section.name): section.code}
        names |= {name_key(name): code for code, name in section.divisions.items()}
    return names


def size_of(text: str) -> str | None:
    """The code of the size meant: 中, 中型, 中型企业, medium; None when unclear."""
    key = name_key(text)
    match = SIZE.match(key)
    if match:
        return SIZES[match[1]]
    return next(
        (size.code for size in size_table.load() if key.lower() in {size.code, size.name_en.lower()}), None
    )
