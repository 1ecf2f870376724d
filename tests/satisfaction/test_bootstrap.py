"""The bootstrap: seeded, the same on any number of workers, no draw twice, errors as published."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from numpy.random import SeedSequence

from satisfaction.analyse import analyse
from satisfaction.answers.table import Answers
from satisfaction.document import document
from satisfaction.options import Options
from satisfaction.resample.sources import WithReplacement, row_blocks
from satisfaction.resample.sums import resampled_sums


def drawn(n, rows, draws, seed=3):
    """Counts [draw, row] as the bootstrap draws them."""
    sizes = row_blocks(n, rows)
    counts = np.empty((draws, n))
    for row, child in zip(counts, SeedSequence(seed).spawn(draws), strict=True):
        source, start = WithReplacement(child, sizes), 0
        for block, size in enumerate(sizes):
            source.fill(block, row[start : start + size])
            start += size
    return counts


def test_standard_errors_are_the_published_ones(small_model, small_answers, published):
    result = document(analyse(model=small_model, answers=small_answers, options=Options(draws=2000, seed=1)))
    for arrow, expected in published["mobi4"]["bootstrap500_paths"].items():
        cell = result["bootstrap"]["paths"][arrow.replace("  ->  ", "->")]
        assert cell["estimate"] == pytest.approx(expected["Original Est."], abs=1e-6)
        assert cell["se"] == pytest.approx(expected["Bootstrap SD"], rel=0.15)


@pytest.mark.parametrize("draws", [7, 130, 600])
def test_the_number_of_workers_changes_nothing(full_model, full_answers, draws):
    one, *others = (
        document(
            analyse(model=full_model, answers=full_answers, options=Options(draws=draws, workers=workers))
        )
        for workers in (1, 2, 3, 8)
    )
    assert all(other == one for other in others)


def test_the_number_of_workers_changes_nothing_with_fractions(small_model, small_answers):
    """Fractions have no exact sums, so this would show any difference in the order of adding."""
    values = small_answers.values.astype(float) / 3.0 + 1.0
    answers = Answers(small_answers.items, values)
    one, other = (
        document(analyse(model=small_model, answers=answers, options=Options(draws=200, workers=workers)))
        for workers in (1, 4)
    )
    assert one == other


def test_another_seed_gives_another_result(small_model, small_answers):
    one, other = (
        analyse(model=small_model, answers=small_answers, options=Options(draws=20, seed=seed)).bootstrap
        for seed in (1, 2)
    )
    assert not np.array_equal(one.values["paths"], other.values["paths"])


def test_more_draws_begin_with_the_same_ones(small_model, small_answers):
    few, many = (
        analyse(model=small_model, answers=small_answers, options=Options(draws=draws)).bootstrap
        for draws in (20, 70)
    )
    assert many.values["paths"][:20] == pytest.approx(few.values["paths"], abs=1e-12)


def test_no_draw_is_repeated():
    counts = drawn(n=250, rows=8192, draws=600)
    assert len(np.unique(counts, axis=0)) == 600


@pytest.mark.parametrize("rows", [10, 64, 1000])
def test_a_draw_takes_as_many_rows_as_there_are(rows):
    assert (drawn(n=250, rows=rows, draws=20).sum(axis=1) == 250).all()


@pytest.mark.parametrize("rows", [16, 1000])
def test_every_row_is_as_likely_as_any_other(rows):
    """Mean count 1 and variance 1 − 1/n, however the rows are cut into blocks (binomial counts)."""
    counts = drawn(n=40, rows=rows, draws=4000)
    assert counts.mean(axis=0) == pytest.approx(np.ones(40), abs=5 / np.sqrt(4000))
    assert counts.var() == pytest.approx(1 - 1 / 40, abs=0.02)


def test_rows_of_different_blocks_compete():
    """Counts of two rows correlate −1/(n − 1), inside a block and between blocks alike."""
    counts = drawn(n=10, rows=5, draws=5000)
    correlation = np.corrcoef(counts.T)
    assert correlation[~np.eye(10, dtype=bool)] == pytest.approx(np.full(90, -1 / 9), abs=0.07)


def test_sums_of_a_draw_are_those_of_its_rows(small_answers):
    sizes = row_blocks(small_answers.n, 8192)
    seeds = SeedSequence(5).spawn(3)
    with ThreadPoolExecutor(2) as pool:
        sums = resampled_sums(small_answers, [WithReplacement(seed, sizes) for seed in seeds], pool)
    counts = drawn(small_answers.n, 8192, 3, seed=5)
    for draw in range(3):
        rows = np.repeat(small_answers.values.astype(float), counts[draw].astype(int), axis=0)
        moments = sums.moments(small_answers.n)
        assert moments.mean[draw] == pytest.approx(rows.mean(axis=0), abs=1e-12)
        assert moments.covariance[draw] == pytest.approx(np.cov(rows.T), abs=1e-10)


def test_draws_without_variance_are_left_out_and_counted(small_model, small_answers):
    """An item on which one person differs is constant in a draw without that person: (1 − 1/n)^n of them."""
    values = small_answers.values.copy()
    column = small_answers.items.index("CUSA1")
    values[:, column] = 7
    values[0, column] = 3
    result = analyse(
        model=small_model, answers=Answers(small_answers.items, values), options=Options(draws=1000)
    )
    expected = 1000 * (1 - 1 / 250) ** 250
    assert result.bootstrap.failed == pytest.approx(expected, abs=4 * np.sqrt(expected))
    assert len(result.bootstrap.values["paths"]) == 1000 - result.bootstrap.failed
    assert "draws-failed" in [warning.name for warning in result.warnings]
