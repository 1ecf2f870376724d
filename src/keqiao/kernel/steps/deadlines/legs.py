"""Each declared deadline as one leg of a union: the same columns of all, through the policy of each."""

from typing import Any

from django.db.models import (
    Case,
    CharField,
    DateField,
    F,
    IntegerField,
    Q,
    QuerySet,
    Value,
    When,
)  # fmt: skip
from django.db.models.functions import Cast

from keqiao.kernel.platform import policy
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.steps.deadlines.declaration import Deadline

LONGEST = 200  # of a name
NEVER = policy.NOTHING.children
DAY = "due_day"
COLUMNS = ("due_about", "due_place", "due_part", "due_name", DAY, "due_asked", "due_provisional")


def rows(deadline: Deadline, actor: Actor, wanted: Q) -> "QuerySet[Any]":
    """Open rows of this kind that the person sees, with their day."""
    seen = policy.visible(deadline.model, actor).filter(deadline.when, _open(deadline), wanted)
    return _dated(seen, deadline)


def first(seen: "QuerySet[Any]", deadline: Deadline, limit: int) -> "QuerySet[Any]":
    """The earliest of them. Databases take no limit inside a union, but a condition they do."""
    earliest = seen.order_by(DAY, "pk").values("pk")[:limit]
    rows = deadline.model._default_manager.filter(pk__in=earliest)  # noqa: SLF001 - of rows found by the policy
    return _dated(rows, deadline)


def leg(seen: "QuerySet[Any]", deadline: Deadline, number: int, actor: Actor) -> "QuerySet[Any]":
    """The rows in the columns that all kinds have; `number` is the place of the kind among those asked for."""
    asked = deadline.waits_for.asks(deadline, actor)
    named = F(deadline.named) if deadline.named else Value("")
    columns = {
        "due_about": F(deadline.path("pk")),
        "due_place": Value(number, output_field=IntegerField()),
        "due_part": F("pk"),
        "due_name": Cast(named, CharField(max_length=LONGEST)),
        "due_asked": _whether(asked),
        "due_provisional": _whether(deadline.provisional),
    }
    seen = seen.annotate(**columns)
    return seen.values_list(*COLUMNS)


def union(parts: list["QuerySet[Any]"], limit: int | None) -> "QuerySet[Any] | None":
    """All legs by day, what has none last; None where there is no leg."""
    if not parts:
        return None
    whole = parts[0].union(*parts[1:], all=True)
    return whole.order_by(F(DAY).asc(nulls_last=True), "due_place", "due_part")[:limit]


def _open(deadline: Deadline) -> Q:
    return prefixed(deadline.about_of.open, deadline.about)


def prefixed(condition: Q, path: str) -> Q:
    """A condition on what a row belongs to, asked from the row."""
    if not path:
        return condition
    copy = Q(_connector=condition.connector, _negated=condition.negated)
    copy.children = [_prefixed(child, path) for child in condition.children]
    return copy


def _prefixed(part: Any, path: str) -> Any:
    return prefixed(part, path) if isinstance(part, Q) else (f"{path}__{part[0]}", part[1])


def _dated(seen: "QuerySet[Any]", deadline: Deadline) -> "QuerySet[Any]":
    dated: QuerySet[Any] = seen.order_by().annotate(**{DAY: _day(deadline)})
    return dated


def _day(deadline: Deadline) -> Any:
    if deadline.day is None:
        return Cast(Value(None), DateField())
    return F(deadline.day) if isinstance(deadline.day, str) else deadline.day


def never(condition: Q) -> bool:
    """Whether it is NOTHING. Two conditions aren't compared for it: that would compare the reader's number."""
    return not condition.negated and condition.children == NEVER


def always(condition: Q) -> bool:
    """Whether it is EVERYTHING, or asks nothing."""
    return not condition.children or (condition.negated and condition.children == NEVER)


def _whether(condition: Q) -> Any:
    """The condition as a column. What is always or never so isn't asked of the database."""
    if never(condition):
        return Value(0, output_field=IntegerField())
    if always(condition):
        return Value(1, output_field=IntegerField())
    return Case(When(condition, then=Value(1)), default=Value(0), output_field=IntegerField())
