"""The time limits a new site begins with. Loaded at every start; edited rows stay."""

from keqiao.engagement.case.models import StageLimit
from keqiao.engagement.case.states import Stage

# Defaults of the institution's own time limits, in working days; the standard sets none.
LIMITS = {
    Stage.DRAFT: 10,
    Stage.SUBMITTED: 5,
    Stage.CORRECTING: 10,
    Stage.REVIEWED: 3,
    Stage.ACCEPTED: 15,
    Stage.CONTRACTED: 5,
    Stage.INVESTIGATING: 15,
    Stage.PLANNING: 10,
    Stage.DELIVERED: 10,
    Stage.ENDED_EARLY: 10,
}


def load_limits() -> None:
    for state, days in LIMITS.items():
        StageLimit.objects.get_or_create(state=state, defaults={"working_days": days})
