"""What others did on the records that concern a person, since that person last looked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import Q, QuerySet

from keqiao.kernel.models import Entry
from keqiao.kernel.platform import kept_sql, policy
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.aliases import labels_of
from keqiao.kernel.steps import operation

Place = tuple[str, str]  # the name of a record and its address
MOST = 99  # the count in the header stops here: nobody reads a larger number
_concerns: list[Callable[[Actor], Q]] = []
_places: list[Callable[[Actor, set[str]], Mapping[str, Place]]] = []


@dataclass(frozen=True)
class Activity:
    at: datetime
    actor: str
    label: str
    clause: str
    detail: str
    url: str
    new: bool
    sealed: bool
    times: int = 1  # how often in a row the same was done by the same person


def add(*, concerns: Callable[[Actor], Q], places: Callable[[Actor, set[str]], Mapping[str, Place]]) -> None:
    """`concerns(actor)`: which entries concern them. `places(actor, cases)`: the records of cases."""
    _concerns.append(concerns)
    _places.append(places)


def entries(*, actor: Actor) -> "QuerySet[Entry]":
    """Entries by others on what concerns `actor`, of subjects that are open to their kind of person."""
    condition = Q(pk__in=[])
    for concerns in _concerns:
        condition |= concerns(actor)
    return (
        policy.visible(Entry, actor)
        .filter(condition, actor_id__isnull=False)
        .exclude(actor_id=actor.pk)
        .exclude(subject_type__in=closed_to(actor))
    )


def closed_to(actor: Actor) -> list[str]:
    """Kinds of record of which `actor` sees nothing at all."""
    return [
        label
        for m, rules in policy.registered().items()
        if rules.scope(actor, "view") == policy.NOTHING
        for label in labels_of(m)
    ]


def unseen(*, actor: Actor) -> int:
    """How many entries are new to them, counted up to MOST."""
    return len(_newest(actor, after=seen_by(actor), limit=MOST))


def _newest(actor: Actor, *, after: int, limit: int) -> list[int]:
    """Numbers of entries later than `after`, newest first; narrow rows are sorted fast. The SQL of it is kept: it names
    every kind of record there is, and is asked on every page."""

    def build(reader: Actor, arguments: kept_sql.Given) -> "QuerySet[Entry, Any]":
        rows = entries(actor=reader).filter(pk__gt=arguments["after"]).order_by("-pk")
        return rows.values_list("pk")[:limit]

    key = ("news", limit, *_concerns)
    return [pk for (pk,) in kept_sql.read(key, actor=actor, arguments={"after": after}, build=build)]


def seen_by(actor: Actor) -> int:
    return int(getattr(actor, "seen_entry", 0) or 0)


def latest(*, actor: Actor, only_new: bool = False, limit: int = 50) -> list[Activity]:
    """Newest first."""
    seen = seen_by(actor)
    newest = _newest(actor, after=seen if only_new else 0, limit=limit)
    recent = list(Entry.objects.filter(pk__in=newest).order_by("-pk"))
    cases = {entry.case for entry in recent}
    where = {case: place for places in _places for case, place in places(actor, cases).items()}
    labels = {op.name: str(op.label) for op in operation.operations()}
    news = [_news(entry, labels, where.get(entry.case, ("", "")), new=entry.pk > seen) for entry in recent]
    return [replace(many[0], times=len(many)) for many in _in_a_row(news)]


def _in_a_row(news: list[Activity]) -> list[list[Activity]]:
    """Twelve files handed in one after the other are one line, not twelve."""
    return [
        list(many)
        for _key, many in groupby(news, key=lambda line: (line.url, line.label, line.actor, line.new))
    ]


def _news(entry: Entry, labels: dict[str, str], place: Place, *, new: bool) -> Activity:
    label = labels.get(entry.step, entry.step)
    return Activity(entry.at, entry.by, label, entry.clause, *place, new, entry.n is not None)
