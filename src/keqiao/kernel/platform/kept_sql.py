"""SQL compiled once for everybody of the same kind, roles and clearance, and then only filled in.

A union over all that is declared takes longer to compile than to answer. Which rows are open to a person is a function
of the actor alone (see `Actor`), so that two people who differ only in their numbers differ only in the values of the
same statement. That is not taken on trust: the statement is compiled for two stand-ins whose numbers notice when they
are compared, and kept only if nothing but these numbers differs, none was compared with anything and the database wasn't
asked. Otherwise it is compiled for each reader, as any other.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection

from keqiao.kernel.platform import alike
from keqiao.kernel.platform.actors import Actor

Value = int | date | tuple[int, ...]
Given = Mapping[str, Value]
Build = Callable[[Actor, Given], Any]  # gives a QuerySet, or a union of them
MOST = 500  # statements; then all are forgotten
SMALLEST = 8
DAYS = date(1001, 1, 1)  # where no day of ours is


@dataclass(frozen=True)
class Slot:
    """A place to be filled with a value of the reader; `of` is the type in which the database takes it."""

    name: str
    at: int
    of: type


@dataclass(frozen=True)
class Statement:
    sql: str
    params: tuple[Any, ...]


UNKNOWN, NOTHING = Statement("", ()), Statement("", ())
_kept: dict[Hashable, Statement | None] = {}


def read(key: Hashable, *, actor: Actor, given: Given, build: Build) -> list[tuple[Any, ...]]:
    """The rows of `build(actor, given)`. `key` names everything else that the statement depends on; a tuple of numbers
    is padded (see `padded`), and its length belongs to the key by itself."""
    found = statement(key, actor, given, build)
    if found is None:
        return []
    with connection.cursor() as cursor:
        cursor.execute(found.sql, found.params)
        return list(cursor.fetchall())


def padded(numbers: list[int]) -> tuple[int, ...]:
    """The numbers, the last of them repeated up to a power of two, so that few lengths occur."""
    size = SMALLEST
    while size < len(numbers):
        size *= 2
    return (*numbers, *numbers[-1:] * (size - len(numbers)))


def statement(key: Hashable, actor: Actor, given: Given, build: Build) -> Statement | None:
    """What is sent to the database for this reader; None where there is nothing to read."""
    lengths = tuple((name, len(value)) for name, value in given.items() if isinstance(value, tuple))
    known = (key, lengths, alike.likeness(actor))
    template = _kept.get(known, UNKNOWN)
    if template is UNKNOWN:
        if len(_kept) >= MOST:
            _kept.clear()
        template = _kept[known] = _common(actor, given, build)
    if template is None:
        return compiled(build(actor, given))
    if template is NOTHING:
        return None
    return _filled(template, _values(actor, given))


def _common(actor: Actor, given: Given, build: Build) -> Statement | None:
    """The statement with slots for what differs, NOTHING where there is nothing to read; None where it can't be shared."""
    pairs = [_stand_in(actor, given, number) for number in (1, 2)]
    with alike.noted() as asked:
        first, second = (compiled(build(*pair)) or NOTHING for pair in pairs)
    if asked or first.sql != second.sql or any(one.told_apart for one, _ in pairs):
        return None
    if first is NOTHING:
        return NOTHING
    values = [_values(*pair) for pair in pairs]
    params = [_param(*both, values) for both in zip(first.params, second.params, strict=True)]
    return None if any(one is _param for one in params) else Statement(first.sql, tuple(params))


def _param(first: Any, second: Any, values: list[dict[tuple[str, int], Any]]) -> Any:
    """The value itself where both have the same, the slot where each has its own; this function where neither is so."""
    if first == second:
        return first
    found = [place for place, value in values[0].items() if value == first and values[1][place] == second]
    return Slot(*found[0], of=type(first)) if found else _param


def _filled(template: Statement, values: dict[tuple[str, int], Any]) -> Statement:
    params = [_fill(one, values) if type(one) is Slot else one for one in template.params]
    return Statement(template.sql, tuple(params))


def _fill(slot: Slot, values: dict[tuple[str, int], Any]) -> Any:
    value = values[slot.name, slot.at]
    return value if slot.of is date else slot.of(value)


def compiled(rows: Any) -> Statement | None:
    """A query as it is for one reader alone."""
    if rows is None:
        return None
    try:
        sql, params = rows.query.sql_with_params()
    except EmptyResultSet:
        return None
    return Statement(sql, tuple(params))


def _stand_in(actor: Actor, given: Given, number: int) -> tuple[alike.StandIn, dict[str, Value]]:
    start = alike.NUMBERS + number * 10_000_000
    made: dict[str, Value] = {}
    for place, (name, value) in enumerate(given.items()):
        here = start + 100 + place * 100_000
        if isinstance(value, tuple):
            made[name] = tuple(here + n for n in range(len(value)))
        else:
            days = timedelta(days=number * 100 + place)
            made[name] = DAYS + days if isinstance(value, date) else here
    return alike.stand_in(actor, start), made


def _values(actor: Actor, given: Given) -> dict[tuple[str, int], Any]:
    """Everything that may fill a slot, as the database takes it."""
    found: dict[tuple[str, int], Any] = {("actor", 0): actor.pk, ("enterprise", 0): actor.enterprise_id}
    for name, value in given.items():
        many = value if isinstance(value, tuple) else (value,)
        for n, one in enumerate(many):
            found[name, n] = connection.ops.adapt_datefield_value(one) if isinstance(one, date) else one
    return found
