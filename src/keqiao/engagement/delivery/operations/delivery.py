"""6.4.1: deliverables planned, checked against contract element h, handed over, accepted or returned.

When the client has accepted the last one, and every staged result of the confirmed plan is delivered, the
engagement is delivered by itself (the survey follows from that: upward.py). Where a staged result is missing it
stays, and "finish delivery" says which.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from keqiao.engagement.case.models import Engagement
from keqiao.engagement.case.operations.letters import tell_client
from keqiao.engagement.case.operations.steps import (
    begin_step,
    both,
    by_age,
    keep_pdf,
    keep_upload,
    while_engagement,
)
from keqiao.engagement.case.permissions import is_at_work, is_in_charge, is_its_client
from keqiao.engagement.case.states import RUNNING, Stage
from keqiao.engagement.contracting.states import ContractState
from keqiao.engagement.delivery.models.delivery import Deliverable
from keqiao.engagement.delivery.operations.adjustment import confirmed_plan
from keqiao.engagement.delivery.operations.delivery_changes import check_promised_day
from keqiao.engagement.delivery.papers.handover import element_h, handover
from keqiao.engagement.delivery.states import DeliverableState
from keqiao.enterprises.models import EnterpriseRecord
from keqiao.enterprises.queries import records_of
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Invalid, Missing, Text
from keqiao.kernel.steps.numbering import next_number
from keqiao.kernel.steps.operation import operation
from keqiao.kernel.steps.params import Prompt, Upload
from keqiao.kernel.steps.transitions import transition

IMPLEMENTED = while_engagement(Stage.IMPLEMENTING, clause="6.4.1")


@dataclass(frozen=True)
class DeliverableRow:
    name: Annotated[str, Prompt(label=_("Deliverable"), max_length=160)]
    due_on: Annotated[date, Prompt(label=_("Due on"))]
    form: Annotated[str, Prompt(label=_("Form"), max_length=40)] = ""


def usual_deliverables(engagement: Engagement) -> list[DeliverableRow]:
    """What the item usually delivers and is not planned yet, due at the end of the contract."""
    planned = set(engagement.deliverables.values_list("name", flat=True))
    ends_on = engagement.contracts.values_list("ends_on", flat=True).first()
    due_on = ends_on or clock.today() + timedelta(days=engagement.item.usual_days)
    return [
        DeliverableRow(name=one.name, due_on=due_on, form=one.form)
        for one in engagement.item.usual_results
        if one.name not in planned
    ]


@operation(clause="6.4.1", on=Engagement, when=RUNNING, permission=is_in_charge, label=_("Plan deliverables"))
def plan_deliverable(
    *,
    engagement: Engagement,
    actor: Actor,
    deliverables: Annotated[
        list[DeliverableRow], Prompt(label=_("Deliverables"), min_rows=1, initial=usual_deliverables)
    ],
) -> Engagement:
    """Say what the contract promises and until when; each gets its number. No later than the contract ends."""
    del actor
    for row in deliverables:
        check_promised_day(engagement, row.due_on, field="deliverables")
        Deliverable.objects.create(
            engagement=engagement,
            number=next_number(kind="deliverable", on=clock.today()),
            name=row.name,
            form=row.form,
            due_on=row.due_on,
        )
    return engagement


def contract_is_signed(deliverable: Deliverable) -> list[Missing]:
    if deliverable.engagement.contracts.filter(state=ContractState.SIGNED).exists():
        return []
    return [Missing(_("The contract is not signed."), "6.2", _("Store the signed copy first."))]


def check_to_fill(deliverable: Deliverable) -> str:
    """Element h of the contract to check against; what was found is written below it."""
    said = element_h(deliverable.engagement)
    return str(_("Contract, element h: %(text)s\nChecked: ") % {"text": said})


def key_of(record: EnterpriseRecord) -> str:
    return f"{record._meta.label_lower}:{record.pk}"


def records_to_point_at(deliverable: Deliverable, actor: Actor) -> list[tuple[str, Text]]:
    """Records of this client that the actor sees and everyone who reads the engagement may."""
    engagement = deliverable.engagement
    found = records_of(engagement.enterprise_id, level=engagement.level, actor=actor)
    return [(key_of(one), f"{one._meta.verbose_name} · {one}") for one in found]


def hold_result(deliverable: Deliverable, actor: Actor, file: Upload | None, record: str) -> None:
    """Raises Invalid unless there is either a file or a record."""
    if bool(file) == bool(record):
        raise Invalid(_("Give either a file or a record of the client."), field="file")
    deliverable.blob = keep_upload(deliverable.engagement, file, actor) if file else None
    deliverable.record_kind, deliverable.record_id = "", None
    if record:
        if record not in dict(records_to_point_at(deliverable, actor)):
            raise Invalid(_("Choose a record of this client."), field="record")
        kind, _colon, number = record.rpartition(":")
        deliverable.record_kind, deliverable.record_id = kind, int(number)


@operation(
    clause="6.4.1",
    on=Deliverable,
    when=(DeliverableState.PLANNED, DeliverableState.RETURNED),
    then=DeliverableState.HANDED_OVER,
    permission=is_at_work,
    label=_("Hand over"),
    guard=both(IMPLEMENTED, contract_is_signed),
    primary=True,
)
def hand_over_deliverable(
    *,
    deliverable: Deliverable,
    actor: Actor,
    file: Annotated[Upload | None, Prompt(label=_("File"))] = None,
    record: Annotated[
        str,
        Prompt(
            label=_("Record of the client"),
            options=records_to_point_at,
            help=_("Instead of a file: what was registered or submitted for the client."),
        ),
    ] = "",
    quality_check: Annotated[
        str,
        Prompt(
            label=_("Check against element h"),
            text_lines=6,
            help=_(
                "Element h: quality and method of acceptance as the contract promises. Say what was checked."
            ),
            initial=check_to_fill,
        ),
    ],
) -> Deliverable:
    """Give the client a result that was checked against what the contract promises: a file, or a record of the client
    that outlives the engagement."""
    if "".join(quality_check.split()) == "".join(check_to_fill(deliverable).split()):
        raise Invalid(_("Say what was checked against element h, and what was found."), field="quality_check")
    hold_result(deliverable, actor, file, record)
    deliverable.quality_check, deliverable.handed_over_on = quality_check, clock.today()
    deliverable.decided_by_id = deliverable.decided_at = None
    keep_sheet(deliverable, actor)
    tell_client(
        deliverable.engagement,
        subject=_("Deliverable to accept"),
        text=_(
            "A deliverable was handed over to you. Sign in, open “Accept or return” on the page of the engagement, look at"
            " the file; then accept it, or return it and say what is not as contracted."
        ),
        key=f"deliverable-{deliverable.pk}-{deliverable.version}",
    )
    return deliverable


def keep_sheet(deliverable: Deliverable, actor: Actor) -> None:
    """The handover sheet as it now stands; earlier ones stay in the record by their hash."""
    paper = handover(deliverable)
    deliverable.sheet = keep_pdf(
        deliverable.engagement, paper, f"成果交付验收单-{deliverable.number}.pdf", actor
    )
    deliverable.save()


def decide(deliverable: Deliverable, actor: Actor, reason: str = "") -> None:
    deliverable.decided_by_id, deliverable.decided_at, deliverable.reason = actor.pk, clock.now(), reason
    keep_sheet(deliverable, actor)


@operation(
    clause="6.4.1",
    on=Deliverable,
    when=DeliverableState.HANDED_OVER,
    then=DeliverableState.ACCEPTED,
    side_transitions={Engagement: Stage.DELIVERED},
    permission=is_its_client,
    label=_("Accept"),
    guard=IMPLEMENTED,
    danger=_("You accept this deliverable as contracted; your name and the time are recorded."),
    primary=True,
)
def accept_deliverable(*, deliverable: Deliverable, actor: Actor) -> Deliverable:
    # The engagement's row is locked before it is counted what is left: of two last ones accepted at the same
    # moment each would else find the other still open.
    engagement = Engagement.objects.select_for_update().get(pk=deliverable.engagement_id)
    decide(deliverable, actor)
    if not delivery_is_complete(engagement):
        transition(engagement, Stage.DELIVERED)
        end_delivery(engagement)
    return deliverable


@operation(
    clause="6.4.1",
    on=Deliverable,
    when=DeliverableState.HANDED_OVER,
    then=DeliverableState.RETURNED,
    permission=is_its_client,
    label=_("Return"),
    guard=IMPLEMENTED,
)
def return_deliverable(
    *,
    deliverable: Deliverable,
    actor: Actor,
    reason: Annotated[str, Prompt(label=_("What is not as contracted"), text_lines=4, help=_("One a line."))],
) -> Deliverable:
    decide(deliverable, actor, reason)
    return deliverable


def delivery_is_complete(engagement: Engagement) -> list[Missing]:
    """Every deliverable accepted that wasn't dropped, every staged result of the confirmed plan delivered."""
    promised = [one for one in by_age(engagement.deliverables.all()) if one.state != DeliverableState.DROPPED]
    found = [
        Missing(
            _("“%(name)s” is not accepted: %(state)s.")
            % {"name": one.name, "state": one.get_state_display()},
            "6.4.1",
            _("The client accepts it once it is handed over."),
        )
        for one in promised
        if one.state != DeliverableState.ACCEPTED
    ]
    if not promised:
        found.append(Missing(_("No deliverable is planned."), "6.4.1", _("Plan what the contract promises.")))
    plan = confirmed_plan(engagement)
    steps = [
        one
        for one in engagement.milestones.all()
        if plan and one.plan_id == plan.pk and one.delivered_on is None
    ]
    left = sorted(steps, key=lambda one: (one.due_on, one.pk))
    found += [
        Missing(
            _("The staged result “%(name)s” is not delivered.") % {"name": one.name},
            "6.3.4.d",
            _("Deliver it."),
        )
        for one in left
    ]
    return found


@operation(
    clause="6.4.1",
    on=Engagement,
    when=Stage.IMPLEMENTING,
    then=Stage.DELIVERED,
    permission=is_in_charge,
    label=_("Finish delivery"),
    guard=delivery_is_complete,
    primary=True,
)
def finish_delivery(*, engagement: Engagement, actor: Actor) -> None:
    """For when the last acceptance was followed by a staged result, or by what was dropped; else it does this itself."""
    del actor
    end_delivery(engagement)


def end_delivery(engagement: Engagement) -> None:
    begin_step(engagement, delivered_on=clock.today())


def is_delivered(subject: Engagement | Deliverable) -> bool:
    """Whether the engagement is so by now: what the caller holds may have been read before."""
    pk = subject.engagement_id if isinstance(subject, Deliverable) else subject.pk
    return Engagement.objects.filter(pk=pk, state=Stage.DELIVERED).exists()


def records_are_open_enough(engagement: Engagement) -> list[Missing]:
    """The pack carries the records that deliverables point at, so none of them may be closer than the engagement."""
    return [
        Missing(
            _("The record of “%(name)s” is now classified above the engagement.") % {"name": one.name},
            "4.1.5",
            _("Have its classification checked, or hand over a file instead."),
        )
        for one in engagement.deliverables.exclude(record_kind="").order_by("pk")
        if one.record is not None and one.record.level > engagement.level
    ]
