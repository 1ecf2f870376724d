"""One thing that is due, as it is read; and which days are asked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from keqiao.kernel.platform.levels import may_leave_the_house
from keqiao.kernel.steps.deadlines.declaration import Deadline
from keqiao.kernel.steps.deadlines.places import UNKNOWN, Place, Which


@dataclass(frozen=True, kw_only=True)
class Span:
    """Which days are asked for."""

    last: date
    first: date | None = None
    limit: int = 60


@dataclass(frozen=True)
class Pending:
    """One thing that is due. `asked` says whether it waits for the reader; `of` is the key of what it belongs to."""

    deadline: Deadline
    pk: int
    of: int
    name: str
    day: date | None
    asked: bool
    place: Place = UNKNOWN

    @property
    def label(self) -> str:
        return str(self.deadline.text) % {"name": self.deadline.names.get(self.name, self.name)}

    @property
    def which(self) -> Which:
        return self.deadline.about_model, self.of

    def outside(self, words: str) -> str:
        """These words as they may leave the house, in a letter or a calendar's feed: of what is above internal only that
        something is due (4.1.5)."""
        return words if may_leave_the_house(self.place.level) else _("something is due; sign in to read what")

    def late_by(self, today: date) -> int:
        return max(0, (today - self.day).days) if self.day else 0


def gathered(waits: Iterable[Pending]) -> list[tuple[Pending, str]]:
    """Each with its words; several of one kind that wait in one place are one, where the deadline has words for them."""
    groups: dict[object, list[Pending]] = {}
    for wait in waits:
        own = (wait.deadline.key, wait.of if wait.deadline.together else (wait.of, wait.pk))
        groups.setdefault(own, []).append(wait)
    return [(many[0], _words(many)) for many in groups.values()]


def _words(many: list[Pending]) -> str:
    together = many[0].deadline.together
    return str(together % {"n": len(many)}) if together else many[0].label
