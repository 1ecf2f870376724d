"""Keep the days of the rhythms: begun when a module first declares one, renewed whenever one of its rows came or went."""

from datetime import date
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from keqiao.conformity.fulfilment import days_of, months_after, next_of
from keqiao.conformity.models import DueRhythm
from keqiao.conformity.registry import Rhythm
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.actors import SYSTEM, Actor
from keqiao.kernel.platform.policy import by_system
from keqiao.kernel.steps.operation import operation, run
from keqiao.kernel.steps.params import Prompt

CLAUSE = "4.4.2"  # traceable in all it does


@operation(
    clause=CLAUSE, on=DueRhythm, permission=by_system, label=_("Begin the recurring duty"), exposed=False
)
def begin_rhythm(
    *, actor: Actor, name: Annotated[str, Prompt(label=_("What is to be done"), max_length=80)]
) -> DueRhythm:
    del actor
    return DueRhythm.objects.create(name=name)


@operation(clause=CLAUSE, on=DueRhythm, permission=by_system, label=_("Renew its day"), exposed=False)
def renew_rhythm(*, rhythm: DueRhythm, actor: Actor) -> DueRhythm:
    del actor
    rhythm.last_on, rhythm.due_on = reckoned(rhythm)
    rhythm.save()
    return rhythm


def keep_up(measure: Rhythm) -> None:
    """Nothing where its days are right. Two workers at once take one step: the key is that of the row as they found it."""
    row = DueRhythm.objects.filter(name=measure.name).first()
    if row is None:
        row = run(begin_rhythm, actor=SYSTEM, key=f"begin-{measure.name}", name=measure.name)
    if (row.last_on, row.due_on) != reckoned(row):
        run(renew_rhythm, actor=SYSTEM, key=f"renew-{row.pk}-{row.version}", rhythm=row)


def let_rest(row: DueRhythm) -> None:
    """Of what no module declares any more nothing is due."""
    if row.due_on is not None:
        run(renew_rhythm, actor=SYSTEM, key=f"renew-{row.pk}-{row.version}", rhythm=row)


def reckoned(row: DueRhythm) -> tuple[date | None, date | None]:
    """When it was last done, and by when it is due: of what was not yet done often enough, a stretch after it began here."""
    measure = row.measure
    if measure is None:
        return row.last_on, None
    days = days_of(measure)
    began = clock.day_of(row.created_at)
    return max(days, default=None), next_of(measure, days) or months_after(began, measure.months)
