"""What is due from whom, and when: modules add what they know; Today and the calendar read it all."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Text

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
    who: Text = ""

    def late_by(self, today: date) -> int:
        return max(0, (today - self.on).days) if self.on else 0


@dataclass(frozen=True, kw_only=True)
class Span:
    """Which days are asked for, and whether only what concerns the actor themselves or all that they see; `undated` asks
    for what waits without a day too."""

    last: date
    first: date | None = None
    mine: bool = True
    limit: int = 60
    undated: bool = False

    def holds(self, day: date | None) -> bool:
        if day is None:
            return self.undated
        return day <= self.last and (self.first is None or day >= self.first)

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
    """Everything open in the span, earliest first; what has no day comes last."""
    found = [due for source in _sources for due in source(actor, span)]
    return sorted(found, key=lambda due: (due.on or date.max, str(due.about), str(due.label)))[: span.limit]


def due_of(*, actor: Actor, today: date) -> list[Due]:
    """What is late, due today or due in the next two weeks, and what waits without a day."""
    return within(actor=actor, span=Span(last=today + AHEAD, undated=True))
