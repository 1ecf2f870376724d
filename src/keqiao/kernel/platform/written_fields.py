"""Form fields that read amounts, numbers, days and moments as people write and paste them: one reading for forms, API, command
and imports (`sheets.written`). What only a programming language takes for a number is refused.
"""

import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django_filters import DateFilter, DateFromToRangeFilter
from django_filters.fields import DateRangeField, RangeField

from keqiao.kernel.platform.whole_numbers import whole_number
from sheets.written import is_in_reach, plain, read_amount, read_day, read_number

MOMENT = re.compile(
    r"(?P<day>.*\S)(?:\s*T\s*|\s+)(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?", re.ASCII
)


class AmountField(forms.DecimalField):
    """Yuan: 1,234.50, ￥1234.5, 3万元."""

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # as the stubs have the field above it
        return super().to_python(_read(self, value, read_amount))


class WholeField(forms.IntegerField):
    """A whole number: 1,234."""

    def to_python(self, value: Any) -> int | None:
        number = _read(self, value, read_number)
        if isinstance(number, Decimal) and number != number.to_integral_value():
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(int(number) if isinstance(number, Decimal) else number)


class DayField(forms.DateField):
    """A day, year first: 2026-11-29, 2026.11.29, 2026年11月29日."""

    def to_python(self, value: Any) -> date | None:
        return _in_reach(super().to_python(_read(self, value, read_day)))


class MomentField(forms.DateTimeField):
    """A day written in any of these ways, and the time behind it; without one, midnight."""

    def to_python(self, value: Any) -> datetime | None:
        moment = super().to_python(_with_plain_day(value) if isinstance(value, str) else value)
        _in_reach(moment and date(moment.year, moment.month, moment.day))
        return moment


class DaySpanField(DateRangeField):  # type: ignore[misc]  # the library has no types
    """Two days, either of which may be left out, as a slice of moments."""

    def __init__(self, **kwargs: Any) -> None:
        RangeField.__init__(self, (DayField(), DayField()), **kwargs)


class OnDay(DateFilter):  # type: ignore[misc]
    """A filter of a list for a day as people write it."""

    field_class = DayField


class BetweenDays(DateFromToRangeFilter):  # type: ignore[misc]
    field_class = DaySpanField


class ChosenRowsField(forms.ModelMultipleChoiceField):
    """Rows by their numbers. A number that no database holds is no choice either."""

    def clean(self, value: Any) -> Any:
        for key in value or ():
            if whole_number(str(key)) is None:
                raise ValidationError(
                    self.error_messages["invalid_choice"], code="invalid_choice", params={"value": key}
                )
        return super().clean(value)


def _in_reach(day: date | None) -> date | None:
    if day is not None and not is_in_reach(day):
        raise ValidationError(_("A day from 1900 to 2199 is expected."), code="out_of_reach")
    return day


def _with_plain_day(text: str) -> str:
    match = MOMENT.fullmatch(plain(text))
    day = read_day(match["day"] if match else text)
    if day is None:
        return text
    if match is None:
        return day.isoformat()
    try:
        at = time(int(match["hour"]), int(match["minute"]), int(match["second"] or 0))
    except ValueError:
        return text
    return f"{day.isoformat()} {at.isoformat()}"


def _read(field: forms.Field, value: Any, read: Any) -> Any:
    """What is typed, read; blank and what is no text as they are."""
    if not isinstance(value, str) or not plain(value):
        return value.strip() if isinstance(value, str) else value
    understood = read(value)
    if understood is None:
        raise ValidationError(field.error_messages["invalid"], code="invalid")
    return understood
