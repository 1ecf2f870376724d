"""What clause 6 lets others see of itself: how far what it asks for was done, in time, and nothing left open."""

from datetime import date

from django.db.models import Q

from keqiao.conformity.registry import none_open, share, timely
from keqiao.engagement.case.states import Stage
from keqiao.engagement.contracting.states import ContractState
from keqiao.engagement.delivery.states import ComplaintState, DeliverableState
from keqiao.engagement.models import Complaint, Contract, Deliverable, Engagement, Milestone
from keqiao.engagement.preparation.states import PlanState

SENT = ~Q(state__in=[Stage.DRAFT, Stage.CANCELLED])
CARRIED_OUT = Q(state__in=[Stage.IMPLEMENTING, Stage.DELIVERED, Stage.ARCHIVED])
# One the client sent back is superseded too, with the reason; one that was confirmed has none.
CONFIRMED = Q(plans__state=PlanState.CONFIRMED) | Q(plans__state=PlanState.SUPERSEDED, plans__reason="")
SIGNED = Q(state__in=[ContractState.SIGNED, ContractState.ENDED])


def late_answers(day: date) -> Q:
    return Q(state=ComplaintState.FILED, due_on__lt=day)


share("engagement.truthful", of=Engagement, at="created_at", when=SENT, has=Q(truthful_at__isnull=False))
share("engagement.signed_copies", of=Contract, at="signed_on", when=SIGNED, has=Q(signed_copy__isnull=False))
share("engagement.confirmed_plans", of=Engagement, at="created_at", when=CARRIED_OUT, has=CONFIRMED)
share("engagement.surveyed", of=Engagement, at="delivered_on", has=Q(surveys__isnull=False))
share("engagement.packed", of=Engagement, at="archives__created_at", has=Q(archives__blob__isnull=False))
timely(
    "engagement.milestones", of=Milestone, due="due_on", done="delivered_on",
    when=Q(plan__state=PlanState.CONFIRMED) | Q(delivered_on__isnull=False),
)  # fmt: skip
timely(
    "engagement.deliverables", of=Deliverable, due="due_on", done="handed_over_on",
    has=~Q(state=DeliverableState.RETURNED), when=~Q(state=DeliverableState.DROPPED),
)  # fmt: skip
timely("engagement.complaints_answered", of=Complaint, due="due_on", done="answered_on")
none_open("engagement.complaints_overdue", of=Complaint, open=late_answers)
