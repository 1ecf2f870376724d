"""Invented enterprises by the million, 5 to 15 % of each fact missing, one in 25 staff ratios on a
threshold.
"""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from eligibility.bulk.arrays import Wholes
from eligibility.bulk.table import Table, byte_limit, empty_table, fill
from eligibility.vocabulary import FactSpec, vocabulary

FIRST_DAY, LAST_DAY = 730_000, 739_000
LEAST_MISSING, MOST_MISSING = 0.05, 0.15


def invented_table(names: Iterable[str], rows: int, seed: int = 1) -> Table:
    """A table of these facts."""
    chance = np.random.default_rng(seed)
    table = empty_table(names, rows)
    for name in (*table.whole_names, *table.byte_names):
        values = _values(vocabulary()[name], rows, chance)
        missing = chance.random(rows, np.float32) < chance.uniform(LEAST_MISSING, MOST_MISSING)
        fill(table, name, values, missing)
    _level(table)
    return table


def _values(spec: FactSpec, rows: int, chance: np.random.Generator) -> Wholes:
    if spec.unit == "money":
        least, most = (1e8, 3e9) if spec.name.startswith("rd_") else (1e9, 5e10)
        yuan: npt.NDArray[np.float64] = chance.uniform(np.log(least), np.log(most), rows)
        return np.exp(yuan).astype(np.int64) // 100 * 100
    if spec.unit == "date":
        return chance.integers(FIRST_DAY, LAST_DAY, rows)
    if spec.unit in ("bool", "enum", "score"):
        return chance.integers(0, byte_limit(spec) + 1, rows)
    if spec.name == "staff_total":
        return chance.integers(5, 800, rows)
    most = 100 if spec.name.startswith("staff") else 12
    return chance.integers(0, most * (10_000 if spec.unit == "number" else 1), rows)


def _level(table: Table) -> None:
    names = table.whole_names
    if "staff_rd" in names and "staff_total" in names:
        every = slice(0, None, 25)
        rd, total = table.wholes[names.index("staff_rd")], table.wholes[names.index("staff_total")]
        total[every] = rd[every] * 10
