"""Regions and industries as people choose them: the name and the code together."""

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
