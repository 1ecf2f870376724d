"""What may follow what of adjustments, deliverables and complaints, and their numbers."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from keqiao.kernel.steps.numbering import number_kind
from keqiao.kernel.steps.states import Tone, table


class AdjustmentState(TextChoices):
    OFFERED = "offered", _("Awaiting the client's choice")
    CHOSEN = "chosen", _("Chosen by the client")
    DROPPED = "dropped", _("Withdrawn")


J = AdjustmentState
ADJUSTMENT = table(
    AdjustmentState,
    {J.OFFERED: (J.CHOSEN, J.DROPPED), J.CHOSEN: (), J.DROPPED: ()},
    tones={J.OFFERED: Tone.DUE, J.CHOSEN: Tone.DONE, J.DROPPED: Tone.PLAIN},
)


class DeliverableState(TextChoices):
    PLANNED = "planned", _("To hand over")
    HANDED_OVER = "handed_over", _("Awaiting acceptance")
    ACCEPTED = "accepted", _("Accepted by the client")
    RETURNED = "returned", _("Returned")
    DROPPED = "dropped", _("Dropped")


D = DeliverableState
DELIVERABLE = table(
    DeliverableState,
    {
        D.PLANNED: (D.HANDED_OVER, D.DROPPED),
        D.HANDED_OVER: (D.ACCEPTED, D.RETURNED),
        D.RETURNED: (D.HANDED_OVER,),
        D.ACCEPTED: (),
        D.DROPPED: (),
    },
    tones={
        D.PLANNED: Tone.TODO,
        D.HANDED_OVER: Tone.DUE,
        D.ACCEPTED: Tone.DONE,
        D.RETURNED: Tone.REFUSED,
        D.DROPPED: Tone.PLAIN,
    },
)


class ComplaintState(TextChoices):
    FILED = "filed", _("Received")
    ANSWERED = "answered", _("Answered")


COMPLAINT = table(
    ComplaintState,
    {ComplaintState.FILED: (ComplaintState.ANSWERED,), ComplaintState.ANSWERED: ()},
    tones={ComplaintState.FILED: Tone.DUE, ComplaintState.ANSWERED: Tone.DONE},
)

number_kind(key="deliverable", label=_("Deliverable"), pattern="JG-{year}-{n:05d}")
number_kind(key="complaint", label=_("Complaint"), pattern="TS-{year}-{n:05d}")
