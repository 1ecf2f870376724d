"""Which state may follow which, and what is numbered. Operations are held to these tables when they are declared."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from keqiao.kernel.steps.numbering import number_kind
from keqiao.kernel.steps.states import Tone, table


class Stage(TextChoices):
    """Where an engagement stands, in the order of clause 6."""

    DRAFT = "draft", _("Commission in draft")
    SUBMITTED = "submitted", _("Material under review")
    CORRECTING = "correcting", _("Awaiting correction")
    REVIEWED = "reviewed", _("Feasibility to decide")
    ACCEPTED = "accepted", _("Contract to sign")
    DECLINED = "declined", _("Declined")
    CONTRACTED = "contracted", _("Working group to form")
    INVESTIGATING = "investigating", _("Investigation")
    PLANNING = "planning", _("Plan to confirm")
    IMPLEMENTING = "implementing", _("Implementation")
    DELIVERED = "delivered", _("Delivered, to archive")
    ARCHIVED = "archived", _("Archived")
    SUSPENDED = "suspended", _("Suspended")
    ENDED_EARLY = "ended_early", _("Ended early, to archive")
    CANCELLED = "cancelled", _("Cancelled")


S = Stage
RUNNING = (S.CONTRACTED, S.INVESTIGATING, S.PLANNING, S.IMPLEMENTING)
BEFORE_CONTRACT = (S.DRAFT, S.SUBMITTED, S.CORRECTING, S.REVIEWED, S.ACCEPTED)
GIVING = (S.DRAFT, S.SUBMITTED, S.CORRECTING)  # while the client gives material
OPEN = (*BEFORE_CONTRACT, *RUNNING, S.DELIVERED, S.SUSPENDED, S.ENDED_EARLY)

ENGAGEMENT = table(
    Stage,
    {
        S.DRAFT: (S.SUBMITTED, S.CANCELLED),
        S.SUBMITTED: (S.CORRECTING, S.REVIEWED, S.CANCELLED),
        S.CORRECTING: (S.SUBMITTED, S.CANCELLED),
        S.REVIEWED: (S.ACCEPTED, S.DECLINED, S.CANCELLED),
        S.ACCEPTED: (S.CONTRACTED, S.CANCELLED),
        S.DECLINED: (),
        S.CONTRACTED: (S.INVESTIGATING, S.SUSPENDED, S.ENDED_EARLY),
        S.INVESTIGATING: (S.PLANNING, S.SUSPENDED, S.ENDED_EARLY),
        S.PLANNING: (S.IMPLEMENTING, S.SUSPENDED, S.ENDED_EARLY),
        S.IMPLEMENTING: (S.DELIVERED, S.SUSPENDED, S.ENDED_EARLY),
        S.DELIVERED: (S.ARCHIVED,),
        S.ARCHIVED: (),
        S.SUSPENDED: (*RUNNING, S.ENDED_EARLY),
        S.ENDED_EARLY: (S.ARCHIVED,),
        S.CANCELLED: (),
    },
    tones={
        S.DRAFT: Tone.TODO,
        S.SUBMITTED: Tone.CURRENT,
        S.CORRECTING: Tone.DUE,
        S.REVIEWED: Tone.CURRENT,
        S.ACCEPTED: Tone.CURRENT,
        S.DECLINED: Tone.REFUSED,
        S.CONTRACTED: Tone.CURRENT,
        S.INVESTIGATING: Tone.CURRENT,
        S.PLANNING: Tone.CURRENT,
        S.IMPLEMENTING: Tone.CURRENT,
        S.DELIVERED: Tone.CURRENT,
        S.ARCHIVED: Tone.DONE,
        S.SUSPENDED: Tone.PAUSED,
        S.ENDED_EARLY: Tone.REFUSED,
        S.CANCELLED: Tone.REFUSED,
    },
)


class MaterialState(TextChoices):
    REQUESTED = "requested", _("Requested")
    PROVIDED = "provided", _("Provided, to review")
    ACCEPTED = "accepted", _("Accepted")
    TO_CORRECT = "to_correct", _("To correct")
    REJECTED = "rejected", _("Rejected")
    WAIVED = "waived", _("Not needed")


M = MaterialState
MATERIAL = table(
    MaterialState,
    {
        M.REQUESTED: (M.PROVIDED, M.WAIVED),
        M.PROVIDED: (M.PROVIDED, M.ACCEPTED, M.TO_CORRECT, M.REJECTED),
        M.ACCEPTED: (M.TO_CORRECT,),
        M.TO_CORRECT: (M.PROVIDED, M.WAIVED),
        M.REJECTED: (M.PROVIDED, M.WAIVED),
        M.WAIVED: (M.REQUESTED,),
    },
    tones={
        M.REQUESTED: Tone.TODO,
        M.PROVIDED: Tone.CURRENT,
        M.ACCEPTED: Tone.DONE,
        M.TO_CORRECT: Tone.DUE,
        M.REJECTED: Tone.REFUSED,
        M.WAIVED: Tone.PLAIN,
    },
)


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


class PlanState(TextChoices):
    DRAFT = "draft", _("In writing")
    SENT = "sent", _("Awaiting confirmation")
    CONFIRMED = "confirmed", _("Confirmed by the client")
    REJECTED = "rejected", _("Sent back by the client")
    SUPERSEDED = "superseded", _("Superseded")
    WITHDRAWN = "withdrawn", _("Withdrawn")


P = PlanState
PLAN = table(
    PlanState,
    {
        P.DRAFT: (P.SENT,),
        P.SENT: (P.CONFIRMED, P.REJECTED, P.WITHDRAWN),
        P.CONFIRMED: (P.SUPERSEDED,),
        P.REJECTED: (P.SUPERSEDED,),
        P.SUPERSEDED: (),
        P.WITHDRAWN: (),
    },
    tones={
        P.DRAFT: Tone.TODO,
        P.SENT: Tone.DUE,
        P.CONFIRMED: Tone.DONE,
        P.REJECTED: Tone.REFUSED,
        P.SUPERSEDED: Tone.PLAIN,
        P.WITHDRAWN: Tone.PLAIN,
    },
)


class QuestionnaireState(TextChoices):
    DRAFT = "draft", _("In writing")
    OPEN = "open", _("Open for answers")
    CLOSED = "closed", _("Closed and summarised")


Q = QuestionnaireState
QUESTIONNAIRE = table(
    QuestionnaireState,
    {Q.DRAFT: (Q.OPEN,), Q.OPEN: (Q.CLOSED,), Q.CLOSED: ()},
    tones={Q.DRAFT: Tone.TODO, Q.OPEN: Tone.CURRENT, Q.CLOSED: Tone.DONE},
)


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

number_kind(key="commission", label=_("Commission"), pattern="WT-{year}-{n:05d}")
number_kind(key="notice", label=_("Acceptance or decline notice"), pattern="TZ-{year}-{n:05d}")
number_kind(key="contract", label=_("Contract"), pattern="HT-{year}-{n:05d}")
number_kind(key="amendment", label=_("Contract amendment"), pattern="BG-{year}-{n:05d}")
number_kind(key="plan", label=_("Service plan"), pattern="FA-{year}-{n:05d}")
number_kind(key="deliverable", label=_("Deliverable"), pattern="JG-{year}-{n:05d}")
number_kind(key="archive", label=_("Archive"), pattern="DA-{year}-{n:05d}")
number_kind(key="complaint", label=_("Complaint"), pattern="TS-{year}-{n:05d}")
