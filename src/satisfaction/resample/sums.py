"""Sums of all draws at once: counts [draw, row] times cross-products [row, pair of items] is one matrix
product."""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np

from satisfaction.answers.table import Answers, blocks
from satisfaction.arrays import FloatArray, Reals
from satisfaction.moments import Moments, from_sums
from satisfaction.resample.sources import Source

ROWS = 8_192  # rows a block; fixed, because the rows of a draw depend on it
TOGETHER = 512  # draws a matrix product
SHARE = 64  # draws a worker takes at a time


@dataclass(frozen=True, eq=False)
class Sums:
    """Σ(x − origin) and Σ(x − origin)(x − origin)ᵀ of each draw."""

    total: FloatArray
    products: FloatArray
    origin: FloatArray

    def moments(self, n: int) -> Moments:
        return from_sums(n, self.total, self.products, self.origin)

    def part(self, draws: slice) -> "Sums":
        return Sums(self.total[draws], self.products[draws], self.origin)


def shares(draws: int) -> list[slice]:
    return [slice(first, min(first + SHARE, draws)) for first in range(0, draws, SHARE)]


def resampled_sums(answers: Answers, sources: Sequence[Source], workers: Executor) -> Sums:
    """Sums over the resampled rows; working memory is one block of rows, however many rows there are."""
    items = len(answers.items)
    exact = answers.exact_in_32_bits(2 * min(answers.n, ROWS))
    origin = np.zeros(items) if exact else answers.values[0].astype(np.float64)
    flat = np.zeros((len(sources), items + items * (items + 1) // 2))
    for number, rows in enumerate(blocks(answers.values, ROWS)):
        shifted: Reals = rows if exact else rows - origin
        counts = np.empty((len(sources), len(rows)), dtype=shifted.dtype)
        _on_workers(workers, _filler(sources, number, counts), len(sources))
        flat += counts @ _cross_products(shifted).T
    return Sums(flat[:, :items], _square(flat[:, items:], items), origin)


def _filler(sources: Sequence[Source], block: int, counts: Reals) -> Callable[[slice], None]:
    def fill(draws: slice) -> None:
        for source, row in zip(sources[draws], counts[draws], strict=True):
            source.fill(block, row)

    return fill


def _on_workers(workers: Executor, work: Callable[[slice], None], draws: int) -> None:
    for _ in workers.map(work, shares(draws)):
        pass  # asking for each result raises what went wrong in it


def _cross_products(rows: Reals) -> Reals:
    """[items and pairs of items, row]: each answer, then each product of two answers of a row."""
    columns = np.ascontiguousarray(rows.T)
    pairs = [columns[first] * columns[first:] for first in range(len(columns))]
    return np.concatenate([columns, *pairs])


def _square(pairs: FloatArray, items: int) -> FloatArray:
    """Symmetric matrices from their upper triangles."""
    place = np.zeros((items, items), dtype=np.intp)
    upper = np.triu_indices(items)
    place[upper] = np.arange(pairs.shape[1])
    place.T[upper] = place[upper]
    return pairs[:, place]
