"""The machine of whole numbers run by numpy on a block of rows: values exact in int64, masks beside them."""

from datetime import date
from functools import cache

import numpy as np
import numpy.typing as npt

from eligibility.bulk.arrays import MET, MISSING, NOT_MET, UNKNOWN, Bytes, Mask, Wholes
from eligibility.bulk.encoding_plan import Encoding
from eligibility.bulk.integer_registers import Op
from eligibility.bulk.table import Table

Register = tuple[Wholes, Mask]


@cache
def year_of_each_day() -> npt.NDArray[np.int16]:
    """The year of every proleptic ordinal; 0, which stands for a missing day, has the first."""
    starts = [date(year, 1, 1).toordinal() for year in range(1, date.max.year + 1)]
    lengths = np.diff([*starts, date.max.toordinal() + 1])
    years = np.repeat(np.arange(1, date.max.year + 1, dtype=np.int16), lengths)
    return np.concatenate([years[:1], years])


def years_of(days: Wholes) -> Wholes:
    """The calendar years of ordinals, by a table: reckoning them takes ten times as long."""
    return year_of_each_day().take(days).astype(np.int64)


class Machine:
    """Registers for the rows of one table."""

    def __init__(self, encoding: Encoding, table: Table, on: date) -> None:
        self.table = table
        self.params = encoding.parameters(on)
        self.wholes: dict[int, Register] = {}
        self.logic: dict[int, Bytes] = {}
        self._never = np.zeros(table.rows, np.bool_)
        self._names = encoding.whole_facts
        self._byte_names = encoding.byte_facts
        for op, to, a, b, c in encoding.steps.tolist():
            if op < Op.FLAG:
                self.wholes[to] = self._whole(op, a, b, c)
            else:
                self.logic[to] = self._logic(op, a, b)

    def _whole(self, op: int, a: int, b: int, c: int) -> Register:
        if op == Op.FACT:
            return whole_fact(self.table, self._names[a])
        if op == Op.PARAM:
            return np.broadcast_to(self.params[a], self.table.rows), self._never
        if op == Op.CHOOSE:
            return self._choose(self.logic[a], self.wholes[b], self.wholes[c])
        left, absent = self.wholes[a]
        if op == Op.TIMES:
            return left * self.params[b], absent
        if op == Op.YEAR:
            return years_of(left), absent
        if op == Op.ZERO_UNLESS:
            return left, absent & (self.logic[b] != NOT_MET)
        return _two(op, (left, absent), self.wholes[b])

    def _choose(self, condition: Bytes, then: Register, otherwise: Register) -> Register:
        held = condition == MET
        # Masks by and, or: a choice among them takes ten times as long. `a > b` of masks is a and not b.
        absent = (held & then[1]) | (otherwise[1] > held) | (condition == UNKNOWN)
        return np.where(held, then[0], otherwise[0]), absent

    def _logic(self, op: int, a: int, b: int) -> Bytes:
        if op == Op.AT_LEAST:
            values, absent = self.wholes[a]
            return kleene(values >= self.params[b], absent)
        if op in (Op.FLAG, Op.MEMBER):
            codes = byte_fact(self.table, self._byte_names[a])
            bits = int(self.params[b]) if op == Op.MEMBER else 2
            held = np.array([bits >> code & 1 for code in range(256)], np.bool_)[codes]
            return kleene(held, codes == MISSING)
        if op == Op.NOT:
            return np.subtract(np.uint8(MET), self.logic[a])
        return (np.minimum if op == Op.AND else np.maximum)(self.logic[a], self.logic[b])


def _two(op: int, left: Register, right: Register) -> Register:
    if op == Op.COALESCE:
        return np.where(left[1], right[0], left[0]), left[1] & right[1]
    absent = left[1] | right[1]
    if op == Op.ADD:
        return left[0] + right[0], absent
    if op == Op.SUBTRACT:
        return left[0] - right[0], absent
    return (np.minimum if op == Op.MIN else np.maximum)(left[0], right[0]), absent


def kleene(held: Mask, absent: Mask) -> Bytes:
    """A condition from where it holds and where it is not known: 2 and 1, else 0."""
    result: Bytes = np.greater(held, absent).view(np.uint8)
    np.left_shift(result, np.uint8(1), out=result)
    np.bitwise_or(result, absent.view(np.uint8), out=result)
    return result


def whole_fact(table: Table, name: str) -> Register:
    """A fact's column; all missing where the table has none."""
    if name not in table.whole_names:
        return np.zeros(table.rows, np.int64), np.ones(table.rows, np.bool_)
    place = table.whole_names.index(name)
    return table.wholes[place], table.missing[place]


def byte_fact(table: Table, name: str) -> Bytes:
    """A byte fact's column; all missing where the table has none."""
    if name not in table.byte_names:
        return np.full(table.rows, MISSING, np.uint8)
    column: Bytes = table.bytes[table.byte_names.index(name)]
    return column
