"""Which units may meet in an expression, and what comes out.

A constant without a unit is `plain` and takes the unit of its partner.
"""

from eligibility.errors import RuleError

WORDS = {
    "money": "money (yuan)",
    "count": "a count",
    "number": "a number",
    "ratio": "a ratio",
    "days": "a number of days",
    "year": "a calendar year",
    "date": "a date",
    "enum": "a choice",
    "plain": "a plain number",
    "score": "points",
    "bool": "a condition",
}
QUANTITIES = frozenset({"money", "count", "number", "ratio", "days"})


def sum_unit(op: str, left: str, right: str) -> str:
    """The unit of `left op right` for op + or -. Raises RuleError when they cannot be added."""
    if "plain" in (left, right):
        other = right if left == "plain" else left
        if other in QUANTITIES | {"plain", "year"} or (other == "date" and left == "date"):
            return other
    elif left == right and left in QUANTITIES:
        return left
    elif op == "-" and left == right == "date":
        return "days"
    elif op == "-" and left == right == "year":
        return "number"
    elif (left, right) == ("date", "days"):
        return "date"
    raise RuleError(f"expected two sides of one unit around {op}, got {WORDS[left]} and {WORDS[right]}")


def product_unit(left: str, right: str) -> str:
    """The unit of `left * right`. One side must be a plain number or a ratio."""
    for scale, other in ((left, right), (right, left)):
        if scale in ("plain", "ratio") and other in QUANTITIES | {"plain"}:
            return scale if other == "plain" else other
    raise RuleError(
        f"expected a plain number or a ratio on one side of *, got {WORDS[left]} and {WORDS[right]}"
    )


def quotient_unit(left: str, right: str) -> str:
    """The unit of `left / right`: two of a kind give a ratio, a plain divisor keeps the unit."""
    if left == right and left in QUANTITIES:
        return "ratio"
    if right in ("plain", "ratio") and left in QUANTITIES | {"plain"}:
        return "number" if left in ("count", "days") and right == "plain" else left
    raise RuleError(f"expected two sides of one unit around /, got {WORDS[left]} and {WORDS[right]}")


def common_unit(units: list[str], what: str) -> str:
    """The one unit that all share, plain constants aside. Raises RuleError when there are two."""
    named = {unit for unit in units if unit != "plain"}
    if len(named) > 1:
        listed = " and ".join(WORDS[unit] for unit in dict.fromkeys(units) if unit != "plain")
        raise RuleError(f"expected {what} of one unit, got {listed}")
    unit = named.pop() if named else "plain"
    if unit == "enum":
        raise RuleError("expected numbers or dates, got a choice; write `name in (a, b)` or `name is a`")
    return unit
