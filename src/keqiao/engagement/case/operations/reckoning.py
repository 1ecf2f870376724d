"""6.1.3: a step's day that was provisional is reckoned anew when the table of days off is there."""

from datetime import date
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from keqiao.engagement.case.models import Engagement
from keqiao.engagement.case.operations.steps import step_due
from keqiao.engagement.case.states import OPEN
from keqiao.kernel.platform.actors import SYSTEM, Actor
from keqiao.kernel.platform.policy import by_system
from keqiao.kernel.platform.reckoned import ReckonedDay
from keqiao.kernel.steps.operation import operation, run
from keqiao.kernel.steps.params import Prompt

Was = Annotated[date, Prompt(label=_("The day was"))]
Becomes = Annotated[date, Prompt(label=_("The day is now"))]


@operation(
    clause="6.1.3",
    on=Engagement,
    when=tuple(OPEN),
    permission=by_system,
    label=_("Reckon the day of the step anew"),
    exposed=False,
)
def reckon_step_anew(
    *,
    engagement: Engagement,
    actor: Actor,
    was: Was,
    becomes: Becomes,
) -> Engagement:
    del actor, was
    assert isinstance(becomes, ReckonedDay)
    engagement.stage_due_on = becomes
    engagement.save()
    return engagement


def reckon_steps_anew() -> None:
    """Those whose table has come since; a step without a time limit by now keeps its day."""
    for engagement in Engagement.objects.filter(stage_due_on_provisional=True, state__in=OPEN):
        was, due = engagement.stage_due_on, step_due(engagement.state, engagement.stage_since)
        if due is not None and differs(was, due):
            run(reckon_step_anew, actor=SYSTEM, engagement=engagement, was=was, becomes=due)


def differs(was: ReckonedDay | None, now: ReckonedDay) -> bool:
    """A day that stays and is no longer provisional is news as well."""
    return was is None or (was, was.provisional) != (now, now.provisional)
