"""Permutation tests: would groups made at random differ as much as these do?"""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.random import SeedSequence

from satisfaction.answers.canonical import in_canonical_order
from satisfaction.answers.table import Answers
from satisfaction.arrays import FloatArray
from satisfaction.moments import Moments, moments_of
from satisfaction.resample.sources import Relabelled, row_blocks
from satisfaction.resample.sums import ROWS, TOGETHER, Sums, resampled_sums, shares

Difference = Callable[[Moments, Moments], FloatArray]  # moments of many pairs of groups → [pair, …]


@dataclass(frozen=True, eq=False)
class Permutation:
    """Differences between two groups, and the share of random groupings that differ at least as much."""

    difference: FloatArray
    p_value: FloatArray
    draws: int


def permutation_test(
    *, first: Answers, second: Answers, difference: Difference, draws: int, seed: int, workers: int = 0
) -> Permutation:
    """Two-sided p = (1 + number of draws at least as extreme) / (1 + draws) (Phipson & Smyth 2010, eq. 2).

    Groups keep their sizes; who belongs to which is drawn at random (Chin & Dibbern 2010 for path models).
    Draws whose difference cannot be estimated count as extreme, which errs on the side of no difference.
    """
    both = Answers(first.items, np.concatenate([first.values, second.values]))
    observed = difference(_alone(first), _alone(second))[0]
    random = _random_differences(in_canonical_order(both), first.n, difference, (draws, seed, workers))
    extreme = ~(np.abs(random) < np.abs(observed) * (1.0 - 1e-12))  # equal up to rounding is as extreme
    return Permutation(observed, (1.0 + extreme.sum(axis=0)) / (1.0 + draws), draws)


def _alone(answers: Answers) -> Moments:
    moments = moments_of(answers)
    return Moments(moments.n, moments.mean[None], moments.covariance[None])


def _random_differences(
    both: Answers, chosen: int, difference: Difference, plan: tuple[int, int, int]
) -> FloatArray:
    draws, seed, workers = plan
    sizes = row_blocks(both.n, ROWS)
    seeds = SeedSequence(seed).spawn(draws)
    parts: list[FloatArray] = []
    with ThreadPoolExecutor(workers or os.cpu_count()) as pool:
        for start in range(0, draws, TOGETHER):
            sources = [Relabelled(child, sizes, chosen) for child in seeds[start : start + TOGETHER]]
            sums = resampled_sums(both, sources, pool)
            rest = _rest(both, sums)
            cuts = shares(len(sources))
            ours = [sums.part(cut).moments(chosen) for cut in cuts]
            theirs = [rest.part(cut).moments(both.n - chosen) for cut in cuts]
            parts.extend(pool.map(difference, ours, theirs))
    return np.concatenate(parts)


def _rest(both: Answers, sums: Sums) -> Sums:
    """Sums of the rows not chosen: those of all rows less those of the chosen."""
    whole = moments_of(both)
    mean = whole.mean - sums.origin
    total = mean * whole.n
    products = whole.covariance * max(whole.n - 1, 1) + np.outer(mean, mean) * whole.n
    return Sums(total - sums.total, products - sums.products, sums.origin)
