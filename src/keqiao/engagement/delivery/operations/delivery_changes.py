"""6.4.1: a deliverable is corrected or dropped before it is handed over, and follows the end it was due on."""

from datetime import date
from typing import Annotated

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from keqiao.engagement.case.models import Engagement
from keqiao.engagement.case.operations.letters import tell_client
from keqiao.engagement.case.operations.steps import while_engagement
from keqiao.engagement.case.permissions import is_in_charge
from keqiao.engagement.case.states import RUNNING
from keqiao.engagement.delivery.models.delivery import Deliverable
from keqiao.engagement.delivery.states import DeliverableState
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Invalid
from keqiao.kernel.record import rows as rows_of_record
from keqiao.kernel.steps.operation import operation
from keqiao.kernel.steps.params import Prompt

UNDER_WAY = while_engagement(*RUNNING, clause="6.4.1")


@operation(
    clause="6.4.1",
    on=Deliverable,
    when=(DeliverableState.PLANNED, DeliverableState.RETURNED),
    permission=is_in_charge,
    label=_("Change"),
    guard=UNDER_WAY,
)
def change_deliverable(
    *,
    deliverable: Deliverable,
    actor: Actor,
    name: Annotated[str, Prompt(label=_("Deliverable"), max_length=160, initial=lambda d: d.name)],
    due_on: Annotated[date, Prompt(label=_("Due on"), initial=lambda d: d.due_on)],
    form: Annotated[str, Prompt(label=_("Form"), max_length=40, initial=lambda d: d.form)] = "",
) -> Deliverable:
    """Correct what was planned. A later day than the contract's end is the client's to agree to, not ours to set."""
    del actor
    check_due_day(deliverable, due_on)
    deliverable.name, deliverable.form, deliverable.due_on = name, form, due_on
    deliverable.save()
    return deliverable


def check_due_day(deliverable: Deliverable, due_on: date) -> None:
    """Up to the contract's end any day, and any day before the one that stands: else lateness could be changed away."""
    ends_on = deliverable.engagement.contracts.values_list("ends_on", flat=True).first()
    if ends_on and due_on > max(ends_on, deliverable.due_on):
        raise Invalid(
            _("The contract ends on %(day)s; it promises this no later.") % {"day": ends_on},
            field="due_on",
            remedy=_("Agree on a later end by an amendment (6.2 i)."),
        )


@operation(
    clause="6.4.1",
    on=Deliverable,
    when=DeliverableState.PLANNED,
    then=DeliverableState.DROPPED,
    permission=is_in_charge,
    label=_("Drop"),
    guard=UNDER_WAY,
    danger=_(
        "It no longer counts for the delivery and can't be taken up again; the client is told and reads the reason. "
        "What the contract itself promises is changed by an amendment only."
    ),
)
def drop_deliverable(
    *, deliverable: Deliverable, actor: Actor, reason: Annotated[str, Prompt(label=_("Reason"), text_lines=3)]
) -> Deliverable:
    """It stays readable with the reason. Where it was the last one open, "finish delivery" goes on from here."""
    deliverable.decided_by_id, deliverable.decided_at, deliverable.reason = actor.pk, clock.now(), reason
    deliverable.save()
    tell_client(
        deliverable.engagement,
        subject=_("Deliverable dropped"),
        text=_("A planned deliverable was dropped. Sign in to read why."),
        key=f"deliverable-dropped-{deliverable.pk}",
    )
    return deliverable


def follow_amended_end(engagement: Engagement, *, before: date, after: date) -> None:
    """The contract's end moved from `before` to `after`, either way. What is not accepted yet and was due on the old end
    is due on the new one; so is what lay before the old end and would now lie behind the new. All else keeps its day.
    What waits for acceptance moves too, so that a return measures it against the end in force; what was accepted or
    dropped is history and stays."""
    due = Q(due_on=before) | Q(due_on__gt=after, due_on__lt=before)
    move_open(engagement, due, after)


def follow_adjusted_end(engagement: Engagement, *, ends: set[date], after: date) -> None:
    """The client chose a plan that ends on `after`. What is not accepted yet and was due on one of the earlier `ends`,
    the plan's own or the contract's, is due then; an end that lies later than the chosen one stays."""
    move_open(engagement, Q(due_on__in={end for end in ends if end < after}), after)


def move_open(engagement: Engagement, due: Q, to: date) -> None:
    settled = (DeliverableState.ACCEPTED, DeliverableState.DROPPED)
    rows = engagement.deliverables.filter(due).exclude(state__in=settled)
    rows_of_record.update(rows, due_on=to, version=F("version") + 1, updated_at=clock.now())
