"""Checked facts of one enterprise: raw values or cells made exact, an error for each that is unusable.

Exact values are int, Fraction (only where not whole), bool and str; a date is its proleptic ordinal. Each
unit has a smallest step, and a value counted in steps stays below 2**53, so that every engine can hold it
exactly: money a fen, number a ten-thousandth, ratio a millionth, count and score one.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from eligibility.errors import FactError
from eligibility.headings import Heading, read_heading
from eligibility.kinds import NEW, REEXAMINED, check_kind, is_reexamination
from eligibility.plausibility import doubts_of
from eligibility.relations import broken_relations
from eligibility.vocabulary import APPLIED_ON, REEXAMINATION, FactSpec
from sheets.folding import folded

Value = int | Fraction | bool | str
Facts = Mapping[str, Value]

STEPS = {"money": 100, "number": 10_000, "ratio": 1_000_000, "count": 1, "score": 1}
LIMIT = 2**53
NUMBER = re.compile(r"[+-]?(\d{1,16}|\d{1,3}(,\d{3}){1,5})(\.\d{1,20})?\Z", re.ASCII)
DATE = re.compile(
    r"(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})日)([T ]0?0:00(:00)?)?\Z", re.ASCII
)
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
    "ratio": "a share with at most six decimals, such as 12.5% or 0.125",
    "date": "a date such as 2026-01-31",
    "bool": "true or false",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """Facts that could be read, the errors of those that could not, and doubts about those that could."""

    facts: dict[str, Value]
    errors: tuple[FactError, ...]
    doubts: tuple[FactError, ...] = ()


def step_limits(spec: FactSpec) -> tuple[int, int]:
    """The least and the greatest number of steps of a quantity or a date."""
    step = STEPS.get(spec.unit, 1)
    if spec.unit == "date":
        return 1, date.max.toordinal()
    least = 1 - LIMIT if spec.least is None else spec.least * step
    return least, step if spec.unit == "ratio" else LIMIT - 1


class UnusableError(ValueError):
    """A raw value that isn't one of its unit."""


def read_facts(raw: Mapping[str, object], on: date, row: int = 0, *, application: str = "") -> Reading:
    """Check raw values by English or Chinese name, with or without a unit; None and blank text mean missing.

    Facts that contradict each other are errors, and none of them is taken. `application` is `new` or
    `reexamination`; left out, the fact of that name tells, else it is new. Unknown names are errors here; a reader of
    files leaves unknown columns out and warns.
    """
    facts: dict[str, Value] = {APPLIED_ON: on.toordinal()}
    columns: dict[str, str] = {}
    errors = []
    for column, value in raw.items():
        if is_blank(value):
            continue
        heading = read_heading(column)
        if heading is None:
            errors.append(FactError(column, "expected a fact of the vocabulary, got an unknown name", row))
            continue
        try:
            facts[heading.spec.name] = read_value(heading, value)
        except UnusableError as error:
            errors.append(FactError(column, str(error), row))
        columns[heading.spec.name] = column
    errors += contradictions(facts, columns, row, application)
    doubts = tuple(FactError(columns.get(name, name), doubt, row) for name, doubt in doubts_of(facts))
    return Reading(facts, tuple(errors), doubts)


def contradictions(
    facts: dict[str, Value], columns: Mapping[str, str], row: int, application: str
) -> list[FactError]:
    """Facts that cannot be together, as errors of their columns; they are taken out of the facts.

    The fact that tells the kind of application is set.
    """
    errors = []
    if application:
        told = facts.get(REEXAMINATION, is_reexamination(application))
        if told != is_reexamination(check_kind(application)):
            problem = f"expected the kind of application that was asked for, {application}, got the other"
            errors.append(FactError(columns.get(REEXAMINATION, REEXAMINATION), problem, row))
        facts[REEXAMINATION] = is_reexamination(application)
    facts.setdefault(REEXAMINATION, False)
    broken = list(broken_relations(facts))
    errors += [
        FactError(columns.get(relation.part, relation.part), relation.problem, row) for relation in broken
    ]
    for name in {name for relation in broken for name in relation.names} - {APPLIED_ON}:
        facts.pop(name, None)
    return errors


def kind_of(facts: Facts) -> str:
    """The kind of application that the facts tell; new where they tell none."""
    return REEXAMINED if facts.get(REEXAMINATION) else NEW


def is_blank(value: object) -> bool:
    """Whether a raw value stands for a missing fact."""
    return value is None or (isinstance(value, str) and not folded(value))


def read_value(heading: Heading, value: object) -> Value:
    """A raw value that is not missing, made exact. Raises UnusableError."""
    spec = heading.spec
    if isinstance(value, str):
        value = folded(value)
    if spec.unit == "bool":
        return _read_bool(spec, value)
    if spec.unit == "date":
        return _read_date(spec, value)
    if spec.unit == "enum":
        return _read_choice(spec, value)
    return _read_quantity(heading, value)


def _unusable(spec: FactSpec, value: object, heading: Heading | None = None) -> UnusableError:
    wanted = EXAMPLES.get(spec.unit)
    if spec.unit == "score":
        wanted = f"whole points from 0 to {spec.maximum}"
    if spec.unit == "enum":
        wanted = f"one of {', '.join(spec.choices)}"
    if heading is not None and heading.scale != 1:
        wanted = f"a plain number in {heading.unit}, which the heading says"
    return UnusableError(f"expected {wanted}, got {_came(value)}")


def _came(value: object) -> str:
    came = value if isinstance(value, str) else type(value).__name__
    if isinstance(value, float | Decimal):
        came = str(value)
    if isinstance(value, int) and not isinstance(value, bool):
        came = str(value) if abs(value) < LIMIT**2 else "a very long number"
    return str(came)[:40]


def _read_bool(spec: FactSpec, value: object) -> bool:
    if isinstance(value, bool):
        return value
    known = TRUTH.get(value.lower()) if isinstance(value, str) else None
    if known is None:
        raise _unusable(spec, value)
    return known


def _read_date(spec: FactSpec, value: object) -> int:
    if isinstance(value, datetime) and value.time() != datetime.min.time():
        raise _unusable(spec, value.isoformat())
    if isinstance(value, date):
        return value.toordinal()
    match = DATE.match(value) if isinstance(value, str) else None
    if match:
        try:
            return date(int(match[1]), int(match[3] or match[5]), int(match[4] or match[6])).toordinal()
        except ValueError:
            raise _unusable(spec, value) from None
    raise _unusable(spec, value)


def _read_choice(spec: FactSpec, value: object) -> str:
    if not isinstance(value, str) or value not in spec.choices:
        raise _unusable(spec, value)
    return value


def _read_quantity(heading: Heading, value: object) -> Value:
    spec, scale = heading.spec, heading.scale
    if spec.unit == "ratio" and isinstance(value, str) and value.endswith("%"):
        value, scale = value[:-1].rstrip(), Fraction(1, 100)
    number = _exact(value)
    if number is None:
        raise _unusable(spec, value, heading)
    exact = number * scale
    steps = exact * STEPS[spec.unit]
    if steps.denominator != 1 or abs(steps) >= LIMIT:
        raise _unusable(spec, value, heading)
    if spec.unit == "score" and not 0 <= exact <= spec.maximum:
        raise _unusable(spec, value)
    problem = spec.check_range(exact)
    if problem:
        raise UnusableError(f"{problem}, got {_came(value)}")
    return exact.numerator if exact.denominator == 1 else exact


def _exact(value: object) -> Fraction | None:
    """The number a value stands for, or None. A float means the shortest decimal that writes it."""
    if isinstance(value, str):
        whole, _, decimals = value.replace(",", "").partition(".")
        return Fraction(int(whole + decimals), 10 ** len(decimals)) if NUMBER.match(value) else None
    if isinstance(value, bool):
        return None
    if isinstance(value, int | Fraction):
        return Fraction(value)
    if isinstance(value, float):
        value = Decimal(repr(value)) if math.isfinite(value) else None
    if isinstance(value, Decimal) and value.is_finite() and abs(value.adjusted()) <= MAX_EXPONENT:
        return Fraction(value)
    return None
