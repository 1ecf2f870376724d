"""What is due: of one person, of the whole institution, of some things, or to be reminded of.

Whatever the number of declarations it is one query, and one more for what the rows belong to.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Model, Q

from keqiao.kernel.platform import kept_sql
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.policy import EVERYTHING
from keqiao.kernel.platform.reckoned import ReckonedDay
from keqiao.kernel.steps.deadlines import legs, places
from keqiao.kernel.steps.deadlines.declaration import Deadline
from keqiao.kernel.steps.deadlines.pending import Pending, Span
from keqiao.kernel.steps.deadlines.people import Who, in_hand
from keqiao.kernel.steps.deadlines.registry import declared

MOST = 1000
Rows = Callable[[Deadline, Actor, kept_sql.Given], Any]  # the rows of one kind; None where it isn't asked


def own(actor: Actor, span: Span) -> list[Pending]:
    """What waits for this person, and what waits for the client of what they have in hand."""

    dated = tuple(deadline for deadline in declared() if not deadline.undated)

    def rows(deadline: Deadline, reader: Actor, arguments: kept_sql.Given) -> Any:
        return legs.rows(deadline, reader, concerns(deadline, reader)).filter(_between(arguments))

    return _placed(_within("own", actor, span, dated, rows), actor)


@dataclass(frozen=True)
class Desk:
    """What a person has to do or to see to: all that waits for their decision, and a stretch of the rest. `behind` is how
    many of the rest come after it; with `uncounted` there are more than were read."""

    decisions: list[Pending]
    rest: list[Pending]
    behind: int
    uncounted: bool = False


def desk(actor: Actor, last: date, *, first: int, limit: int) -> Desk:
    """Decisions whatever their day; of the rest what is due until `last` or has no day, from place `first` on."""
    approvals = [deadline for deadline in declared() if deadline.waits_for.who is Who.APPROVER]
    deciding = tuple(
        deadline for deadline in approvals if not legs.never(deadline.waits_for.asks(deadline, actor))
    )
    others = tuple(deadline for deadline in declared() if deadline.waits_for.who is not Who.APPROVER)

    def asked(deadline: Deadline, reader: Actor, _given: kept_sql.Given) -> Any:
        return legs.rows(deadline, reader, deadline.waits_for.asks(deadline, reader))

    def rows(deadline: Deadline, reader: Actor, arguments: kept_sql.Given) -> Any:
        undated = Q(**{f"{legs.DAY}__isnull": True})
        return legs.rows(deadline, reader, concerns(deadline, reader)).filter(_between(arguments) | undated)

    decisions = _read("decisions", actor, {}, deciding, asked, limit=None) if deciding else []
    rest = _within("rest", actor, Span(last=last, limit=MOST), others, rows)
    shown = rest[first : first + limit]
    placed = _placed([*decisions, *shown], actor)
    behind = max(0, len(rest) - first - limit)
    return Desk(placed[: len(decisions)], placed[len(decisions) :], behind, uncounted=len(rest) == MOST)


def all_of(actor: Actor, span: Span) -> list[Pending]:
    """What the institution owes, of everything this person sees."""
    listed = tuple(deadline for deadline in declared() if deadline.listed)

    def rows(deadline: Deadline, reader: Actor, arguments: kept_sql.Given) -> Any:
        seen = legs.rows(deadline, reader, EVERYTHING).filter(_between(arguments))
        return legs.first(seen, deadline, span.limit)

    return _placed(_within("all", actor, span, listed, rows), actor)


def to_remind_of(actor: Actor, last: date) -> list[Pending]:
    """What this person is to be reminded of, due until then."""
    dated = tuple(deadline for deadline in declared() if deadline.day is not None)

    def rows(deadline: Deadline, reader: Actor, arguments: kept_sql.Given) -> Any:
        return legs.rows(deadline, reader, deadline.waits_for.reminds(deadline, reader)).filter(
            _between(arguments)
        )

    return _placed(_within("remind", actor, Span(last=last, limit=MOST), dated, rows), actor)


def waiting_for(actor: Actor) -> list[Pending]:
    """Everything that waits for this person, whatever its day."""

    def rows(deadline: Deadline, reader: Actor, _given: kept_sql.Given) -> Any:
        return legs.rows(deadline, reader, deadline.waits_for.asks(deadline, reader))

    return _placed(_read("asked", actor, {}, declared(), rows), actor)


def of(model: type[Model], keys: Sequence[int], actor: Actor) -> list[Pending]:
    """What these things wait for, by day: all parts of them, without their own steps. Their places are left to the
    caller, who has them."""
    parts = tuple(deadline for deadline in declared() if deadline.about_model is model and not deadline.step)

    def rows(deadline: Deadline, reader: Actor, arguments: kept_sql.Given) -> Any:
        return legs.rows(deadline, reader, Q(**{deadline.path("pk__in"): arguments["keys"]}))

    return _read(("of", model), actor, {"keys": kept_sql.padded(sorted(keys))}, parts, rows) if keys else []


def late_parts(model: type[Model], actor: Actor, last: date, *, each: int) -> list[Pending]:
    """Of each kind of part that marks such a thing late, the `each` longest due by then."""
    marks = tuple(deadline for deadline in declared() if deadline.about_model is model and deadline.marks)

    def rows(deadline: Deadline, reader: Actor, arguments: kept_sql.Given) -> Any:
        return legs.first(legs.rows(deadline, reader, EVERYTHING).filter(_between(arguments)), deadline, each)

    return _read(("late", model, each), actor, {"last": last}, marks, rows, limit=each * max(1, len(marks)))


def concerns(deadline: Deadline, actor: Actor) -> Q:
    """Rows of this kind that belong on the person's own list."""
    asked = deadline.waits_for.asks(deadline, actor)
    if deadline.waits_for.who is not Who.CLIENT or not deadline.followed:
        return asked
    theirs = in_hand(deadline, actor)
    return theirs if legs.never(asked) else asked | theirs


def _between(arguments: kept_sql.Given) -> Q:
    until = Q(**{f"{legs.DAY}__lte": arguments["last"]})
    return until & Q(**{f"{legs.DAY}__gte": arguments["first"]}) if "first" in arguments else until


def _within(name: object, actor: Actor, span: Span, kinds: tuple[Deadline, ...], rows: Rows) -> list[Pending]:
    arguments: dict[str, kept_sql.Value] = {"last": span.last}
    if span.first is not None:
        arguments["first"] = span.first
    return _read(name, actor, arguments, kinds, rows, limit=span.limit)


def _read(
    name: object,
    actor: Actor,
    arguments: kept_sql.Given,
    kinds: tuple[Deadline, ...],
    rows: Rows,
    limit: int | None = MOST,
) -> list[Pending]:
    def build(reader: Actor, values: kept_sql.Given) -> Any:
        numbered = [
            (number, deadline, rows(deadline, reader, values)) for number, deadline in enumerate(kinds)
        ]
        return legs.union(
            [
                legs.leg(seen, deadline, number, reader)
                for number, deadline, seen in numbered
                if seen is not None
            ],
            limit,
        )

    key = (name, kinds, limit, tuple(arguments))
    lines = kept_sql.read(key, actor=actor, arguments=arguments, build=build)
    return [
        Pending(kinds[number], pk, about, name, _date(day, provisional=bool(provisional)), bool(asked))
        for about, number, pk, name, day, asked, provisional in lines
    ]


def _placed(waits: list[Pending], actor: Actor) -> list[Pending]:
    known = places.of({wait.which for wait in waits}, actor)
    return [replace(wait, place=known.get(wait.which, places.UNKNOWN)) for wait in waits]


def _date(value: Any, *, provisional: bool) -> date | None:
    """SQLite gives days as text."""
    day = date.fromisoformat(value) if isinstance(value, str) else value
    return ReckonedDay.of(day, provisional=True) if day is not None and provisional else day
