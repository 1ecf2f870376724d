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
from keqiao.kernel.steps.deadlines import legs, places
from keqiao.kernel.steps.deadlines.declaration import Deadline
from keqiao.kernel.steps.deadlines.pending import Pending, Span
from keqiao.kernel.steps.deadlines.people import Who, in_hand
from keqiao.kernel.steps.deadlines.registry import declared

MOST = 1000
Rows = Callable[[Deadline, Actor, kept_sql.Given], Any]  # the rows of one kind; None where it isn't asked


def own(actor: Actor, span: Span) -> list[Pending]:
    """What waits for this person, and what waits for the client of what they have in hand."""

    dated = tuple(one for one in declared() if not one.undated)

    def rows(one: Deadline, reader: Actor, given: kept_sql.Given) -> Any:
        return legs.rows(one, reader, concerns(one, reader)).filter(_between(given))

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
    deciding = tuple(one for one in declared() if one.waits_for.who is Who.APPROVER)
    others = tuple(one for one in declared() if one.waits_for.who is not Who.APPROVER)

    def asked(one: Deadline, reader: Actor, _given: kept_sql.Given) -> Any:
        return legs.rows(one, reader, one.waits_for.asks(one, reader))

    def rows(one: Deadline, reader: Actor, given: kept_sql.Given) -> Any:
        undated = Q(**{f"{legs.DAY}__isnull": True})
        return legs.rows(one, reader, concerns(one, reader)).filter(_between(given) | undated)

    decisions = _read("decisions", actor, {}, deciding, asked, limit=None)
    rest = _within("rest", actor, Span(last=last, limit=MOST), others, rows)
    shown = rest[first : first + limit]
    placed = _placed([*decisions, *shown], actor)
    behind = max(0, len(rest) - first - limit)
    return Desk(placed[: len(decisions)], placed[len(decisions) :], behind, uncounted=len(rest) == MOST)


def all_of(actor: Actor, span: Span) -> list[Pending]:
    """What the institution owes, of everything this person sees."""
    listed = tuple(one for one in declared() if one.listed)

    def rows(one: Deadline, reader: Actor, given: kept_sql.Given) -> Any:
        found = legs.rows(one, reader, EVERYTHING).filter(_between(given))
        return legs.first(found, one, span.limit)

    return _placed(_within("all", actor, span, listed, rows), actor)


def to_remind_of(actor: Actor, last: date) -> list[Pending]:
    """What this person is to be reminded of, due until then."""
    dated = tuple(one for one in declared() if one.day is not None)

    def rows(one: Deadline, reader: Actor, given: kept_sql.Given) -> Any:
        return legs.rows(one, reader, one.waits_for.reminds(one, reader)).filter(_between(given))

    return _placed(_within("remind", actor, Span(last=last, limit=MOST), dated, rows), actor)


def waiting_for(actor: Actor) -> list[Pending]:
    """Everything that waits for this person, whatever its day."""

    def rows(one: Deadline, reader: Actor, _given: kept_sql.Given) -> Any:
        return legs.rows(one, reader, one.waits_for.asks(one, reader))

    return _placed(_read("asked", actor, {}, declared(), rows), actor)


def of(model: type[Model], keys: Sequence[int], actor: Actor) -> list[Pending]:
    """What these things wait for, by day: all parts of them, without their own steps. Their places are left to the
    caller, who has them."""
    parts = tuple(one for one in declared() if one.about_model is model and not one.step)

    def rows(one: Deadline, reader: Actor, given: kept_sql.Given) -> Any:
        return legs.rows(one, reader, Q(**{one.path("pk__in"): given["keys"]}))

    return _read(("of", model), actor, {"keys": kept_sql.padded(sorted(keys))}, parts, rows) if keys else []


def late_parts(model: type[Model], actor: Actor, last: date, *, each: int) -> list[Pending]:
    """Of each kind of part that marks such a thing late, the `each` longest due by then."""
    marks = tuple(one for one in declared() if one.about_model is model and one.marks)

    def rows(one: Deadline, reader: Actor, given: kept_sql.Given) -> Any:
        return legs.first(legs.rows(one, reader, EVERYTHING).filter(_between(given)), one, each)

    return _read(("late", model, each), actor, {"last": last}, marks, rows, limit=each * max(1, len(marks)))


def concerns(one: Deadline, actor: Actor) -> Q:
    """Rows of this kind that belong on the person's own list."""
    asked = one.waits_for.asks(one, actor)
    if one.waits_for.who is not Who.CLIENT or not one.followed:
        return asked
    theirs = in_hand(one, actor)
    return theirs if legs.never(asked) else asked | theirs


def _between(given: kept_sql.Given) -> Q:
    until = Q(**{f"{legs.DAY}__lte": given["last"]})
    return until & Q(**{f"{legs.DAY}__gte": given["first"]}) if "first" in given else until


def _within(name: object, actor: Actor, span: Span, kinds: tuple[Deadline, ...], rows: Rows) -> list[Pending]:
    given: dict[str, kept_sql.Value] = {"last": span.last}
    if span.first is not None:
        given["first"] = span.first
    return _read(name, actor, given, kinds, rows, limit=span.limit)


def _read(
    name: object,
    actor: Actor,
    given: kept_sql.Given,
    kinds: tuple[Deadline, ...],
    rows: Rows,
    limit: int | None = MOST,
) -> list[Pending]:
    def build(reader: Actor, values: kept_sql.Given) -> Any:
        made = [(number, one, rows(one, reader, values)) for number, one in enumerate(kinds)]
        return legs.union(
            [legs.leg(found, one, number, reader) for number, one, found in made if found is not None], limit
        )

    key = (name, kinds, limit, tuple(given))
    found = kept_sql.read(key, actor=actor, given=given, build=build)
    return [
        Pending(kinds[number], pk, about, name, _date(day), bool(asked))
        for about, number, pk, name, day, asked in found
    ]


def _placed(found: list[Pending], actor: Actor) -> list[Pending]:
    known = places.of({one.which for one in found}, actor)
    return [replace(one, place=known.get(one.which, places.UNKNOWN)) for one in found]


def _date(day: Any) -> date | None:
    """SQLite gives days as text."""
    return date.fromisoformat(day) if isinstance(day, str) else day
