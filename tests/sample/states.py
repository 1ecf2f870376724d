"""What may follow what on a loan and a calibration, and their numbers."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from keqiao.kernel.steps.numbering import number_kind
from keqiao.kernel.steps.states import Tone, table


class LoanState(TextChoices):
    REQUESTED = "requested", _("Equipment to hand out")
    LENT = "lent", _("Equipment on loan")
    RETURNED = "returned", _("Equipment returned")


S = LoanState
LOAN = table(
    LoanState,
    {S.REQUESTED: (S.LENT,), S.LENT: (S.RETURNED,), S.RETURNED: ()},
    tones={S.REQUESTED: Tone.TODO, S.LENT: Tone.CURRENT, S.RETURNED: Tone.DONE},
)
number_kind(key="loan", label=_("equipment loan"), pattern="SBJY-{year}-{n:05d}")


class CalibrationState(TextChoices):
    PLANNED = "planned", _("Calibration to do")
    FIT = "fit", _("Fit for use")
    UNFIT = "unfit", _("Not fit for use")


C = CalibrationState
CALIBRATION = table(
    CalibrationState,
    {C.PLANNED: (C.FIT, C.UNFIT), C.FIT: (), C.UNFIT: ()},
    tones={C.PLANNED: Tone.TODO, C.FIT: Tone.DONE, C.UNFIT: Tone.LATE},
)
number_kind(key="calibration", label=_("calibration"), pattern="SBJZ-{year}-{n:05d}")
