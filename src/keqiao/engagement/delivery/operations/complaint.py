"""6.4.2 and 7.2: complaints and suggestions filed by any channel, acknowledged, answered in time."""

from typing import Annotated

from django.utils.translation import gettext_lazy as _

from keqiao.engagement.case.models import Engagement
from keqiao.engagement.case.operations.letters import addresses
from keqiao.engagement.case.permissions import is_at_work, is_in_charge, is_its_client
from keqiao.engagement.delivery.models.delivery import Complaint, ComplaintChannel, ComplaintKind
from keqiao.engagement.delivery.operations.link_letters import acknowledge_complaint, tell_of_answer
from keqiao.engagement.delivery.states import ComplaintState
from keqiao.kernel.platform import calendar, clock
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Invalid, Missing
from keqiao.kernel.steps.numbering import next_number
from keqiao.kernel.steps.operation import operation
from keqiao.kernel.steps.params import Prompt

ANSWER_DAYS = 15  # working days; the institution's own default, the standard says "in time"
CLIENTS_OWN = {ComplaintChannel.PORTAL, ComplaintChannel.SURVEY}


@operation(
    clause="6.4.2",
    on=Engagement,
    permission=is_its_client | is_at_work,
    label=_("File a complaint or suggestion"),
)
def file_complaint(
    *,
    engagement: Engagement,
    actor: Actor,
    kind: Annotated[ComplaintKind, Prompt(label=_("Kind"))],
    text: Annotated[str, Prompt(label=_("What happened, or what you suggest"), text_lines=5)],
    remedy_wanted: Annotated[str, Prompt(label=_("What you would like us to do"), text_lines=3)] = "",
    channel: Annotated[ComplaintChannel, Prompt(label=_("Channel"))] = ComplaintChannel.PORTAL,
) -> Complaint:
    """File it in any state of the engagement; staff file on behalf of a client and say how it came in."""
    if actor.kind in {"staff", "expert"} and channel in CLIENTS_OWN:
        raise Invalid(_("Say by which channel the client told you."), field="channel")
    today = clock.today()
    complaint = Complaint.objects.create(
        engagement=engagement,
        number=next_number(kind="complaint", on=today),
        kind=kind,
        text=text,
        remedy_wanted=remedy_wanted,
        channel=ComplaintChannel.PORTAL if actor.kind == "client" and channel not in CLIENTS_OWN else channel,
        filed_by_id=actor.pk,
        due_on=calendar.add_working_days(start=today, days=ANSWER_DAYS),
    )
    acknowledge(complaint)
    return complaint


def acknowledge(complaint: Complaint) -> None:
    """Tell the client the number and the day of the answer. In the portal the page says it without a mail."""
    acknowledge_complaint(complaint)
    if addresses(complaint.engagement) or complaint.channel == ComplaintChannel.PORTAL:
        complaint.acknowledged_at = clock.now()
        complaint.save()


@operation(
    clause="6.4.2",
    on=Complaint,
    when=ComplaintState.FILED,
    then=ComplaintState.ANSWERED,
    permission=is_in_charge,
    label=_("Answer"),
    primary=True,
)
def answer_complaint(
    *,
    complaint: Complaint,
    actor: Actor,
    answer: Annotated[str, Prompt(label=_("Answer to the client"), text_lines=6)],
) -> Complaint:
    del actor
    complaint.answer, complaint.answered_on = answer, clock.today()
    complaint.save()
    tell_of_answer(complaint)
    return complaint


def complaints_are_answered(engagement: Engagement) -> list[Missing]:
    if any(complaint.state == ComplaintState.FILED for complaint in engagement.complaints.all()):
        return [Missing(_("A complaint or suggestion is not answered."), "6.4.2", _("Answer it."))]
    return []
