"""6.2: what waits for a second person. It concerns managers who wrote none of it."""

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, Q

from keqiao.accounts.permissions import is_manager
from keqiao.engagement.case.models import Engagement
from keqiao.engagement.case.permissions import WRITING
from keqiao.engagement.case.states import OPEN
from keqiao.engagement.contracting.models import Amendment, Contract
from keqiao.engagement.contracting.states import AmendmentState, ContractState
from keqiao.kernel.models import Entry
from keqiao.kernel.platform import policy
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.aliases import about, steps
from keqiao.kernel.record.journal import case_name

# The steps after which a second person is waited for.
ASKS = ("submit_contract", "draft_amendment", "revise_amendment")
WAITING = ((Contract, ContractState.IN_APPROVAL), (Amendment, AmendmentState.DRAFT))


def written_by_others(model: type[Contract] | type[Amendment]) -> Callable[[Actor], Q]:
    """Rows that this person may approve: a manager who neither began nor changed them; none for anybody else."""

    def asked(actor: Actor) -> Q:
        if not is_manager(actor):
            return policy.NOTHING
        wrote = Entry.objects.filter(
            about(model), steps(WRITING), subject_id=OuterRef("pk"), actor_id=actor.pk
        )
        return ~Q(drafted_by_id=actor.pk) & ~Q(Exists(wrote))

    return asked


def news_of(actor: Actor) -> Q:
    """Entries that ask this person, not the whole record of what is otherwise none of their business."""
    if not is_manager(actor):
        return policy.NOTHING
    waiting = [Q(pk__in=_asked(model, state, actor)) for model, state in WAITING]
    cases = policy.visible(Engagement, actor).filter(waiting[0] | waiting[1])
    return Q(case__among=cases.values_list(case_name("engagement"), flat=True)) & steps(ASKS)


def _asked(model: type[Contract] | type[Amendment], state: str, actor: Actor) -> Any:
    rows = policy.visible(model, actor).filter(state=state, engagement__state__in=OPEN)
    return rows.filter(written_by_others(model)(actor)).values("engagement_id")
