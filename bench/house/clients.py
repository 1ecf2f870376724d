"""Many who do something at the same time: as many processes as the machine has cores, as the site itself is started."""

import multiprocessing
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connections

from house import ground
from house.figures import percentile

Call = Callable[[int], None]


@dataclass(frozen=True)
class Load:
    """What became of it: `times` in seconds, of each call; `seconds` from the first begin to the last end."""

    times: list[float]
    seconds: float
    errors: list[str]

    @property
    def rate(self) -> float:
        return len(self.times) / self.seconds

    def late(self, share: float) -> float:
        return percentile(self.times, share)


def nothing() -> None:
    """Most need no preparation."""


def together(count: int, total: int, call: Call, prepare: Callable[[], None] = nothing) -> Load:
    """`count` clients take the numbers below `total` in turn; each process calls `prepare` first. What they raise is counted
    and not passed on."""
    connections.close_all()  # no child inherits one
    fork = multiprocessing.get_context("fork")
    processes = min(ground.cores(), count)
    ready, answers = fork.Barrier(processes + 1), fork.SimpleQueue()
    children = []
    for place in range(processes):
        threads = count // processes + (place < count % processes)
        numbers = range(place, total, processes)
        child = fork.Process(target=_process, args=(threads, numbers, call, prepare, ready, answers))
        child.start()
        children.append(child)
    ready.wait()
    begun = time.perf_counter()
    parts = [answers.get() for _child in children]
    seconds = time.perf_counter() - begun
    for child in children:
        child.join()
    times = [each for part, _errors in parts for each in part]
    errors = [each for _times, part in parts for each in part]
    for each in errors[:3]:
        print(f"   {each}", flush=True)
    return Load(times, seconds, errors)


def _process(
    threads: int, numbers: range, call: Call, prepare: Callable[[], None], ready: Any, answers: Any
) -> None:
    prepare()
    queue, lock = iter(numbers), threading.Lock()
    times: list[float] = []
    errors: list[str] = []

    def work() -> None:
        while True:
            with lock:
                number = next(queue, None)
            if number is None:
                break
            begun = time.perf_counter()
            try:
                call(number)
            except Exception as error:  # noqa: BLE001 - whatever goes wrong is counted
                errors.append(repr(error))
            times.append(time.perf_counter() - begun)
        connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(threads)]
    ready.wait()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    answers.put((times, errors))
