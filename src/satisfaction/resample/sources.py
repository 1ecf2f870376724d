"""Where resampled rows come from: how often each row is taken, drawn block by block of rows.

Every draw has its own child of the seed, so its rows are the same whichever worker draws them and however
many other draws there are. Only counts are drawn; no resampled table is ever built.
"""

from typing import Protocol

import numpy as np
from numpy.random import PCG64, Generator, SeedSequence

from satisfaction.arrays import IntArray, Reals


class Source(Protocol):
    """One draw. Blocks must be asked for in order."""

    def fill(self, block: int, counts: Reals) -> None: ...


def row_blocks(n: int, rows: int) -> IntArray:
    """The sizes of blocks of so many rows, the last one shorter."""
    return np.diff(np.append(np.arange(0, n, rows), n))


class WithReplacement:
    """A bootstrap draw: as many rows as there are, each equally likely every time (Efron 1979).

    How many fall into each block is multinomial; within a block they are uniform. Together that is the same
    distribution as drawing all rows at once, with the memory of one block.
    """

    def __init__(self, seed: SeedSequence, sizes: IntArray) -> None:
        self._generator = Generator(PCG64(seed))
        n = int(sizes.sum())
        self._taken = self._generator.multinomial(n, sizes / n)

    def fill(self, block: int, counts: Reals) -> None:
        picked = self._generator.integers(len(counts), size=self._taken[block])
        counts[:] = np.bincount(picked, minlength=len(counts))


class Relabelled:
    """A permutation draw: `chosen` rows form the first group, each set of rows equally likely (Fisher
    1935)."""

    def __init__(self, seed: SeedSequence, sizes: IntArray, chosen: int) -> None:
        self._generator = Generator(PCG64(seed))
        self._taken = self._generator.multivariate_hypergeometric(sizes, chosen, method="marginals")

    def fill(self, block: int, counts: Reals) -> None:
        counts[:] = 0.0
        size = int(self._taken[block])
        counts[self._generator.choice(len(counts), size, replace=False, shuffle=False)] = 1.0
