"""Rows in slices, and slices over the cores."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any


def blocks(rows: int, size: int) -> Iterator[slice]:
    """The rows in slices of at most `size`."""
    return (slice(start, min(start + size, rows)) for start in range(0, rows, size))


def over_cores(rows: int, size: int, work: Callable[[slice], Any]) -> list[Any]:
    """`work`, which does not hold the interpreter lock, on slices of at most `size` rows, over the cores."""
    parts = list(blocks(rows, size))
    if len(parts) == 1:
        return [work(parts[0])]
    with ThreadPoolExecutor(max_workers=cores()) as pool:
        return list(pool.map(work, parts))


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
