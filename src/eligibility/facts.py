"""Checked facts of one enterprise: raw values or cells made exact, an error for each that is unusable.

Exact values are int, Fraction (only where not whole), bool and str; a date is its proleptic ordinal. Each
unit has a smallest step, and a value counted in steps stays below 2**53, so that every engine can hold it
exactly: money a fen, number a ten-thousandth, count and score one.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from eligibility.errors import FactError
from eligibility.vocabulary import APPLIED_ON, FactSpec, names, vocabulary

Value = int | Fraction | bool | str
Facts = Mapping[str, Value]

STEPS = {"money": 100, "number": 10_000, "count": 1, "score": 1}
LIMIT = 2**53
NUMBER = re.compile(r"[+-]?\d{1,16}(\.\d{1,20})?\Z", re.ASCII)
DATE = re.compile(r"(\d{4})([-/])(\d{1,2})\2(\d{1,2})\Z", re.ASCII)
MAX_EXPONENT = 20
TRUTH = {
    "true": True,
    "yes": True,
    "1": True,
    "是": True,
    "false": False,
    "no": False,
    "0": False,
    "否": False,
}
EXAMPLES = {
    "money": "yuan as a plain number with at most two decimals, such as 50000000 or 1234.56",
    "count": "a whole number from 0, such as 12",
    "number": "a number from 0 with at most four decimals, such as 3.5",
    "date": "a date such as 2026-01-31",
    "bool": "true or false",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """Facts that could be read, and the errors of those that could not."""

    facts: dict[str, Value]
    errors: tuple[FactError, ...]


class UnusableError(ValueError):
    """A raw value that isn't one of its unit."""


def read_facts(raw: Mapping[str, object], on: date, row: int = 0) -> Reading:
    """Check raw values by English or Chinese name; None and blank text mean missing.

    Unknown names are errors here; a reader of files leaves unknown columns out and warns.
    """
    facts: dict[str, Value] = {APPLIED_ON: on.toordinal()}
    errors = []
    for column, value in raw.items():
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        spec = vocabulary().get(names().get(column, ""))
        if spec is None:
            errors.append(FactError(column, "expected a fact of the vocabulary, got an unknown name", row))
            continue
        try:
            facts[spec.name] = read_value(spec, value)
        except UnusableError as error:
            errors.append(FactError(column, str(error), row))
    return Reading(facts, tuple(errors))


def read_value(spec: FactSpec, value: object) -> Value:
    """A raw value that is not missing, made exact. Raises UnusableError."""
    if spec.unit == "bool":
        return _read_bool(spec, value)
    if spec.unit == "date":
        return _read_date(spec, value)
    if spec.unit == "enum":
        return _read_choice(spec, value)
    return _read_quantity(spec, value)


def _unusable(spec: FactSpec, value: object) -> UnusableError:
    wanted = EXAMPLES.get(spec.unit)
    if spec.unit == "score":
        wanted = f"whole points from 0 to {spec.maximum}"
    if spec.unit == "enum":
        wanted = f"one of {', '.join(spec.choices)}"
    came = value if isinstance(value, str) else type(value).__name__
    if isinstance(value, float | Decimal):
        came = str(value)
    if isinstance(value, int) and not isinstance(value, bool):
        came = str(value) if abs(value) < LIMIT**2 else "a very long number"
    return UnusableError(f"expected {wanted}, got {str(came)[:40]}")


def _read_bool(spec: FactSpec, value: object) -> bool:
    if isinstance(value, bool):
        return value
    known = TRUTH.get(value.strip().lower()) if isinstance(value, str) else None
    if known is None:
        raise _unusable(spec, value)
    return known


def _read_date(spec: FactSpec, value: object) -> int:
    if isinstance(value, date):
        return value.toordinal()
    found = DATE.match(value.strip()) if isinstance(value, str) else None
    if found:
        try:
            return date(int(found[1]), int(found[3]), int(found[4])).toordinal()
        except ValueError:
            raise _unusable(spec, value) from None
    raise _unusable(spec, value)


def _read_choice(spec: FactSpec, value: object) -> str:
    if not isinstance(value, str) or value.strip() not in spec.choices:
        raise _unusable(spec, value)
    return value.strip()


def _read_quantity(spec: FactSpec, value: object) -> Value:
    exact = _exact(value)
    if exact is None:
        raise _unusable(spec, value)
    steps = exact * STEPS[spec.unit]
    if steps.denominator != 1 or abs(steps) >= LIMIT or (exact < 0 and spec.unit != "money"):
        raise _unusable(spec, value)
    if spec.unit == "score" and exact > spec.maximum:
        raise _unusable(spec, value)
    return exact.numerator if exact.denominator == 1 else exact


def _exact(value: object) -> Fraction | None:
    """The number a value stands for, or None. A float means the shortest decimal that writes it."""
    if isinstance(value, str):
        text = value.strip()
        whole, _, decimals = text.partition(".")
        return Fraction(int(whole + decimals), 10 ** len(decimals)) if NUMBER.match(text) else None
    if isinstance(value, bool):
        return None
    if isinstance(value, int | Fraction):
        return Fraction(value)
    if isinstance(value, float):
        value = Decimal(repr(value)) if math.isfinite(value) else None
    if isinstance(value, Decimal) and value.is_finite() and abs(value.adjusted()) <= MAX_EXPONENT:
        return Fraction(value)
    return None
