"""What an app's `deadlines.py` calls: `belongs` for what deadlines belong to, `declare` for each thing that is due."""

from keqiao.kernel.steps import modules
from keqiao.kernel.steps.deadlines import checks
from keqiao.kernel.steps.deadlines.declaration import About, Deadline, abouts
from keqiao.kernel.steps.declarations import declared_by

_deadlines: dict[str, Deadline] = {}
_origins: list[str] = []


def belongs(about: About) -> About:
    """Say how a thing that deadlines belong to is named, who answers for it and who its client is."""
    checks.about(about, abouts)
    abouts[about.model] = about
    return about


def declare(*deadlines: Deadline) -> None:
    """Let these be due: on Today, in the late list, calendar, board, workspace, portal and reminders.

    Raises DeclarationError for one that can't stand."""
    for deadline in deadlines:
        checks.deadline(deadline, abouts, _deadlines)
        _deadlines[deadline.key] = deadline
        _origins.append(declared_by())


def declared() -> tuple[Deadline, ...]:
    return tuple(_deadlines.values())


def get(key: str) -> Deadline:
    return _deadlines[key]


modules.describe("deadlines", lambda: _origins)
