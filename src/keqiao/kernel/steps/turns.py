"""Which number each of several steps under way will get, so that each can put it on its paper before it holds the database.

Numbers are given out by the counter alone, in the transaction that uses them (`numbering.py`); here they are only
expected. Who rehearses takes the next that nobody else on this machine expects, and is carried out after those before.
Where somebody gives up, or another machine takes a number, the expectation is wrong and the paper is made anew.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from keqiao.kernel.platform.file_locks import FileLock, try_lock

MOST = 64  # steps of one kind that expect a number at the same time
PATIENCE = 2.0  # seconds for those before; whoever is slower is overtaken
LOOK = 0.002


@dataclass
class Turns:
    """The numbers that one step expects."""

    _expected: dict[tuple[str, int, int], FileLock] = field(default_factory=dict)
    _again: list[tuple[str, int, int]] = field(default_factory=list)

    def rehearse(self) -> None:
        """From the beginning: the same numbers are expected in the same order."""
        self._again = list(self._expected)

    def number(self, kind: str, year: int, last: int) -> int:
        """The first after `last` that no other step expects."""
        for place in self._again:
            if place[:2] == (kind, year):
                self._again.remove(place)
                return place[2]
        for number in range(last + 1, last + MOST):
            lock = None if (kind, year, number) in self._expected else try_lock(_name(kind, year, number))
            if lock:
                self._expected[kind, year, number] = lock
                return number
        return last + 1

    def wait(self, last: Callable[[str, int], int]) -> None:
        """Until those before have their numbers, or gave up. `last(kind, year)` reads the counter."""
        end = time.monotonic() + PATIENCE
        for kind, year, number in self._expected:
            while last(kind, year) < number - 1 and not self._is_free(kind, year, number - 1):
                if time.monotonic() > end:
                    return
                time.sleep(LOOK)

    def over(self) -> None:
        for lock in self._expected.values():
            lock.release()
        self._expected.clear()

    def _is_free(self, kind: str, year: int, number: int) -> bool:
        if (kind, year, number) in self._expected:
            return True
        lock = try_lock(_name(kind, year, number))
        if lock is None:
            return False
        lock.release()
        return True


def _name(kind: str, year: int, number: int) -> str:
    return f"number-{kind}-{year}-{number % MOST}"
