"""Whole numbers in what people and programs send."""

LARGEST = 2**63 - 1  # that a database holds


def whole_number(text: str, *, most: int = LARGEST) -> int | None:
    """The number that plain digits name, or None. Python's own `isdigit` also takes ² and ٣, and its `int` fails for the
    first, and for thousands of digits."""
    digits = text.lstrip("0") or text[:1]
    if not (digits.isascii() and digits.isdigit()) or len(digits) > len(str(most)):
        return None
    number = int(digits)
    return number if number <= most else None
