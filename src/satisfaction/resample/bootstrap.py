"""The bootstrap: how much the results would vary, had other people of the same kind answered."""

import os
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.random import SeedSequence

from satisfaction.answers.canonical import in_canonical_order
from satisfaction.answers.table import Answers
from satisfaction.arrays import BoolArray, FloatArray
from satisfaction.moments import Moments
from satisfaction.resample.sources import WithReplacement, row_blocks
from satisfaction.resample.sums import ROWS, TOGETHER, resampled_sums, shares

Statistics = Mapping[str, FloatArray]  # name → [draw, …]


@dataclass(frozen=True, eq=False)
class Bootstrap:
    """The statistics of every draw that could be estimated, and how many could not."""

    draws: int
    seed: int
    failed: int
    values: Statistics


def bootstrap(
    *,
    answers: Answers,
    statistics: Callable[[Moments], tuple[Statistics, BoolArray]],
    draws: int,
    seed: int,
    workers: int = 0,
) -> Bootstrap:
    """Resample the answers; the same seed gives the same result whatever the number of workers.

    `statistics` takes the moments of many draws and says which of them it could estimate. Draws are handed
    out in shares of fixed size, so that even rounding is the same on one worker and on eight.
    """
    answers = in_canonical_order(answers)
    sizes = row_blocks(answers.n, ROWS)
    seeds = SeedSequence(seed).spawn(draws)
    parts: list[tuple[Statistics, BoolArray]] = []
    with ThreadPoolExecutor(workers or os.cpu_count()) as pool:
        for first in range(0, draws, TOGETHER):
            sources = [WithReplacement(child, sizes) for child in seeds[first : first + TOGETHER]]
            sums = resampled_sums(answers, sources, pool)
            part = [sums.part(share).moments(answers.n) for share in shares(len(sources))]
            parts.extend(pool.map(statistics, part))
    fine = np.concatenate([usable for _, usable in parts])
    values = {name: np.concatenate([part[name] for part, _ in parts])[fine] for name in parts[0][0]}
    return Bootstrap(draws, seed, int((~fine).sum()), values)
