"""Provinces and prefectures by their codes of GB/T 2260: two and four digits.

The table is the one python-stdnum ships for checking identity numbers. It holds every name a code ever had
with its years; only the name in force is taken.
"""

import re
from dataclasses import dataclass
from functools import cache

from stdnum import numdb

from keqiao.kernel.platform.typed_yaml import DataError

_PROVINCES = range(11, 83)
_PREFECTURES = range(1, 100)
_ERA = re.compile(r"\[(?P<first>\d*)-(?P<last>\d*)\](?P<name>.+)")
# Codes that group districts or counties without being a place that anyone writes in an address.
_GROUPINGS = {"市辖区", "县", "林区"}


@dataclass(frozen=True, slots=True)
class Region:
    code: str
    name: str
    parts: "tuple[Region, ...]" = ()


@cache
def load() -> tuple[Region, ...]:
    """The provinces, municipalities and regions, each with its prefectures; municipalities have none."""
    return tuple(
        Region(code=str(code), name=label, parts=_parts(code))
        for code in _PROVINCES
        if (label := _in_force(f"{code}0000"))
    )


def name(*, code: str) -> str:
    """The full name of a code of two or four digits: "广东省", "广东省深圳市"."""
    known = _names()
    if code not in known:
        raise DataError(
            where="region",
            expected="a province of two digits or a prefecture of four",
            came=code,
            remedy="Choose one in force under GB/T 2260.",
        )
    return known[code]


@cache
def _names() -> dict[str, str]:
    provinces = {province.code: province.name for province in load()}
    return provinces | {
        part.code: province.name + part.name for province in load() for part in province.parts
    }


def _parts(province: int) -> tuple[Region, ...]:
    listed = ((f"{province}{number:02d}", _in_force(f"{province}{number:02d}00")) for number in _PREFECTURES)
    return tuple(Region(code=code, name=label) for code, label in listed if label and label not in _GROUPINGS)


def _in_force(code: str) -> str:
    """The name the code has today, or nothing: names that ended carry the year."""
    (_, _), *rest = numdb.get("cn/loc").info(code)
    names = rest[0][1].get("county", "") if rest else ""
    for entry in names.split(","):
        era = _ERA.fullmatch(entry)
        if era is None or not era["last"]:
            return str(era["name"] if era else entry)
    return ""
