"""An order of the rows that does not depend on how the file happened to be sorted.

Resampling picks rows by their number. Without a fixed order the same seed would give other intervals for
the same answers in another order of rows, items or columns.
"""

import numpy as np
from numpy.typing import NDArray

from satisfaction.answers.table import Answers

Codes = NDArray[np.uint64]
# 2^64 / golden ratio, the usual odd multiplier of hashing (Knuth 1973, 6.4)
ODD = np.uint64(0x9E3779B97F4A7C15)
SHIFT = np.uint64(29)


def in_canonical_order(answers: Answers) -> Answers:
    """The same rows sorted by a fingerprint of their answers.

    The fingerprint uses ranks, so shifting or stretching an item changes nothing; each item is told apart
    by how its answers are distributed, so neither its name nor its place matters.
    """
    key = np.zeros(answers.n, dtype=np.uint64)
    for column in answers.values.T:
        _, ranks, counts = np.unique(column, return_inverse=True, return_counts=True)
        item = _mix(counts.astype(np.uint64) * _mix(np.arange(1, len(counts) + 1, dtype=np.uint64))).sum()
        key += _mix(_mix(ranks.astype(np.uint64) + np.uint64(1)) + item)
    return answers.keep(np.argsort(key, kind="stable"))


def _mix(codes: Codes) -> Codes:
    codes = codes * ODD
    codes = (codes ^ (codes >> SHIFT)) * ODD
    return codes ^ (codes >> SHIFT)
