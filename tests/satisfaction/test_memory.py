"""A million rows: working memory doesn't grow with them."""

import tracemalloc

import numpy as np
import pytest

from satisfaction.answers.csv_file import read_answers
from satisfaction.answers.table import Answers
from satisfaction.moments import moments_of
from satisfaction.pls.estimate import estimate
from satisfaction.pls.layout import Layout
from satisfaction.resample.sources import WithReplacement, row_blocks
from satisfaction.resample.sums import ROWS, resampled_sums

MILLION = 1_000_000
MEGABYTE = 2**20


class Here:
    """Runs work at once, in this thread, so that memory is that of one worker."""

    def map(self, work, *parts):
        return map(work, *parts)


def many(answers, n):
    return answers.keep(np.random.default_rng(1).integers(0, answers.n, n))


def peak(work):
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1] / MEGABYTE
    finally:
        tracemalloc.stop()


def test_estimating_a_million_rows_needs_a_few_megabytes(full_model, full_answers):
    answers, layout = many(full_answers, MILLION), Layout(full_model)
    used = peak(lambda: estimate(correlations=moments_of(answers).correlation()[None], layout=layout))
    assert used < 20


def test_bootstrap_memory_is_that_of_one_block_of_rows(small_answers):
    """Four times the rows, the same memory."""
    used = []
    for n in (2 * ROWS, 8 * ROWS):
        answers = many(small_answers, n)
        seeds = np.random.SeedSequence(1).spawn(32)
        sources = [WithReplacement(seed, row_blocks(n, ROWS)) for seed in seeds]
        used.append(peak(lambda answers=answers, sources=sources: resampled_sums(answers, sources, Here())))
    assert used[1] < 1.2 * used[0]


def test_answers_are_kept_in_four_bytes_each(full_answers):
    assert full_answers.values.dtype == np.float32


def test_fractions_that_need_it_are_kept_exactly(tmp_path, small_model):
    path = tmp_path / "answers.csv"
    path.write_text(",".join(small_model.items) + "\n" + ",".join(["7.3"] * 13) + "\n")
    answers = read_answers(path, small_model)
    assert answers.values.dtype == np.float64
    assert answers.values[0, 0] == 7.3


def test_a_long_file_is_read_in_blocks(tmp_path, small_model, small_answers):
    path = tmp_path / "answers.csv"
    rows = [",".join(f"{value:g}" for value in row) for row in small_answers.values]
    path.write_text("\n".join([",".join(small_model.items), *rows * 80]))
    answers = read_answers(path, small_model)
    assert answers.n == 20_000
    assert isinstance(answers, Answers)
    assert moments_of(answers).mean == pytest.approx(moments_of(small_answers).mean, abs=1e-12)
