"""The columns of a list, and what a cell under each of them may say."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import override

from keqiao.kernel.platform import policy
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Text
from keqiao.kernel.platform.texts import judged
from sheets.cells import Fault, Rounded, Uncomputed
from sheets.folding import folded, one_line, without_marks
from sheets.written import is_in_reach, plain, read_amount, read_code, read_day, read_number

LONGEST_TEXT = 20_000
LARGEST = 10**18
REMEMBERED = 10_000  # objects looked up by one reading of a file
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
CONTROL_IN_LINES = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Kind(StrEnum):
    """What a cell holds. An OBJECT is named by the field `by` of its model."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    DAY = "day"
    FLAG = "flag"
    CHOICE = "choice"
    OBJECT = "object"


@dataclass(frozen=True)
class Column:
    """A column of a list: a field of the model, named as the model names it where nothing else is said.

    `also` are other names under which it comes, whatever the language; `codes` too, and what stands under those may stand beside
    the column once more. `choices` are (value, label). `read` takes the
    place of what the kind would read: it gives the value as JSON keeps it, or raises ValueError saying what is wrong.
    """

    name: str
    label: Text = ""
    kind: Kind = Kind.TEXT
    required: bool = False
    choices: tuple[tuple[Any, Any], ...] = ()
    help: Text = ""
    also: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    read: Callable[[str], Any] | None = None
    max_length: int = LONGEST_TEXT
    lines: bool = False  # a text of several lines
    by: str = ""
    model: type[models.Model] | None = None  # of an OBJECT


def column_of(model: type[models.Model], name: str, *, by: str = "", required: bool | None = None) -> Column:
    """A column made from a field: label, kind, choices and length are the field's. LookupError for a field that is
    of no kind a cell can hold."""
    field: Any = model._meta.get_field(name)
    kind = kind_of(field)
    if kind is None:
        raise LookupError(name)
    needed = not (field.blank or field.null or field.has_default() or kind is Kind.FLAG)
    return Column(
        name,
        label=field.verbose_name,
        kind=kind,
        required=needed if required is None else required,
        choices=tuple(field.flatchoices) if kind is Kind.CHOICE else (),
        help=field.help_text,
        max_length=field.max_length or LONGEST_TEXT,
        lines=isinstance(field, models.TextField),
        by=by,
        model=field.related_model if kind is Kind.OBJECT else None,
    )


def kind_of(field: Any) -> Kind | None:
    """The kind of cell that a field is filled from; None for a field that no single cell fills."""
    if not isinstance(field, models.Field) or field.many_to_many:
        return None
    if field.choices:
        return Kind.CHOICE
    return next((kind for base, kind in _KINDS if isinstance(field, base)), None)


_KINDS: tuple[tuple[type, Kind], ...] = (
    (models.BooleanField, Kind.FLAG),
    (models.DecimalField, Kind.MONEY),
    (models.ForeignKey, Kind.OBJECT),
    (models.IntegerField, Kind.NUMBER),
    (models.CharField, Kind.TEXT),
    (models.TextField, Kind.TEXT),
    (models.DateField, Kind.DAY),
)


def in_every_language(text: Text) -> tuple[str, ...]:
    """A text as each language of the site says it."""
    said = []
    for code, _name in settings.LANGUAGES:
        with override(code):
            said.append(str(text))
    return tuple(dict.fromkeys(said))


class Cells:
    """Reads the cells of one file for one person: what they may not choose is no value."""

    def __init__(self, actor: Actor, units: Mapping[str, int] | None = None) -> None:
        self._actor, self._units = actor, units or {}
        self._choices: dict[str, dict[str, Any]] = {}
        self._object = lru_cache(REMEMBERED)(self._find)

    def read(self, column: Column, cell: str) -> Any:
        """The value as JSON keeps it. Raises ValueError that says what is wrong."""
        if isinstance(cell, Fault):
            raise ValueError(str(_fault(cell)))  # noqa: TRY004 - a bad cell
        if not cell:
            raise ValueError(_("%(column)s is missing.") % {"column": column.label})
        if column.read:
            return column.read(cell)
        if column.kind is Kind.CHOICE:
            return self._choice(column, cell)
        if column.kind is Kind.OBJECT:
            return self._object(column, one_line(without_marks(cell)))
        if column.kind is Kind.MONEY:
            return _money(cell, self._units.get(column.name, 1))
        return _READ[column.kind](column, cell)

    def _choice(self, column: Column, cell: str) -> Any:
        known = self._choices.get(column.name)
        if known is None:
            known = self._choices[column.name] = {
                folded(name).casefold(): value
                for value, label in column.choices
                for name in (str(value), *in_every_language(label))
            }
        said = plain(cell).casefold()
        if said not in known:
            labels = "、".join(str(label) for _value, label in column.choices)
            raise ValueError(_("Expected one of: %(labels)s.") % {"labels": labels})
        return known[said]

    def _find(self, column: Column, cell: str) -> int:
        assert column.model is not None
        said = {f"{column.by}__in": {cell, read_code(cell)}}
        rows = policy.visible(column.model, self._actor, "choose").filter(**said)
        keys = list(rows.values_list("pk", flat=True)[:2])
        if len(keys) != 1:
            known = {"column": column.label}
            raise ValueError(
                _("More than one %(column)s is called so.") % known
                if keys
                else _("There is no such %(column)s, or it is not open to you.") % known
            )
        return int(keys[0])


def _fault(cell: Fault) -> Text:
    if isinstance(cell, Uncomputed):
        return _("This formula has no value yet; open the file in Excel, let it compute, and save it.")
    return _("Excel could not compute this cell; enter the value itself.")


def _text(column: Column, cell: str) -> str:
    """What nobody sees is left out, and a text of one line is put on one."""
    text = without_marks(cell)
    text = "\n".join(text.splitlines()) if column.lines else one_line(text)
    control = CONTROL_IN_LINES if column.lines else CONTROL
    if isinstance(cell, Rounded) or len(text) > column.max_length or control.search(text):
        raise ValueError(
            _("At most %(n)s characters, none of them a control character.") % {"n": column.max_length}
        )
    return judged(text)


def _number(_column: Column, cell: str) -> int:
    number = None if isinstance(cell, Rounded) else read_number(cell)
    if number is None or number != number.to_integral_value() or abs(number) >= LARGEST:
        raise ValueError(_("A whole number is expected, such as 12."))
    return int(number)


def _money(cell: str, unit: int) -> str:
    """In yuan, whatever unit the heading of its column names."""
    amount = None if isinstance(cell, Rounded) else read_amount(cell)
    if amount is None or (unit != 1 and read_number(cell) is None):
        raise ValueError(_("A number is expected, such as 1234.50."))
    return str(amount * unit)


def day(_column: Column, cell: str) -> str:
    value = read_day(cell)
    if value is None:
        raise ValueError(_("No date; 2026-11-22 is expected."))
    if not is_in_reach(value):
        raise ValueError(_("A day from 1900 to 2199 is expected."))
    return value.isoformat()


YES, NO = frozenset({"是", "有", "yes", "true", "1", "y"}), frozenset({"否", "无", "no", "false", "0", "n"})


def _flag(_column: Column, cell: str) -> bool:
    said = plain(cell).casefold()
    if said not in YES | NO:
        raise ValueError(_("Expected yes or no."))
    return said in YES


_READ: dict[Kind, Callable[[Column, str], Any]] = {
    Kind.TEXT: _text,
    Kind.NUMBER: _number,
    Kind.DAY: day,
    Kind.FLAG: _flag,
}
