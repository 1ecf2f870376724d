"""The steps of clause 6 as people see them: which states belong to each, how far an engagement has come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from keqiao.engagement.case.states import Stage
from keqiao.kernel.platform.errors import Text

S = Stage


@dataclass(frozen=True)
class Phase:
    clause: str
    label: Text
    states: tuple[Stage, ...]

    def covers(self, clause: str) -> bool:
        return clause == self.clause or clause.startswith(f"{self.clause}.")


PHASES = (
    Phase(
        "6.1",
        _("Commission and material"),
        (S.DRAFT, S.SUBMITTED, S.CORRECTING, S.REVIEWED, S.DECLINED, S.CANCELLED),
    ),
    Phase("6.2", _("Contract"), (S.ACCEPTED,)),
    Phase("6.3.1", _("Working group"), (S.CONTRACTED,)),
    Phase("6.3.2", _("Investigation"), (S.INVESTIGATING,)),
    Phase("6.3.3", _("Plan"), (S.PLANNING,)),
    Phase("6.3.4", _("Implementation"), (S.IMPLEMENTING,)),
    Phase("6.4", _("Delivery"), ()),
    Phase("6.5", _("Archive"), (S.DELIVERED, S.ENDED_EARLY, S.ARCHIVED)),
)
STOPPED = {S.DECLINED, S.CANCELLED}


def phase_now(engagement: Any) -> Phase:
    state = engagement.suspended_from if engagement.state == S.SUSPENDED else engagement.state
    return next(step for step in PHASES if state in step.states)


def phase_of_clause(clause: str) -> Phase | None:
    """The step a clause belongs to: 6.1.2 to 6.1; none for a clause outside of clause 6."""
    return next((step for step in PHASES if step.covers(clause)), None)


def reached(engagement: Any, clauses: Iterable[str]) -> int:
    """The place of the furthest step reached, by the state or, where it stopped, by the record."""
    at = PHASES.index(phase_now(engagement))
    if engagement.state not in {*STOPPED, S.ENDED_EARLY}:
        return at
    places = [
        PHASES.index(step) for clause in clauses if (step := phase_of_clause(clause)) and step.clause != "6.5"
    ]
    return max([0, *places])


@dataclass(frozen=True)
class RailStep:
    """A phase on the rail; `state` is that of rail.html, `url` is empty where nothing opens."""

    clause: str
    label: Any
    state: str
    note: str
    url: str


def rail(engagement: Any, *, clauses: Iterable[str], today: date, url: str = "") -> list[RailStep]:
    """The rail as rail.html draws it. `clauses` are those of the record's entries."""
    at, ended = reached(engagement, clauses), engagement.state == S.ENDED_EARLY
    steps = []
    for place, step in enumerate(PHASES):
        state = _state(engagement, place, at, ended=ended, today=today)
        note = _note(engagement, state, today) if step is phase_now(engagement) or place == at else ""
        address = f"{url}?step={step.clause}" if url else ""
        steps.append(RailStep(step.clause, step.label, state, note, address))
    return steps


def _state(engagement: Any, place: int, at: int, *, ended: bool, today: date) -> str:
    if engagement.state == S.ARCHIVED or place < at:
        return "done"
    if ended:
        return "refused" if place == at else "current" if place == len(PHASES) - 1 else "blocked"
    if place > at:
        return "todo"
    if engagement.state in STOPPED:
        return "refused"
    if engagement.state == S.SUSPENDED:
        return "paused"
    return "late" if engagement.late_by(today) else "current"


def _note(engagement: Any, state: str, today: date) -> str:
    if state in {"done", "todo", "blocked"}:
        return ""
    if state in {"refused", "paused"}:
        return str(engagement.get_state_display())
    if engagement.stage_due_on is None:
        return ""
    days = engagement.late_by(today)
    return (
        say("%(days)s days late") % {"days": days}
        if days
        else say("due %(day)s") % {"day": engagement.stage_due_on}
    )
