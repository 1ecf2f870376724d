"""What is due from whom, and when: modules add what they know; Today and the calendar read it all."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from keqiao.kernel.actors import Actor
from keqiao.kernel.errors import Text

AHEAD = timedelta(days=14)


@dataclass(frozen=True, kw_only=True)
class Due:
    """One thing with a day: `about` names what it belongs to, `who` the one it waits for."""

    label: Text
    on: date
    url: str
    clause: str = ""
    kind: Text = ""
    about: str = ""
    who: Text = ""

    def late_by(self, today: date) -> int:
        return max(0, (today - self.on).days)


@dataclass(frozen=True, kw_only=True)
class Span:
    """Which days are asked for, and whether only what concerns the actor themselves or all that they see."""

    last: date
    first: date | None = None
    mine: bool = True
    limit: int = 60

    def narrow(self, field: str) -> dict[str, date]:
        """As conditions on a date column."""
        found = {f"{field}__lte": self.last}
        return found if self.first is None else {**found, f"{field}__gte": self.first}


Source = Callable[[Actor, Span], Iterable[Due]]
_sources: list[Source] = []


def add(source: Source) -> Source:
    """Let `source` be asked too. It must answer with a fixed number of queries."""
    _sources.append(source)
    return source


def within(*, actor: Actor, span: Span) -> list[Due]:
    """Everything open in the span, earliest first."""
    found = [due for source in _sources for due in source(actor, span)]
    return sorted(found, key=lambda due: (due.on, str(due.about), str(due.label)))[: span.limit]


def due_of(*, actor: Actor, today: date) -> list[Due]:
    """What is late, due today or due in the next two weeks."""
    return within(actor=actor, span=Span(last=today + AHEAD))
