"""What may follow what of contracts and their amendments, and their numbers."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from keqiao.kernel.steps.numbering import number_kind
from keqiao.kernel.steps.states import Tone, table


class ContractState(TextChoices):
    DRAFTING = "drafting", _("In writing")
    IN_APPROVAL = "in_approval", _("In approval")
    APPROVED = "approved", _("Approved, to send")
    SENT = "sent", _("Sent for signature")
    SIGNED = "signed", _("Signed")
    ENDED = "ended", _("Ended")


C = ContractState
CONTRACT = table(
    ContractState,
    {
        C.DRAFTING: (C.IN_APPROVAL,),
        C.IN_APPROVAL: (C.APPROVED, C.DRAFTING),
        C.APPROVED: (C.SENT, C.DRAFTING),
        C.SENT: (C.SIGNED, C.DRAFTING),
        C.SIGNED: (C.ENDED,),
        C.ENDED: (),
    },
    tones={
        C.DRAFTING: Tone.TODO,
        C.IN_APPROVAL: Tone.DUE,
        C.APPROVED: Tone.CURRENT,
        C.SENT: Tone.DUE,
        C.SIGNED: Tone.DONE,
        C.ENDED: Tone.PLAIN,
    },
)


class AmendmentState(TextChoices):
    DRAFT = "draft", _("In writing")
    RETURNED = "returned", _("Returned")
    APPROVED = "approved", _("Approved")
    SIGNED = "signed", _("Signed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


A = AmendmentState
AMENDMENT = table(
    AmendmentState,
    {
        A.DRAFT: (A.APPROVED, A.RETURNED, A.WITHDRAWN),
        A.RETURNED: (A.DRAFT, A.WITHDRAWN),
        A.APPROVED: (A.SIGNED, A.WITHDRAWN),
        A.SIGNED: (),
        A.WITHDRAWN: (),
    },
    tones={
        A.DRAFT: Tone.TODO,
        A.RETURNED: Tone.REFUSED,
        A.APPROVED: Tone.CURRENT,
        A.SIGNED: Tone.DONE,
        A.WITHDRAWN: Tone.PLAIN,
    },
)

number_kind(key="contract", label=_("Contract"), pattern="HT-{year}-{n:05d}")
number_kind(key="amendment", label=_("Contract amendment"), pattern="BG-{year}-{n:05d}")
