"""Which enterprises of a table deserve a look: facts that cannot be together, and figures hardly meant."""

from datetime import date

import numpy as np

from eligibility.bulk.arrays import Mask, Wholes
from eligibility.bulk.float_bounds import facts_of_row
from eligibility.bulk.table import Table
from eligibility.facts import STEPS
from eligibility.plausibility import A_HEAD, APART, PER_HEAD, alike
from eligibility.relations import broken_relations, relations
from eligibility.vocabulary import APPLIED_ON, vocabulary

SLACK = 1 + 1e-9
"""Doubts are told apart exactly row by row; here a little more is let through."""
Register = tuple[Wholes, Mask]


def impossible_rows(table: Table, on: date) -> Mask:
    """Where a part is above its whole, see `relations.broken_relations`."""
    mask = np.zeros(table.rows, np.bool_)
    for relation in relations():
        if relation.part not in table.whole_names:
            continue
        part, gone = _column(table, relation.part, on)
        total, absent = np.zeros(table.rows, np.int64), gone.copy()
        for name in relation.whole:
            values, missing = _stood_in_for(table, name, on)
            total += values
            absent |= missing
        mask |= (part > total) & ~absent
    return mask


def first_problem(table: Table) -> str:
    """The first enterprise of which a part is above its whole, in words; nothing where there is none."""
    rows = np.flatnonzero(impossible_rows(table, date.max))
    if not rows.size:
        return ""
    row = int(rows[0])
    relation = next(iter(broken_relations(facts_of_row(table, row, date.max))))
    return f"row {row + 1}, column {relation.part}: {relation.problem}"


def doubtful_rows(table: Table) -> Mask:
    """Where `plausibility.doubts_of` may have something to say."""
    mask = np.zeros(table.rows, np.bool_)
    floats = {
        name: np.where(table.missing[place], 0, table.wholes[place]) / STEPS.get(vocabulary()[name].unit, 1)
        for place, name in enumerate(table.whole_names)
    }
    if "staff_total" in floats:
        for name in floats.keys() & set(PER_HEAD):
            mask |= (floats[name] > 0) & (floats[name] < floats["staff_total"] * A_HEAD * SLACK)
    for first, second in alike():
        if first in floats and second in floats:
            low, high = np.minimum(floats[first], floats[second]), np.maximum(floats[first], floats[second])
            mask |= (low > 0) & (low * APART <= high * SLACK)
    return mask


def _stood_in_for(table: Table, name: str, on: date) -> Register:
    """A column, with its general fact where it is missing."""
    values, missing = _column(table, name, on)
    general = "" if name == APPLIED_ON else vocabulary()[name].general
    if not general or not missing.any():
        return values, missing
    others, absent = _column(table, general, on)
    return np.where(missing, others, values), missing & absent


def _column(table: Table, name: str, on: date) -> Register:
    if name == APPLIED_ON:
        return np.full(table.rows, on.toordinal(), np.int64), np.zeros(table.rows, np.bool_)
    if name not in table.whole_names:
        return np.zeros(table.rows, np.int64), np.ones(table.rows, np.bool_)
    place = table.whole_names.index(name)
    return table.wholes[place], table.missing[place]
