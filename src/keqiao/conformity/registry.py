"""What the standard's 定期, 及时, 按时, 随时 and 必要时 measure: fulfilment, not presence.

An app declares a measure in its `measures.py`, under a name of its own; the line in its `evidence.yaml` names it.

    share("engagement.surveyed", of=Engagement, at="delivered_on", has=Q(surveys__answered_at__isnull=False))
    timely("engagement.milestones", of=Milestone, due="due_on", done="delivered_on", when=Q(plan__state="confirmed"))
    rhythm("quality.analysis", of=Analysis, at="held_on", at_least=1, months=3)
    none_open("technical.calibration", of=Equipment, open=lambda day: Q(calibrated_until__lt=day))
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Model, Q

from keqiao.kernel.platform import clock
from keqiao.kernel.platform.errors import Text
from keqiao.kernel.steps import modules
from keqiao.kernel.steps.declarations import DeclarationError, declared_at, declared_by
from keqiao.kernel.steps.declared_fields import must_be_day, must_select


@dataclass(frozen=True, kw_only=True)
class Measure:
    """Rows of `of` for which `when` holds."""

    name: str
    of: type[Model]
    when: Q = field(default_factory=Q)
    declared_by: str = ""

    @property
    def kind(self) -> str:
        return type(self).__name__


@dataclass(frozen=True, kw_only=True)
class Share(Measure):
    """n of m: of the rows whose `at` (day or moment) lies in the period, those for which `has` holds."""

    at: str
    has: Q

    @property
    def kind(self) -> str:
        return "share"


@dataclass(frozen=True, kw_only=True)
class Timely(Measure):
    """Done by its day ÷ due: of the rows whose `due` day lies in the period and has come, those `done` by it for which `has`
    holds still: what was given back is not done."""

    due: str
    done: str
    has: Q = field(default_factory=Q)

    @property
    def kind(self) -> str:
        return "timely"


@dataclass(frozen=True, kw_only=True)
class Rhythm(Measure):
    """At least `at_least` rows with `at` in each `months` months; the next is due from the managers (`DueRhythm`). `label`
    names what is to be done."""

    at: str
    months: int
    label: Text
    at_least: int = 1

    @property
    def kind(self) -> str:
        return "rhythm"


@dataclass(frozen=True, kw_only=True)
class NoneOpen(Measure):
    """No row for which `open(day)` holds, on the last day of the period or today, whichever comes first."""

    open: Callable[[date], Q]

    @property
    def kind(self) -> str:
        return "none_open"


_measures: dict[str, Measure] = {}
Offered = Callable[[date], frozenset[str]]
_offered: list[Offered] = []


def share(name: str, *, of: type[Model], at: str, has: Q, when: Q | None = None) -> None:
    measure = Share(name=name, of=of, when=when or Q(), at=at, has=has, declared_by=declared_by())
    _declare(measure, at, conditions=(has,))


def timely(  # one argument for each thing the standard leaves to the institution
    name: str, *, of: type[Model], due: str, done: str, has: Q | None = None, when: Q | None = None
) -> None:
    measure = Timely(
        name=name, of=of, when=when or Q(), due=due, done=done, has=has or Q(), declared_by=declared_by()
    )
    _declare(measure, due, done)


def rhythm(  # one argument for each thing the standard leaves to the institution
    name: str,
    *,
    of: type[Model],
    at: str,
    months: int,
    label: Text,
    at_least: int = 1,
    when: Q | None = None,
) -> None:
    if months < 1 or at_least < 1:
        _refuse(
            f"at least one row in at least one month for {name}", (at_least, months), "Correct the numbers."
        )
    measure = Rhythm(
        name=name, of=of, when=when or Q(), at=at, months=months, label=label, at_least=at_least,
        declared_by=declared_by(),
    )  # fmt: skip
    _declare(measure, at)


def none_open(name: str, *, of: type[Model], open: Callable[[date], Q], when: Q | None = None) -> None:  # noqa: A002
    measure = NoneOpen(name=name, of=of, when=when or Q(), open=open, declared_by=declared_by())
    _declare(measure, conditions=(open(clock.today()),))


def services_offered(offered: Offered) -> None:
    """Who knows which codes of clause 5 the institution offers on a day. One app says it."""
    if _offered:
        _refuse("one app to say what is offered", "a second", "Leave one of the two.")
    _offered.append(offered)


def offered(day: date) -> frozenset[str] | None:
    """Codes of the items offered on a day; None where no module says, so that every item is asked about."""
    return _offered[0](day) if _offered else None


def measures() -> tuple[Measure, ...]:
    return tuple(_measures.values())


def find(name: str) -> Measure | None:
    return _measures.get(name)


def _declare(measure: Measure, *paths: str, conditions: tuple[Q, ...] = ()) -> None:
    if measure.name in _measures:
        _refuse("a name of its own for each measure", measure.name, "Give one of the two another name.")
    for path in paths:
        must_be_day(measure.of, path)
    for condition in (measure.when, *conditions):
        must_select(measure.of, condition)
    _measures[measure.name] = measure


def _refuse(expected: str, came: object, remedy: str) -> None:
    raise DeclarationError(where=declared_at(), expected=expected, came=came, remedy=remedy)


modules.describe("measures", lambda: (measure.declared_by for measure in _measures.values()))
