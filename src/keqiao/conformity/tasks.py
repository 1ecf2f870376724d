"""The days of the rhythms are looked at by the clock too: rows may come by a step on something else, or by an import."""

from datetime import datetime

from keqiao.conformity.models import DueRhythm
from keqiao.conformity.operations import keep_up, let_rest
from keqiao.conformity.registry import Rhythm, measures
from keqiao.kernel.platform.jobs import every


@every(minutes=5)
def keep_rhythms(now: datetime) -> None:
    del now
    declared = [one for one in measures() if isinstance(one, Rhythm)]
    for one in declared:
        keep_up(one)
    for row in DueRhythm.objects.exclude(name__in=[one.name for one in declared]):
        let_rest(row)
