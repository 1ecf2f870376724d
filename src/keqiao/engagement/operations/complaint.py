"""6.4.2 and 7.2: complaints and suggestions filed by any channel, acknowledged, answered in time."""

from typing import Annotated

from django.utils.translation import gettext_lazy as _

from keqiao.engagement.models import Complaint, ComplaintChannel, ComplaintKind, Engagement
from keqiao.engagement.operations.letters import addresses
from keqiao.engagement.operations.link_letters import acknowledge_complaint, tell_of_answer
from keqiao.engagement.permissions import is_at_work, is_in_charge, is_its_client
from keqiao.engagement.states import ComplaintState
from keqiao.kernel import calendar, clock
from keqiao.kernel.actors import Actor
from keqiao.kernel.errors import Invalid, Missing
from keqiao.kernel.numbering import next_number
from keqiao.kernel.operation import operation
from keqiao.kernel.params import Ask

ANSWER_DAYS = 15  # working days; the institution's own default, the standard says "in time"
CLIENTS_OWN = {ComplaintChannel.PORTAL, ComplaintChannel.SURVEY}


@operation(
    clause="6.4.2", on=Engagement, may=is_its_client | is_at_work, label=_("File a complaint or suggestion")
)
def file_complaint(
    *,
    engagement: Engagement,
    actor: Actor,
    kind: Annotated[ComplaintKind, Ask(label=_("Kind"))],
    text: Annotated[str, Ask(label=_("What happened, or what you suggest"), rows=5)],
    remedy_wanted: Annotated[str, Ask(label=_("What you would like us to do"), rows=3)] = "",
    channel: Annotated[ComplaintChannel, Ask(label=_("Channel"))] = ComplaintChannel.PORTAL,
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
        due_on=calendar.add_working_days(start=today, days=ANSWER_DAYS).day,
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
    may=is_in_charge,
    label=_("Answer"),
    primary=True,
)
def answer_complaint(
    *,
    complaint: Complaint,
    actor: Actor,
    answer: Annotated[str, Ask(label=_("Answer to the client"), rows=6)],
) -> Complaint:
    del actor
    complaint.answer, complaint.answered_on = answer, clock.today()
    complaint.save()
    tell_of_answer(complaint)
    return complaint


def complaints_are_answered(engagement: Engagement) -> list[Missing]:
    if any(one.state == ComplaintState.FILED for one in engagement.complaints.all()):
        return [Missing(_("A complaint or suggestion is not answered."), "6.4.2", _("Answer it."))]
    return []
