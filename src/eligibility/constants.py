"""Constants as rules write them: 10%, 5000万, 2亿, 1000000元, 2026-01-31."""

from datetime import date
from fractions import Fraction

from eligibility.errors import RuleError

MAX_DIGITS = 15
MAX_DECIMALS = 6
SCALES = {"万": 10_000, "亿": 100_000_000}


def read_number(text: str) -> tuple[Fraction, str]:
    """Value and unit (ratio, money, plain) of a number token. 元 makes it money, % a ratio."""
    unit = "plain"
    if text.endswith("%"):
        text, unit, factor = text[:-1], "ratio", Fraction(1, 100)
    else:
        if text.endswith("元"):
            text, unit = text[:-1], "money"
        factor = Fraction(SCALES.get(text[-1], 1))
        text = text.rstrip("万亿")
    whole, _, decimals = text.partition(".")
    if len(whole) > MAX_DIGITS or len(decimals) > MAX_DECIMALS:
        raise RuleError(
            f"expected at most {MAX_DIGITS} digits and {MAX_DECIMALS} decimals, "
            f"got {len(whole)} and {len(decimals)}; write the number with 万 or 亿"
        )
    return Fraction(text) * factor, unit


def read_date(text: str) -> Fraction:
    """The proleptic ordinal of an ISO date token."""
    try:
        return Fraction(date.fromisoformat(text).toordinal())
    except ValueError:
        raise RuleError(f"expected a date such as 2026-01-31, got {text}") from None
