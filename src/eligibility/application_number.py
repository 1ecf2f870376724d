"""Chinese patent application numbers: kind and check digit."""

import re

NUMBER = re.compile(r"(?:ZL|CN)?\s*(\d{12}|\d{8})(?:\.([0-9X]))?\Z", re.ASCII)
WEIGHTS = {12: (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5), 8: (2, 3, 4, 5, 6, 7, 8, 9)}
YEAR_DIGITS = {12: 4, 8: 2}
KINDS = {
    "1": "invention",
    "2": "utility_model",
    "3": "design",
    "8": "pct_invention",
    "9": "pct_utility_model",
}
MODULUS = 11


def check_digit(digits: str) -> str:
    """The check digit of 12 digits, or of 8 (filed before October 2003); 10 is written X.

    Raises ValueError when it isn't 8 or 12 digits.
    """
    if len(digits) not in WEIGHTS or not (digits.isascii() and digits.isdigit()):
        raise ValueError(f"expected 12 digits, or 8 before October 2003, got {digits[:40]}")
    remainder = sum(int(d) * w for d, w in zip(digits, WEIGHTS[len(digits)], strict=True)) % MODULUS
    return "X" if remainder == MODULUS - 1 else str(remainder)


def is_valid(number: str) -> bool:
    """Whether a number such as 201710601862.3 is well formed, of a known kind and ends in its check digit."""
    match = NUMBER.match(number.strip().upper())
    if not match or match[2] is None:
        return False
    return match[1][YEAR_DIGITS[len(match[1])]] in KINDS and check_digit(match[1]) == match[2]


def kind_of(number: str) -> str:
    """The kind told by the digit after the year. Raises ValueError for anything else."""
    match = NUMBER.match(number.strip().upper())
    kind = KINDS.get(match[1][YEAR_DIGITS[len(match[1])]]) if match else None
    if kind is None:
        raise ValueError(f"expected an application number such as 201710601862.3, got {number[:40]}")
    return kind
