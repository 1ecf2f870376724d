"""What a step makes that takes long and needs no lock: a paper typeset, a file sealed. It is made before the step holds the
database, and taken from here once it does (decision 0084).

A step whose body calls `made(key, make)` is rehearsed: its body runs in a transaction that is rolled back as soon as it
needs something that isn't there; that is made while nobody waits; then the step is carried out for good, from the
beginning, with everything asked and checked anew. `key` says all that the thing is made of: what differs in the second
run is made anew, there and then. So only time depends on what was made ahead, never what is kept.

Which steps need this is learned in each process at the first time, which costs that step one run more.
"""

import copy
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model

from keqiao.kernel.steps.turns import Turns

T = TypeVar("T")
MOST = 3  # things of one step that are made ahead
_known: dict[str, int] = {}  # how many things the steps made that made any, by their names


class _NotThere(Exception):  # noqa: N818 - an end, not a fault
    """Rolls back the run that would have to wait for it."""

    def __init__(self, key: Hashable, make: Callable[[], Any]) -> None:
        super().__init__(key)
        self.key, self.make = key, make


@dataclass
class _Step:
    name: str
    stops: bool = True  # at what isn't there
    rehearses: bool = False
    there: dict[Hashable, Any] = field(default_factory=dict)
    asked: int = 0  # things in this run
    turns: Turns = field(default_factory=Turns)


_running: ContextVar[_Step | None] = ContextVar("the outermost step under way", default=None)


def made(key: Hashable, make: Callable[[], T]) -> T:
    """What `make` gives; in a step it is called before the database is held. `key` holds all that the result depends on."""
    step = _running.get()
    if step is None:
        return make()
    step.asked += 1
    _known[step.name] = min(MOST, max(step.asked, _known.get(step.name, 0)))
    if key not in step.there:
        if step.stops:
            raise _NotThere(key, make)
        step.there[key] = make()
    there: T = step.there[key]
    return there


def expected_number(kind: str, year: int, last: Callable[[str, int], int]) -> int | None:
    """In a rehearsal the number that the step will probably get; None in a step carried out for good, which counts."""
    step = _running.get()
    return step.turns.number(kind, year, last(kind, year)) if step and step.rehearses else None


def carried_out(
    name: str, run: Callable[[], T], *, values: Iterable[Any], last: Callable[[str, int], int]
) -> T:
    """The result of `run`, a step that holds the database while it runs. Objects among `values` are as they were when it is
    run again. `last(kind, year)` reads the counter of a number."""
    if _running.get() is not None:  # a step within a step is part of the outermost
        return run()
    with _outermost(name) as step:
        before = [(item, copy.copy(item)) for item in _objects(values)]
        if name not in _known:
            try:
                return run()
            except _NotThere:
                _put_back(before)  # known from now on
        step.rehearses = True
        for _thing in range(_known[name]):
            _rehearse(step, run)
            _put_back(before)
        step.stops = step.rehearses = False
        step.turns.wait(last)
        step.asked = 0
        return run()


@contextmanager
def _outermost(name: str) -> Iterator[_Step]:
    step = _Step(name)
    token = _running.set(step)
    try:
        yield step
    finally:
        _running.reset(token)
        step.turns.over()


def _objects(values: Iterable[Any]) -> Iterator[Model]:
    for value in values:
        if isinstance(value, Model):
            yield value
        elif isinstance(value, list | tuple):
            yield from _objects(value)


def _put_back(before: list[tuple[Model, Model]]) -> None:
    for item, twin in before:
        item.__dict__.update(copy.copy(twin).__dict__)


def _rehearse(step: _Step, run: Callable[[], Any]) -> None:
    """Up to the next thing that isn't there, which is there then."""
    step.turns.rehearse()
    step.asked = 0
    try:
        with transaction.atomic():
            run()
            transaction.set_rollback(True)
    except _NotThere as lacking:
        step.there[lacking.key] = lacking.make()
