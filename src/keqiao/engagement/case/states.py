"""Which state of an engagement may follow which, and its number. Each phase has the states of what it makes."""

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

number_kind(key="commission", label=_("Commission"), pattern="WT-{year}-{n:05d}")
