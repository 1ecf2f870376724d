"""From rows of a list to enterprises: which column is which, what each cell says, what is wrong with it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from keqiao.enterprises.models import Size, check_credit_code
from keqiao.enterprises.reference import industries, regions
from keqiao.enterprises.sheets import Rounded
from keqiao.kernel.errors import Invalid
from keqiao.kernel.typed_yaml import DataError

# Both languages, since lists come from Chinese tax and bureau systems and from our own export.
COLUMNS = {
    "name": ("企业名称", "单位名称", "名称", "enterprise", "name"),
    "uscc": ("统一社会信用代码", "信用代码", "社会信用代码", "uscc", "unified social credit code"),
    "region": ("地区", "地区代码", "所在地区", "行政区划代码", "region"),
    "industry": ("行业", "行业代码", "industry"),
    "size": ("规模", "企业规模", "size"),
    "registered_on": ("成立日期", "注册日期", "registered on"),
    "address": ("地址", "注册地址", "address"),
    "representative": ("法定代表人", "法人", "legal representative"),
}
_SIZES = {"大型": Size.LARGE, "中型": Size.MEDIUM, "小型": Size.SMALL, "微型": Size.MICRO}
LONGEST = {"name": 160, "address": 200, "representative": 80}


@dataclass
class Checked:
    """One row: its values where they are right, and (column, value, what is wrong) where they aren't."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    errors: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Header:
    places: dict[str, int]
    labels: dict[str, str]
    unknown: tuple[str, ...]


def header_of(row: list[str]) -> Header:
    """Which column holds what. Raises Invalid when name or credit code has no column."""
    known = {label.lower(): name for name, labels in COLUMNS.items() for label in labels}
    places: dict[str, int] = {}
    for place, label in enumerate(row):
        name = known.get(label.strip().lower())
        if name and name not in places:
            places[name] = place
    lacking = [COLUMNS[name][0] for name in ("name", "uscc") if name not in places]
    if lacking:
        raise Invalid(
            _("The first row has no column “%(names)s”.") % {"names": "”、“".join(lacking)},
            field="file",
            remedy=_("Put the names of the columns into the first row."),
        )
    unknown = tuple(label for place, label in enumerate(row) if label and place not in places.values())
    return Header(places, {name: row[place] for name, place in places.items()}, unknown)


def checked_rows(rows: Iterator[list[str]]) -> Iterator[Checked]:
    """Each filled row after the header, checked; row numbers are those a spreadsheet shows."""
    header = header_of(next(rows, []))
    seen: dict[str, int] = {}
    for number, row in enumerate(rows, start=2):
        if any(row):
            yield _checked(number, row, header, seen)


def _checked(number: int, row: list[str], header: Header, seen: dict[str, int]) -> Checked:
    found = Checked(number)
    for name, place in header.places.items():
        given = row[place] if place < len(row) else ""
        try:
            if given or name in {"name", "uscc"}:
                found.values[name] = _VALUE[name](given)
        except ValueError as error:
            found.errors.append((header.labels[name], str(given)[:80], str(error)))
    code = found.values.get("uscc")
    if code in seen:
        found.errors.append((header.labels["uscc"], code, _("Row %(n)s has the same code.") % {"n": seen[code]}))
    elif code:
        seen[code] = number
    return found


def _name(given: str) -> str:
    if not given:
        raise ValueError(_("The name is missing."))
    return str(_short("name")(given))


def _short(name: str) -> Any:
    def check(given: str) -> str:
        if len(given) > LONGEST[name] or any(ord(letter) < 32 for letter in given):  # noqa: PLR2004 - control characters
            raise ValueError(_("At most %(n)s characters, none of them a control character.") % {"n": LONGEST[name]})
        return given

    return check


def _code(given: str) -> str:
    if isinstance(given, Rounded):
        raise ValueError(  # noqa: TRY004 - a bad cell, not a bad call
            _("Excel kept this code as a number and lost digits; format the column as text and enter it anew."))
    try:
        check_credit_code(given.upper())
    except ValidationError as error:
        raise ValueError(" ".join(error.messages)) from error
    return given.upper()


def _region(given: str) -> str:
    try:
        regions.name(code=given)
    except DataError as error:
        raise ValueError(_("No region has this code; two, four or six digits of GB/T 2260 are expected.")) from error
    return given


def _industry(given: str) -> str:
    try:
        industries.name(code=given)
    except DataError as error:
        raise ValueError(_("No industry has this code; a letter or two digits of GB/T 4754 are expected.")) from error
    return given


def _size(given: str) -> str:
    found = _SIZES.get(given) or (Size(given) if given in Size.values else None)
    if found is None:
        raise ValueError(_("The size is 大型, 中型, 小型 or 微型."))
    return str(found)


def _date(given: str) -> str:
    try:
        found = date.fromisoformat(given.replace("/", "-").replace(".", "-"))
    except ValueError as error:
        raise ValueError(_("No date; 2026-11-22 is expected.")) from error
    return found.isoformat()


_VALUE = {
    "name": _name,
    "uscc": _code,
    "region": _region,
    "industry": _industry,
    "size": _size,
    "registered_on": _date,
    "address": _short("address"),
    "representative": _short("representative"),
}
