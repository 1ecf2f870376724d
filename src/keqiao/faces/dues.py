"""What is due, as pages show it: in words, with the one place where it is done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from keqiao.faces.resource import Resource, resource_of
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Text
from keqiao.kernel.steps import operation
from keqiao.kernel.steps.deadlines import addresses, reading, registry
from keqiao.kernel.steps.deadlines.pending import Pending, Span, gathered
from keqiao.kernel.steps.deadlines.people import Who

AHEAD = timedelta(days=14)


@dataclass(frozen=True, kw_only=True)
class Due:
    """One thing to do: `about` names what it belongs to, `who` the one it waits for. Without `on`, no rule gives a day."""

    label: Text
    url: str
    on: date | None = None
    clause: str = ""
    kind: Text = ""
    about: str = ""
    number: str = ""  # of `about`, without a client's name
    who: Text = ""

    def late_by(self, today: date) -> int:
        return max(0, (today - self.on).days) if self.on else 0


def own(actor: Actor, span: Span) -> list[Due]:
    """What this person has to do or to see to, earliest first; what has no day comes last."""
    return in_order(_due(one, actor, _waits(one)) for one in reading.own(actor, span))


def all_of(actor: Actor, span: Span) -> list[Due]:
    """What the institution owes, of everything this person sees, each with the one who answers for it."""
    return in_order(_due(one, actor, one.place.charged) for one in reading.all_of(actor, span))


@dataclass(frozen=True)
class Desk:
    """As `reading.desk` has it, in the words of pages; `more` says how many of the rest come after it, or nothing."""

    decisions: list[Due]
    rest: list[Due]
    more: str


def desk(actor: Actor, day: date, *, first: int = 0, limit: int) -> Desk:
    """All that waits for this person's decision; of what is late, due in the next two weeks or without a day, a stretch."""
    found = reading.desk(actor, day + AHEAD, first=first, limit=limit)
    decisions, rest = (
        in_order(_due(one, actor, _waits(one)) for one in many) for many in (found.decisions, found.rest)
    )
    more = f"{found.behind}{'+' if found.uncounted else ''}" if found.behind else ""
    return Desk(decisions, rest, more)


def in_order(dues: Iterable[Due]) -> list[Due]:
    return sorted(dues, key=lambda due: (due.on or date.max, str(due.about), str(due.label)))


def _waits(one: Pending) -> Text:
    return _("awaits the client") if one.deadline.waits_for.who is Who.CLIENT else ""


def _due(one: Pending, actor: Actor, who: Text) -> Due:
    return Due(
        label=one.label,
        on=one.day,
        url=address(one, actor),
        clause=one.deadline.clause,
        kind=one.place.note if one.deadline.step else "",
        about=f"{one.place.number} {one.place.name}".strip(),
        number=one.place.number,
        who=who,
    )


@dataclass(frozen=True)
class Page:
    """A page of its own for what is asked: `of_about` is given the key of what it belongs to."""

    route: str
    of_about: bool = False


_pages: dict[tuple[str, str], Page] = {}


def lead(key: str, *, kind: str, page: Page) -> None:
    """Lead people of this kind who are asked for the deadline `key` to a page of its own. KeyError where none is declared."""
    registry.get(key)
    _pages[key, kind] = page


def address(one: Pending, actor: Actor) -> str:
    """Where it is done: the step's form for whom it opens, else the page of the row, else of what it belongs to."""
    page = _pages.get((one.deadline.key, actor.kind))
    if page:
        return reverse(page.route, args=[one.of if page.of_about else one.pk])
    back = _page(resource_of(one.deadline.about_model), one.of)
    resource = resource_of(one.deadline.model)
    if one.deadline.step or resource is None:
        return back
    name = _form(one) if opens(one, actor) else ""
    if not name:
        return _page(resource, one.pk)
    there = reverse(f"{resource.slug}-do", args=[one.pk, name])
    return f"{there}?next={back}" if back else there


addresses.give(address)


def opens(one: Pending, actor: Actor) -> bool:
    """Whether the step's own form would open to them, as far as this can be told without reading the row: others are led
    to the page of what it is about."""
    if not one.deadline.form:
        return False
    if one.deadline.waits_for.who is not Who.CHARGE:
        return one.asked
    return actor.pk is not None and (one.place.charge == actor.pk or one.deadline.about_of.runs(actor))


def _form(one: Pending) -> str:
    """The first of the operations that end it for which there is a form."""
    known = {op.name for op in operation.operations_on(one.deadline.model) if op.exposed}
    return next((name for name in one.deadline.ends_with if name in known), "")


def _page(resource: Resource | None, pk: Any) -> str:
    return reverse(f"{resource.slug}-detail", args=[pk]) if resource is not None else ""


@dataclass(frozen=True)
class Prompt:
    """What is asked of a person outside, with the one place to do it."""

    label: str
    url: str
    about: str
    clause: str
    on: date | None = None


def asks(found: Iterable[Pending], actor: Actor) -> list[Prompt]:
    """Of what waits for this person; several of one kind that wait in one place are one line."""
    return [
        Prompt(
            label=words,
            url=address(one, actor),
            about=f"{one.place.number} {one.place.title}".strip(),
            clause=one.deadline.clause,
            on=one.day,
        )
        for one, words in gathered(found)
    ]
