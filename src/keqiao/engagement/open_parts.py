"""Parts with a day of their own, over all engagements that a person sees: for what is late in the whole institution, for
the calendar of all, and for the board.

Each kind is read through an index of its open rows by day, and no further than is asked for: the cost follows what is
late, not how much the institution has ever done.
"""

from datetime import date
from typing import Any

from django.db.models import Case, DateField, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Least

from keqiao.engagement.case.states import OPEN
from keqiao.engagement.models import Engagement
from keqiao.engagement.waits import KINDS, Wait, named, wait_of
from keqiao.faces.today import Span
from keqiao.kernel.platform import policy
from keqiao.kernel.platform.actors import Actor

OWN_DAY = ("task", "milestone", "deliverable", "fee", "complaint")
DAY = "due_on"  # of each of these
LOOKED_AT = 100
FAR = Value(date.max, output_field=DateField())  # later than anything; both databases sort it as a day


def parts_within(actor: Actor, span: Span) -> list[tuple[Wait, Engagement]]:
    """The first `span.limit` of them, and what waits for a second person: by day, each with its engagement."""
    first = [named(kind, _first(kind, actor, span, DAY)) for kind in OWN_DAY]
    first.append(named("approval", _first("approval", actor, span, "engagement__stage_due_on")))
    rows = first[0].union(*first[1:], all=True).order_by("wait_day", "wait_part", "wait_kind")[: span.limit]
    found = list(rows)
    about = policy.visible(Engagement, actor).select_related("enterprise", "consultant")
    known = about.in_bulk({row[0] for row in found})
    return [(wait_of(known[key], *row), known[key]) for key, *row in found if key in known]


def _first(kind: str, actor: Actor, span: Span, day: str) -> Any:
    """The earliest of one kind. Databases take no limit inside a union, but a condition they do."""
    rows = _open(kind, actor).filter(**span.narrow(day)).order_by(day, "pk")
    return KINDS[kind].model._default_manager.filter(pk__in=rows.values("pk")[: span.limit])  # noqa: SLF001 - as `rows` says


def _open(kind: str, actor: Actor) -> "QuerySet[Any]":
    how = KINDS[kind]
    return policy.visible(how.model, actor).filter(how.when, engagement__state__in=OPEN)


def first_due(actor: Actor, today: date) -> Case:
    """The day of an engagement: of its step, or of a part that is due earlier and not later than today.

    Of each kind the longest late are looked at, found by its index: so the order of a board costs the same in a large
    institution. What is shown on it says by itself what of it is late.
    """
    longest = Span(last=today, limit=LOOKED_AT)
    late = [_first(kind, actor, longest, DAY).values("engagement_id") for kind in OWN_DAY]
    days = [Coalesce(_day(kind, actor, today), FAR) for kind in OWN_DAY]
    earliest = Least(Coalesce("stage_due_on", FAR), *days)
    some = Q(pk__in=late[0].union(*late[1:]))
    return Case(When(some, then=earliest), default=F("stage_due_on"), output_field=DateField())


def _day(kind: str, actor: Actor, today: date) -> Subquery:
    rows = _open(kind, actor).filter(engagement=OuterRef("pk"), due_on__lte=today).order_by(DAY)
    return Subquery(rows.values(DAY)[:1])
