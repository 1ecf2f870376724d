"""6.3.4 and 6.4: milestones, adjustments, deliverables, survey, complaints."""

from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from keqiao.engagement.case.deadlines import AT_WORK, part_of, step
from keqiao.engagement.case.states import Stage
from keqiao.engagement.delivery.models.delivery import Complaint, Deliverable, Survey
from keqiao.engagement.delivery.states import AdjustmentState, ComplaintState, DeliverableState
from keqiao.engagement.preparation.models.plan import Adjustment, AdjustmentOption, Milestone
from keqiao.engagement.preparation.states import PlanState
from keqiao.kernel.steps.deadlines.people import CHARGE, CLIENT
from keqiao.kernel.steps.deadlines.registry import declare

# The last day on which all options can still be chosen; options need not name an end.
FIRST_END = Subquery(
    AdjustmentOption.objects.filter(adjustment=OuterRef("pk"), ends_on__isnull=False)
    .order_by("ends_on")
    .values("ends_on")[:1]
)

part = part_of("6.3.4")

declare(
    step(Stage.IMPLEMENTING, clause="6.3.4", ends_with=("finish_delivery",)),
    part(
        model=Milestone,
        key="milestone",
        when=Q(delivered_on=None, plan__state=PlanState.CONFIRMED) & AT_WORK,
        day="due_on",
        waits_for=CHARGE,
        ends_with=("deliver_milestone",),
        text=_("Milestone: %(name)s"),
        named="name",
        binding=True,
    ),
    part(
        model=Adjustment,
        key="adjustment",
        when=Q(state=AdjustmentState.OFFERED) & AT_WORK,
        day=FIRST_END,
        waits_for=CLIENT,
        ends_with=("choose_adjustment",),
        text=_("Choose how to go on"),
        named="engagement__title",
    ),
    part(
        model=Deliverable,
        key="deliverable",
        when=Q(state__in=[DeliverableState.PLANNED, DeliverableState.RETURNED]) & AT_WORK,
        day="due_on",
        waits_for=CHARGE,
        ends_with=("hand_over_deliverable",),
        text=_("Hand over “%(name)s”"),
        named="name",
        clause="6.4.1",
        binding=True,
    ),
    part(
        model=Deliverable,
        key="acceptance",
        when=Q(state=DeliverableState.HANDED_OVER) & AT_WORK,
        day="handed_over_on",
        waits_for=CLIENT,
        ends_with=("accept_deliverable", "return_deliverable"),
        text=_("Accept or return “%(name)s”"),
        named="name",
        clause="6.4.1",
        binding=True,
    ),
    part(
        model=Survey,
        key="survey",
        when=Q(answered_at=None),
        day="due_on",
        waits_for=CLIENT,
        ends_with=("answer_survey",),
        text=_("Answer the satisfaction survey"),
        named="engagement__title",
        clause="6.4.2",
    ),
    part(
        model=Complaint,
        key="complaint",
        when=Q(state=ComplaintState.FILED),
        day="due_on",
        waits_for=CHARGE,
        ends_with=("answer_complaint",),
        text=_("Answer %(name)s"),
        named="number",
        clause="6.4.2",
        binding=True,
    ),
)
