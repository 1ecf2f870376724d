"""From rows of a list to enterprises: which column is which, what each cell says, what is wrong with it."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from keqiao.enterprises.models import Size, check_credit_code
from keqiao.enterprises.reference import choices
from keqiao.enterprises.sheets import Fault, Rounded
from keqiao.kernel.platform.errors import Invalid

# Both languages, since lists come from Chinese tax and bureau systems and from our own export.
COLUMNS = {
    "name": ("企业名称", "单位名称", "企业", "名称", "服务对象", "enterprise", "name", "enterprise name"),
    "uscc": (
        "统一社会信用代码",
        "信用代码",
        "社会信用代码",
        "uscc",
        "unified social credit code",
        "credit code",
    ),
    "region": ("地区", "地区代码", "所在地区", "行政区划代码", "region", "region code"),
    "industry": ("行业", "行业代码", "所属行业", "industry", "industry code"),
    "size": ("规模", "企业规模", "size"),
    "registered_on": ("成立日期", "注册日期", "registered on", "founded on"),
    "address": ("地址", "注册地址", "address"),
    "representative": ("法定代表人", "法人", "legal representative"),
}
_SIZES = {label: value for value, label in zip(Size.values, ("大型", "中型", "小型", "微型"), strict=True)}
LONGEST = {"name": 160, "address": 200, "representative": 80}
SHOWN = 80  # of a wrong cell
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_DAY_BARE = re.compile(r"(\d{4})(\d\d)(\d\d)")


@dataclass
class Checked:
    """One row: its values where they are right, and (column, value, what is wrong) where they aren't."""

    number: int
    labels: dict[str, str]
    values: dict[str, str] = field(default_factory=dict)
    errors: list[tuple[str, str, str]] = field(default_factory=list)

    def refuse(self, name: str, given: str, why: str) -> None:
        self.errors.append((self.labels[name], shown(given), why))


@dataclass(frozen=True)
class Header:
    places: dict[str, int]
    labels: dict[str, str]
    unknown: tuple[str, ...]


class Seen:
    """In which row each code stood first. A table of its own in memory: a million codes in a third of what a dict takes."""

    def __init__(self) -> None:
        self._rows = sqlite3.connect(":memory:", isolation_level=None)
        self._rows.execute("CREATE TABLE seen (code TEXT PRIMARY KEY, number INTEGER) WITHOUT ROWID")

    def first(self, code: str, number: int) -> int:
        self._rows.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (code, number))
        found = self._rows.execute("SELECT number FROM seen WHERE code = ?", (code,)).fetchone()
        return int(found[0])


class Rows:
    """The filled rows under a header, checked one by one; row numbers are those a spreadsheet shows."""

    def __init__(self, rows: Iterator[list[str]]) -> None:
        self._rows = rows
        self.header = header_of(next(rows, []))
        self._seen = Seen()

    def __iter__(self) -> Iterator[Checked]:
        for number, row in enumerate(self._rows, start=2):
            if any(row):
                yield self._checked(number, row)

    def _checked(self, number: int, row: list[str]) -> Checked:
        found = Checked(number, self.header.labels)
        for name, place in self.header.places.items():
            given = row[place] if place < len(row) else ""
            try:
                if given or name in {"name", "uscc"}:
                    found.values[name] = _VALUE[name](_sound(given))
            except ValueError as error:
                found.refuse(name, given, str(error))
        self._refuse_double(found)
        return found

    def _refuse_double(self, row: Checked) -> None:
        code = row.values.get("uscc")
        if code and (first := self._seen.first(code, row.number)) != row.number:
            row.refuse("uscc", code, _("Row %(n)s has the same code.") % {"n": first})


def header_of(row: list[str]) -> Header:
    """Which column holds what. Raises Invalid when name or credit code has no column, or one has two."""
    known = {label.lower(): name for name, labels in COLUMNS.items() for label in labels}
    places: dict[str, int] = {}
    for place, label in enumerate(row):
        name = known.get(label.strip().strip("*＊").lower())
        if name in places:
            raise _no_list(
                _("Two columns hold the same: “%(one)s” and “%(two)s”.")
                % {"one": shown(row[places[name]]), "two": shown(label)}
            )
        if name:
            places[name] = place
    lacking = [COLUMNS[name][0] for name in ("name", "uscc") if name not in places]
    if lacking:
        raise _no_list(_("The first row has no column “%(names)s”.") % {"names": "”、“".join(lacking)})
    unknown = tuple(shown(label) for place, label in enumerate(row) if label and place not in places.values())
    return Header(places, {name: row[place] for name, place in places.items()}, unknown)


def _no_list(message: str) -> Invalid:
    return Invalid(
        message,
        field="file",
        remedy=_("Put the names of the columns into the first row, as in the template."),
    )


def shown(given: str) -> str:
    """A cell as an error quotes it: short, and without characters that no database and no page takes."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", given[:SHOWN])


def _sound(given: str) -> str:
    if isinstance(given, Fault):
        raise ValueError(_("Excel could not compute this cell; enter the value itself."))  # noqa: TRY004 - a bad cell
    return given


def _name(given: str) -> str:
    if not given:
        raise ValueError(_("The name is missing."))
    return str(_short("name")(given))


def _short(name: str) -> Callable[[str], str]:
    def check(given: str) -> str:
        if isinstance(given, Rounded) or len(given) > LONGEST[name] or _CONTROL.search(given):
            raise ValueError(
                _("At most %(n)s characters, none of them a control character.") % {"n": LONGEST[name]}
            )
        return given

    return check


def _code(given: str) -> str:
    if not given:
        raise ValueError(_("The unified social credit code is missing."))
    if isinstance(given, Rounded):
        raise ValueError(  # noqa: TRY004 - a bad cell, not a bad type
            _(
                "Excel kept this code as a number and lost digits; format the column as text and enter it anew."
            )
        )
    try:
        check_credit_code(given.upper())
    except ValidationError as error:
        raise ValueError(" ".join(error.messages)) from error
    return given.upper()


def _region(given: str) -> str:
    """A code, a name, or both as our export writes them; a county is kept as its prefecture."""
    found = choices.find(choices.regions(), given)
    if found is None and re.fullmatch(r"\d{6}", given):
        found = choices.find(choices.regions(), given[:4]) or choices.find(choices.regions(), given[:2])
    if found is None:
        raise ValueError(
            _("No region has this code or name; GB/T 2260 is expected, such as 4403 or 广东省深圳市.")
        )
    return found


def _industry(given: str) -> str:
    found = choices.find(choices.industries(), given)
    if found is None:
        raise ValueError(
            _(
                "No industry has this code or name; a letter or two digits of GB/T 4754 are expected, such as 39."
            )
        )
    return found


def _size(given: str) -> str:
    found = (
        _SIZES.get(given)
        or _SIZES.get(f"{given}型")
        or (given.lower() if given.lower() in Size.values else None)
    )
    if found is None:
        raise ValueError(_("The size is 大型, 中型, 小型 or 微型."))
    return found


def _date(given: str) -> str:
    match = _DAY.fullmatch(given) or _DAY_BARE.fullmatch(given)
    try:
        found = date(*map(int, match.groups())) if match else None
    except ValueError:
        found = None
    if found is None:
        raise ValueError(_("No date; 2026-11-22 is expected."))
    return found.isoformat()


_VALUE: dict[str, Callable[[str], str]] = {
    "name": _name,
    "uscc": _code,
    "region": _region,
    "industry": _industry,
    "size": _size,
    "registered_on": _date,
    "address": _short("address"),
    "representative": _short("representative"),
}
