"""What may follow what of plans and questionnaires, and the numbers of plans."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from keqiao.kernel.steps.numbering import number_kind
from keqiao.kernel.steps.states import Tone, table


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

number_kind(key="plan", label=_("Service plan"), pattern="FA-{year}-{n:05d}")
