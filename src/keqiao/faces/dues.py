"""What is due, as pages show it: in words, with the one place where it is done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from keqiao.faces.leads import Leads
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Text
from keqiao.kernel.steps.deadlines import reading
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
    outside: Text = ""  # the label as it may leave the house
    key: str = ""  # the same as long as it is the same thing, whatever its day and whoever reads it

    def late_by(self, today: date) -> int:
        return max(0, (today - self.on).days) if self.on else 0


def own(actor: Actor, span: Span) -> list[Due]:
    """What this person has to do or to see to, earliest first; what has no day comes last."""
    leads = Leads(actor)
    return in_order(_due(wait, leads, _waits(wait)) for wait in reading.own(actor, span))


def all_of(actor: Actor, span: Span) -> list[Due]:
    """What the institution owes, of everything this person sees, each with the one who answers for it."""
    leads = Leads(actor)
    return in_order(_due(wait, leads, wait.place.charged) for wait in reading.all_of(actor, span))


@dataclass(frozen=True)
class Desk:
    """As `reading.desk` has it, in the words of pages; `more` says how many of the rest come after it, or nothing."""

    decisions: list[Due]
    rest: list[Due]
    more: str


def desk(actor: Actor, day: date, *, first: int = 0, limit: int) -> Desk:
    """All that waits for this person's decision; of what is late, due in the next two weeks or without a day, a stretch."""
    desk, leads = reading.desk(actor, day + AHEAD, first=first, limit=limit), Leads(actor)
    decisions, rest = (
        in_order(_due(wait, leads, _waits(wait)) for wait in many) for many in (desk.decisions, desk.rest)
    )
    more = f"{desk.behind}{'+' if desk.uncounted else ''}" if desk.behind else ""
    return Desk(decisions, rest, more)


def in_order(dues: Iterable[Due]) -> list[Due]:
    return sorted(dues, key=lambda due: (due.on or date.max, str(due.about), str(due.label)))


def _waits(wait: Pending) -> Text:
    return _("awaits the client") if wait.deadline.waits_for.who is Who.CLIENT else ""


def _due(wait: Pending, leads: Leads, who: Text) -> Due:
    return Due(
        label=wait.label,
        on=wait.day,
        url=leads.to(wait),
        clause=wait.deadline.clause,
        kind=wait.place.note if wait.deadline.step else "",
        about=f"{wait.place.number} {wait.place.name}".strip(),
        number=wait.place.number,
        who=who,
        outside=wait.outside(wait.label),
        key=f"{wait.deadline.key}-{wait.pk}",
    )


@dataclass(frozen=True)
class Prompt:
    """What is asked of a person outside, with the one place to do it."""

    label: str
    url: str
    about: str
    clause: str
    on: date | None = None


def asks(waits: Iterable[Pending], actor: Actor) -> list[Prompt]:
    """Of what waits for this person; several of one kind that wait in one place are one line."""
    leads = Leads(actor)
    return [
        Prompt(
            label=words,
            url=leads.to(wait),
            about=f"{wait.place.number} {wait.place.title}".strip(),
            clause=wait.deadline.clause,
            on=wait.day,
        )
        for wait, words in gathered(waits)
    ]
