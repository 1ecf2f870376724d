"""Regions and industries as people choose them: the name and the code together, found by either."""

from collections.abc import Mapping
from functools import cache

from keqiao.enterprises.reference import industries as industry_table
from keqiao.enterprises.reference import regions as region_table

Table = Mapping[str, str]


@cache
def regions() -> Table:
    """Code → "广东省深圳市 4403"; a province before its prefectures."""
    labels: dict[str, str] = {}
    for province in region_table.load():
        labels[province.code] = f"{province.name} {province.code}"
        labels |= {part.code: f"{province.name}{part.name} {part.code}" for part in province.parts}
    return labels


@cache
def industries() -> Table:
    """Code → "制造业 C", "专用设备制造业 35"; a section before its divisions."""
    labels: dict[str, str] = {}
    for section in industry_table.load():
        labels[section.code] = f"{section.name} {section.code}"
        labels |= {code: f"{name} {code}" for code, name in section.divisions.items()}
    return labels


def region_choices() -> list[tuple[str, str]]:
    return list(regions().items())


def industry_choices() -> list[tuple[str, str]]:
    return list(industries().items())


def find(table: Table, typed: str) -> str | None:
    """The code that `typed` means: a code, a name (of a prefecture also alone), or both. None when unclear."""
    text = " ".join(typed.split())
    if text.upper() in table:
        return text.upper()
    return _by_name(tuple(table.items())).get(text)


@cache
def _by_name(items: tuple[tuple[str, str], ...]) -> dict[str, str]:
    codes: dict[str, str | None] = {}
    for code, label in items:
        codes[label] = code
        for name in {label.rsplit(" ", 1)[0], *_alone(code, label)}:
            codes[name] = None if name in codes else code
    return {name: code for name, code in codes.items() if code}


def _alone(code: str, label: str) -> tuple[str, ...]:
    """深圳市 for 广东省深圳市: a prefecture's own name, where it belongs to a province of the table."""
    province = regions().get(code[:2]) if len(code) == 4 else None  # noqa: PLR2004 - a prefecture's code
    return (label.rsplit(" ", 1)[0].removeprefix(province.rsplit(" ", 1)[0]),) if province else ()
