"""Doubts about figures that can be, but are hardly meant: most of all ten thousand yuan taken for yuan."""

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import combinations
from typing import Any

from eligibility.vocabulary import vocabulary

A_HEAD = 1_000
"""Yuan a year and person; a figure in 万元 lies ten thousand times below what it means, a real one far above this."""
APART = 1_000
"""How many times one of two like figures may be the other before somebody should look."""
PER_HEAD = ("cost_expense_y1", "sales_y1", "revenue_y1", "income_total_y1", "assets_y1")
ALIKE = (
    ("sales_y1", "revenue_y1"),
    ("income_main_y1", "revenue_y1"),
    ("income_main_y2", "revenue_y2"),
    ("income_main_y3", "revenue_y3"),
    ("sales_y1", "income_total_y1"),
)
"""Figures of one year that measure nearly the same, beside those of one name over years and ways to count."""
Doubt = tuple[str, str]


@cache
def alike() -> tuple[tuple[str, str], ...]:
    """Pairs of money facts that should be of one size."""
    pairs = list(ALIKE)
    by_stem: dict[str, list[str]] = {}
    for spec in vocabulary().values():
        if spec.unit == "money" and spec.years_back and spec.least == 0:
            by_stem.setdefault(spec.name.rpartition("_")[0], []).append(spec.name)
        if spec.unit == "money" and spec.general:
            pairs.append((spec.name, spec.general))
    for members in by_stem.values():
        pairs += combinations(members, 2)
    return tuple(pairs)


def doubts_of(facts: Mapping[str, Any]) -> Iterator[Doubt]:
    """Name of the fact and what is doubtful about it."""
    people = facts.get("staff_total", 0)
    for name in PER_HEAD:
        value = facts.get(name, 0)
        if 0 < value < people * A_HEAD:
            yield (
                name,
                f"{_yuan(value)} yuan with {people} people; if it is meant in 万元, say so in the heading",
            )
    for first, second in alike():
        low, high = sorted((facts.get(first, 0), facts.get(second, 0)))
        if 0 < low * APART <= high:
            small, large = (first, second) if facts[first] == low else (second, first)
            apart = f"{_yuan(low)} yuan beside {_yuan(high)} yuan of {large}"
            yield small, f"{apart}; if it is meant in 万元, say so in the heading"


def _yuan(value: Any) -> str:
    return f"{float(value):.10g}"
