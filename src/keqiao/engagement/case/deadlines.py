"""Clause 6: an engagement as what deadlines belong to, and its own step, which has a day by the institution's time limits."""

from functools import partial

from django.db.models import Q

from keqiao.accounts.permissions import is_manager
from keqiao.engagement.case.in_hand import in_hand
from keqiao.engagement.case.models import Engagement
from keqiao.engagement.case.states import OPEN, RUNNING, Stage
from keqiao.kernel.steps.deadlines.declaration import About, Deadline
from keqiao.kernel.steps.deadlines.people import CHARGE
from keqiao.kernel.steps.deadlines.registry import belongs

belongs(
    About(
        model=Engagement,
        number="number",
        name="enterprise__name",
        title="title",
        note="item__name",
        open=Q(state__in=OPEN),
        day="stage_due_on",
        charge="consultant",
        client="enterprise",
        level="level",
        in_hand=in_hand,
        runs=is_manager,
    )
)
STEP_DAY = "engagement__stage_due_on"
# A plan's parts wait while work goes on or is suspended; an early end leaves them, and nobody is late with them then.
AT_WORK = Q(engagement__state__in=(*RUNNING, Stage.SUSPENDED))


def part_of(clause: str) -> "partial[Deadline]":
    """The maker of a phase: what is due in it belongs to the engagement, and is of this clause unless it says another."""
    return partial(Deadline, about="engagement", clause=clause)


def step(*states: Stage, clause: str, ends_with: tuple[str, ...]) -> Deadline:
    """The step an engagement is in, or was suspended from, until its day. Without a time limit it isn't due."""
    here = Q(state__in=states) | Q(state=Stage.SUSPENDED, suspended_from__in=states)
    return Deadline(
        model=Engagement,
        key=f"step-{clause}",
        when=here & Q(stage_due_on__isnull=False),
        day="stage_due_on",
        waits_for=CHARGE,
        ends_with=ends_with,
        text="%(name)s",
        named="state",
        clause=clause,
        step=True,
    )
