"""What may follow what of material, and the numbers of notices."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from keqiao.kernel.steps.numbering import number_kind
from keqiao.kernel.steps.states import Tone, table


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

number_kind(key="notice", label=_("Acceptance or decline notice"), pattern="TZ-{year}-{n:05d}")
