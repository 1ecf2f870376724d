"""Ties between persons and bodies, for recusal and conflict checks: employment, joint project, share, rival.

    tie("contact", label=_("Contact of"), model=Contact, ends=((Contact, "pk"), (Enterprise, "enterprise_id")))

An end is a kind of row and the path to its number. Whether a conflict exists must not depend on who asks, so a check
asks as the system; what is shown to a person is asked for as that person.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Model, Q

from keqiao.kernel.platform import clock, policy
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Text
from keqiao.kernel.steps import modules
from keqiao.kernel.steps.declarations import DeclarationError, declared_by
from keqiao.kernel.steps.declared_fields import must_be_day, must_be_read, must_select

End = tuple[type[Model], str]
Node = tuple[str, int]  # label and number of a person or a body


@dataclass(frozen=True)
class Kind:
    kind: str
    label: Text
    model: type[Model]
    ends: tuple[End, End]
    when: Q
    since: str
    until: str
    by: str  # the Python module that declares it


@dataclass(frozen=True)
class Tie:
    """`source` is the row that says so; `since` and `until` are None where it doesn't say."""

    kind: str
    label: str
    a: Node
    b: Node
    since: date | None
    until: date | None
    source: Node


_kinds: dict[str, Kind] = {}


def tie(
    kind: str,
    *,
    label: Text,
    model: type[Model],
    ends: tuple[End, End],
    when: Q | None = None,
    since: str = "",
    until: str = "",
) -> None:
    """Each row of `model` where `when` holds ties its two ends; `since` and `until` are paths to days."""
    where = must_be_read(model, *(path for _kind, path in ends))
    must_select(model, when or Q())
    for day in filter(None, (since, until)):
        must_be_day(model, day)
    if kind in _kinds:
        raise DeclarationError(
            where=where,
            expected="a kind of its own",
            came=kind,
            remedy="Name the kind of tie after what ties the two.",
        )
    _kinds[kind] = Kind(kind, label, model, ends, when or Q(), since, until, declared_by())


def node_of(row: Model) -> Node:
    return row._meta.label_lower, row.pk


def ties_of(row: Model, *, actor: Actor) -> list[Tie]:
    """The ties of a person or a body, as far as `actor` sees the rows that say so."""
    return list(_ties(node_of(row), actor))


def ties_between(a: Model, b: Model, *, actor: Actor) -> list[tuple[Tie, ...]]:
    """How two are tied: directly, by one tie, or through a third, by two. Direct ones first."""
    end = node_of(b)
    mine, theirs = ties_of(a, actor=actor), ties_of(b, actor=actor)
    direct: list[tuple[Tie, ...]] = [(tie,) for tie in mine if tie.b == end]
    through = [(tie, other) for tie in mine for other in theirs if tie.b == other.b and tie.b != end]
    return direct + [pair for pair in through if pair[0].source != pair[1].source]


def _ties(node: Node, actor: Actor) -> Iterator[Tie]:
    """Each seen from `node`, which is end a."""
    for kind in _kinds.values():
        for mine, other in (kind.ends, kind.ends[::-1]):
            if mine[0]._meta.label_lower == node[0]:
                yield from _rows(kind, node, mine[1], other, actor)


def _rows(kind: Kind, node: Node, mine: str, other: End, actor: Actor) -> Iterator[Tie]:
    rows = policy.visible(kind.model, actor).filter(
        kind.when, **{mine: node[1], f"{other[1]}__isnull": False}
    )
    paths = dict.fromkeys(filter(None, ("pk", other[1], kind.since, kind.until)))
    for row in rows.order_by("pk").values(*paths):
        yield Tie(
            kind.kind,
            str(kind.label),
            node,
            (other[0]._meta.label_lower, row[other[1]]),
            _day(row, kind.since),
            _day(row, kind.until),
            (kind.model._meta.label_lower, row["pk"]),
        )


def _day(row: dict[str, Any], path: str) -> date | None:
    value = row[path] if path else None
    return clock.day_of(value) if isinstance(value, datetime) else value


modules.describe("ties", lambda: (kind.by for kind in _kinds.values()))
