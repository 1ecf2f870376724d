"""The slow tests first: whoever is done takes the short ones over, and nobody waits at the end."""

import os

import pytest


def slow_first(items: list[pytest.Item]) -> None:
    """xdist hands the list out in pieces, one a worker. Neighbours stay together: they stand on the same prepared database,
    which one process lays out while the others wait."""
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    slow = [item for item in items if item.get_closest_marker("slow")]
    short = [item for item in items if not item.get_closest_marker("slow")]
    items[:] = [item for n in range(workers) for some in (slow, short) for item in piece(some, n, workers)]


def piece(items: list[pytest.Item], n: int, workers: int) -> list[pytest.Item]:
    return items[len(items) * n // workers : len(items) * (n + 1) // workers]
