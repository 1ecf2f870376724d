"""Buckets find the same edges as a search, on every threshold and one float beside it."""

import numpy as np
import pytest

from eligibility.bulk.buckets import buckets_of


def around(edges):
    """The edges, the floats beside them, what lies between and far outside."""
    beside = [np.nextafter(edges, end) for end in (-np.inf, np.inf)]
    between = (edges[1:] + edges[:-1]) / 2
    return np.concatenate([edges, *beside, between, [-1e300, -0.0, 0.0, 1e300, -np.inf, np.inf]])


@pytest.mark.parametrize(
    "edges",
    [
        np.array([0.05, 0.1, 0.1, 0.3]),  # >= and > on one threshold
        np.arange(100, 350) / 1000,
        np.array([-0.5, 0.0, 0.05, 0.15, 0.25, 0.35]),
        np.array([5e7, 5.1e7, 2e8, 2.5e8]),
        1 + np.arange(200) * 0.013,
    ],
)
def test_buckets_count_as_a_search_does(edges):
    buckets = buckets_of(edges)
    values = around(edges)
    passed, equal = buckets.passed(values)
    assert passed.tolist() == np.searchsorted(edges, values, side="left").tolist()
    assert equal.tolist() == np.isin(values, edges).tolist()


@pytest.mark.parametrize(
    "edges",
    [
        np.array([0.1, 0.2]),  # comparing with both is faster
        np.array([0.1, 0.1, 0.1]),
        np.array([0.0, 1e-9, 1.0]),  # too close for the most buckets
        np.arange(256.0),
    ],
)
def test_where_a_search_is_better_there_are_none(edges):
    assert buckets_of(edges) is None
