"""6.2: what waits for a second person. It concerns managers who neither are in charge nor work on it."""

from typing import Any, TypeVar

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value

from keqiao.accounts.permissions import is_manager
from keqiao.engagement.case.permissions import WRITING
from keqiao.engagement.case.states import OPEN, AmendmentState, ContractState
from keqiao.engagement.models import Amendment, Contract, Engagement
from keqiao.kernel.models import Entry
from keqiao.kernel.platform import policy
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.record.journal import case_name

M = TypeVar("M", Contract, Amendment)
MOST = 400
ASKS = (
    "submit_contract",
    "draft_amendment",
    "revise_amendment",
)  # the steps after which a second person is waited for


def contracts(actor: Actor) -> "QuerySet[Contract]":
    return _of_others(Contract, actor, ContractState.IN_APPROVAL)


def amendments(actor: Actor) -> "QuerySet[Amendment]":
    return _of_others(Amendment, actor, AmendmentState.DRAFT)


def _of_others(model: type[M], actor: Actor, state: str) -> "QuerySet[M]":
    """Rows in this state of which this person wrote nothing: neither began nor changed them."""
    wrote = Entry.objects.filter(
        subject_type=model._meta.label_lower,
        subject_id=OuterRef("pk"),
        operation__in=WRITING,
        actor_id=actor.pk,
    )
    rows = policy.visible(model, actor).filter(state=state, engagement__state__in=OPEN)
    return rows.exclude(drafted_by_id=actor.pk).exclude(Exists(wrote))


def asked_of(actor: Actor) -> dict[tuple[str, int], int]:
    """Kind of wait and key of the row, each with its engagement; empty for those who approve nothing."""
    if not is_manager(actor, None):
        return {}
    named = [_named("approval", contracts(actor)), _named("amendment", amendments(actor))]
    rows = named[0].union(named[1], all=True).order_by("engagement_id", "pk")[:MOST]
    return {(kind, pk): engagement for kind, pk, engagement in rows}


def _named(kind: str, rows: Any) -> Any:
    said = Value(kind, output_field=CharField(max_length=20))
    return rows.order_by().annotate(wait_kind=said).values_list("wait_kind", "pk", "engagement_id")


def news_of(actor: Actor) -> Q:
    """Entries that ask this person, not the whole record of what is otherwise none of their business."""
    if not is_manager(actor, None):
        return policy.NOTHING
    waiting = Q(pk__in=contracts(actor).values("engagement_id")) | Q(
        pk__in=amendments(actor).values("engagement_id")
    )
    cases = policy.visible(Engagement, actor).filter(waiting).values_list(case_name("engagement"), flat=True)
    return Q(case__among=cases, operation__in=ASKS)
