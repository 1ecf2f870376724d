"""What depends on nothing of a person but kind, roles and clearance: worked out once for all who are alike.

That it depends on nothing else is not taken on trust. It is worked out for two stand-ins, whose numbers are nobody's and
notice when they are compared; it is kept only if both got the same, no number was compared and the database wasn't asked.
Otherwise it is worked out for each person. What is kept belongs to the policies of now and to this day.
"""

import sys
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import connection

from keqiao.kernel.platform import clock, policy
from keqiao.kernel.platform.actors import Actor

T = TypeVar("T")
MOST = 500  # of all that is kept; then all is forgotten
NUMBERS = 1_900_000_000  # where no row of ours is, within every column of whole numbers
UNKNOWN: Any = object()
APART: Any = object()  # stands for what each person has for themselves
_kept: dict[Hashable, Any] = {}


class Number(int):
    """The number of a stand-in. Code that compares it, or looks it up in a set, treats one person unlike another, and
    what it makes is nothing for all. Django compares whole expressions with each other: that tells nobody apart."""

    compared = False

    def _told(self, answer: int) -> int:
        asker = sys._getframe(2).f_globals["__name__"]  # noqa: SLF001 - no other way to know who compares
        self.compared = self.compared or not asker.startswith("django.")
        return answer

    def __eq__(self, other: object) -> bool:
        return bool(self._told(int(self) == other))

    def __ne__(self, other: object) -> bool:
        return bool(self._told(int(self) != other))

    def __lt__(self, other: int) -> bool:
        return bool(self._told(int(self) < other))

    def __gt__(self, other: int) -> bool:
        return bool(self._told(int(self) > other))

    def __le__(self, other: int) -> bool:
        return bool(self._told(int(self) <= other))

    def __ge__(self, other: int) -> bool:
        return bool(self._told(int(self) >= other))

    def __hash__(self) -> int:
        return self._told(hash(int(self)))


@dataclass(frozen=True)
class StandIn:
    """Someone of the same kind, roles and clearance, with numbers nobody has."""

    pk: Number | None
    kind: str
    roles: frozenset[str]
    clearance: int
    enterprise_id: Number | None
    name: str = ""

    @property
    def told_apart(self) -> bool:
        return any(one is not None and one.compared for one in (self.pk, self.enterprise_id))


def stand_in(actor: Actor, start: int) -> StandIn:
    pk = None if actor.pk is None else Number(start)
    enterprise = None if actor.enterprise_id is None else Number(start + 1)
    return StandIn(pk, actor.kind, actor.roles, actor.clearance, enterprise)


def likeness(actor: Actor) -> Hashable:
    """The same for all who are alike, as long as no policy is changed and on the same day."""
    person = (actor.kind, actor.roles, actor.clearance, actor.pk is None, actor.enterprise_id is None)
    return person, policy.in_force(), clock.today()


def kept(key: Hashable, actor: Actor, build: Callable[[Actor], T]) -> T:
    """`build(actor)`. `key` names everything else that it depends on."""
    known = (key, likeness(actor))
    result = _kept.get(known, UNKNOWN)
    if result is UNKNOWN:
        if len(_kept) >= MOST:
            _kept.clear()
        result = _kept[known] = _common(actor, build)
    return build(actor) if result is APART else result


@contextmanager
def noted() -> Iterator[list[str]]:
    """What the database is asked for meanwhile: its answer about a stand-in is nobody's."""
    asked: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield asked


def _common(actor: Actor, build: Callable[[Actor], T]) -> T:
    pair = stand_in(actor, NUMBERS), stand_in(actor, NUMBERS + 10)
    with noted() as asked:
        first, second = (build(one) for one in pair)
    shared = not asked and not any(one.told_apart for one in pair) and first == second
    return first if shared else APART
