"""What may follow what of a proposal to lower a classification."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from keqiao.kernel.steps.states import Tone, table


class LoweringState(TextChoices):
    PROPOSED = "proposed", _("Proposed")
    CONFIRMED = "confirmed", pgettext_lazy("lowering", "Confirmed")
    DECLINED = "declined", pgettext_lazy("lowering", "Declined")


L = LoweringState
LOWERING = table(
    LoweringState,
    {L.PROPOSED: (L.CONFIRMED, L.DECLINED), L.CONFIRMED: (), L.DECLINED: ()},
    tones={L.PROPOSED: Tone.DUE, L.CONFIRMED: Tone.DONE, L.DECLINED: Tone.PLAIN},
)
