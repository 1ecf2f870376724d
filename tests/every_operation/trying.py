"""One operation tried on its example: prepare, take the step, look what changed."""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from django.db import connection, transaction
from tests.every_operation.example import Example, example_of
from tests.factories.world import World

from keqiao.kernel.models import Blob, Entry
from keqiao.kernel.platform import policy
from keqiao.kernel.platform.actors import SYSTEM, Actor
from keqiao.kernel.steps.operation import Operation, get, run
from keqiao.kernel.steps.params import ParamKind


def only(chosen):
    """Run a test for the operations that `chosen` picks."""

    def mark(test):
        test.only = chosen
        return test

    return mark


KINDS = {
    "visitor": "visitor", "client": "client", "other client": "client", "expert": "expert", "other expert": "expert",
}  # fmt: skip
STAFF = "staff"


@dataclass(frozen=True, kw_only=True)
class Trial:
    world: World
    name: str

    @property
    def op(self) -> Operation:
        return get(self.name)

    @property
    def example(self) -> Example:
        return example_of(self.name)

    @property
    def states(self) -> tuple[str, ...]:
        return self.example.states or self.op.when or ("",)

    @property
    def first(self) -> str:
        return self.example.asked_in or self.states[0]

    def subject(self, state: str | None = None) -> Any:
        if self.op.creates:
            return None
        wanted = self.first if state is None else state
        made = (
            self.example.subject(self.world, wanted)
            if self.example.subject
            else self.world.of(self.op.model, wanted)
        )
        return again(made)

    def actor(self, key: str = "") -> Actor:
        key = key or self.example.by
        return SYSTEM if key == "system" else self.world.person(key)

    def values(self, subject: Any) -> dict[str, Any]:
        return self.example.values(self.world, subject)

    def take(self, subject: Any, *, by: str = "", values: dict[str, Any] | None = None, **how: Any) -> Any:
        given = self.values(subject) if values is None else values
        about = {} if self.op.creates else {self.op.subject: subject}
        return run(self.op, actor=self.actor(by), **how, **about, **given)

    def open_to(self, key: str, subject: Any) -> bool:
        """What page, endpoint and command ask before anything else: whether the row is there for this person, and
        whether the step is theirs."""
        actor = self.actor(key)
        if subject is not None and not policy.visible(self.op.model, actor).filter(pk=subject.pk).exists():
            return False
        return bool(self.op.permission(actor, subject))

    def one_of_each_kind(self, keys: Iterable[str]) -> list[str]:
        """Another one at each operation, so that in the end all have come."""
        kinds: dict[str, list[str]] = {}
        for key in keys:
            kinds.setdefault(KINDS.get(key, STAFF), []).append(key)
        turn = crc32(self.name.encode())
        return [of_kind[turn % len(of_kind)] for of_kind in kinds.values()]

    def other(self, subject: Any) -> tuple[Any, dict[str, Any]]:
        """A request that differs: another value, or another subject where there is none to change."""
        values = self.values(subject)
        if changed := self.example.others(self.world, subject):
            return subject, {**values, **changed}
        for param in self.op.params:
            if param.of is ParamKind.TEXT and param.name in values:
                return subject, {**values, param.name: f"{values[param.name]}（改）"}
        absent = copy(subject)
        absent.pk += 1_000_000
        return absent, values


def again(row: Any) -> Any:
    return type(row)._default_manager.get(pk=row.pk)


class undone:  # noqa: N801 - reads as what it does
    """`with undone():` what happens inside leaves no trace."""

    def __enter__(self):
        self.sid = transaction.savepoint()

    def __exit__(self, *error):
        transaction.savepoint_rollback(self.sid)


def entries_since(last: int) -> list[Entry]:
    return list(Entry.objects.filter(pk__gt=last).order_by("pk"))


def last_entry() -> int:
    return Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def newest_file() -> int:
    return Blob.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def everything(subject: Any = None) -> tuple[dict[str, int], Any]:
    """How many rows each table has, and the fields of `subject`."""
    tables = connection.introspection.django_table_names(only_existing=False)
    quoted = [(table, connection.ops.quote_name(table)) for table in tables]
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(f"SELECT '{table}', COUNT(*) FROM {name}" for table, name in quoted)
        )
        counts = dict(cursor.fetchall())
    rows = type(subject)._default_manager.filter(pk=subject.pk).values() if subject is not None else ()
    return counts, list(rows)
