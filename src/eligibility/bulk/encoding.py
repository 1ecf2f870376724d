"""Encoding a block of rows by numpy: every core ranked, every plane written."""

from collections.abc import Iterable
from datetime import date

import numpy as np

from eligibility.bulk.arrays import MISSING, NO_RATIO, Bytes
from eligibility.bulk.encoding_plan import Encoding, Ranked
from eligibility.bulk.float_bounds import rank_anything
from eligibility.bulk.machine import Machine, byte_fact
from eligibility.bulk.ranking import Ranks, rank_quotients, rank_whole
from eligibility.bulk.table import Table

FIRST = np.uint8(NO_RATIO + 1)
"""The code of a value that passes no edge."""


def encode_block(encoding: Encoding, table: Table, on: date, out: Bytes) -> int:
    """Write the codes of a table into `out`; returns how many values went to Python's whole numbers."""
    fallbacks = encode_cores(encoding, encoding.ranked, table, on, out)
    copy_bytes(encoding, table, out)
    return fallbacks


def copy_bytes(encoding: Encoding, table: Table, out: Bytes) -> None:
    """The facts that are codes themselves."""
    for column, name in encoding.copied:
        out[column] = byte_fact(table, name)


def encode_cores(encoding: Encoding, cores: Iterable[Ranked], table: Table, on: date, out: Bytes) -> int:
    """Only the columns of some cores."""
    machine = Machine(encoding, table, on)
    fallbacks = 0
    for ranked in cores:
        ranks = _rank(ranked, machine, on)
        gone = np.multiply(ranks.missing.view(np.uint8), np.uint8(MISSING))
        for plane, local in zip(ranked.planes, ranked.local, strict=True):
            target = out[plane.column]
            if len(ranked.planes) == 1:
                np.add(ranks.passed, FIRST, out=target, casting="unsafe")
            else:
                np.take(local, ranks.passed, out=target)
            np.bitwise_or(target, gone, out=target)
            if ranks.none is not None:
                target[ranks.none] = NO_RATIO
        fallbacks += ranks.fallbacks
    return fallbacks


def _rank(ranked: Ranked, machine: Machine, on: date) -> Ranks:
    if ranked.core.whole >= 0:
        return rank_whole(ranked, machine.wholes[ranked.core.whole])
    if ranked.core.terms:
        terms = [(machine.wholes[above], machine.wholes[below]) for above, below in ranked.core.terms]
        return rank_quotients(ranked, terms)
    return rank_anything(ranked, machine.table, on)
