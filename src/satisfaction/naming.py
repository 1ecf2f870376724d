"""Arrays of results as mappings from names, in the order of the model file."""

from collections.abc import Iterable

import numpy as np

from satisfaction.arrays import FloatArray
from satisfaction.pls.effects import reachable
from satisfaction.pls.layout import Layout

Named = dict[str, float | None]


def number(value: float) -> float | None:
    """JSON has no NaN: what is not a number is nothing."""
    return float(value) if np.isfinite(value) else None


def by_item(values: FloatArray, layout: Layout) -> Named:
    return {name: number(value) for name, value in zip(layout.items, values, strict=True)}


def by_construct(values: FloatArray, layout: Layout) -> Named:
    return {name: number(value) for name, value in zip(layout.constructs, values, strict=True)}


def by_effect(values: FloatArray, layout: Layout) -> Named:
    """Only constructs that have causes."""
    named = by_construct(values, layout)
    return {name: named[name] for name in layout.constructs if layout.model.paths.get(name)}


def by_arrow(table: FloatArray, layout: Layout) -> Named:
    return _cells(table, layout, zip(layout.cause_of_arrow, layout.effect_of_arrow, strict=True))


def by_chain(table: FloatArray, layout: Layout) -> Named:
    """Pairs with at least one chain of arrows from the first to the second."""
    pairs = np.argwhere(reachable(layout.arrow))
    return _cells(table, layout, ((int(cause), int(effect)) for cause, effect in pairs))


def _cells(table: FloatArray, layout: Layout, pairs: Iterable[tuple[int, int]]) -> Named:
    names = layout.constructs
    return {f"{names[cause]}->{names[effect]}": number(table[cause, effect]) for cause, effect in pairs}


def by_pair(table: FloatArray, layout: Layout) -> Named:
    """Each unordered pair once, the construct written first in the model first."""
    names = layout.constructs
    upper = zip(*np.triu_indices(len(names), 1), strict=True)
    return {f"{names[i]}|{names[j]}": number(table[i, j]) for i, j in upper}


def by_item_and_construct(table: FloatArray, layout: Layout) -> dict[str, Named]:
    return {item: by_construct(row, layout) for item, row in zip(layout.items, table, strict=True)}
