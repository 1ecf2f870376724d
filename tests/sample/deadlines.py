"""What is due: equipment is handed out by the day it is wanted and returned by the day agreed; an instrument is calibrated
in time."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from tests.sample.models import Calibration, Loan
from tests.sample.states import CalibrationState, LoanState

from keqiao.kernel.steps.deadlines.declaration import About, Deadline
from keqiao.kernel.steps.deadlines.people import CHARGE, CLIENT
from keqiao.kernel.steps.deadlines.registry import belongs, declare

declare(
    Deadline(
        model=Loan,
        key="loan-wanted",
        when=Q(state=LoanState.REQUESTED),
        day="wanted_on",
        waits_for=CHARGE,
        ends_with=("lend_equipment",),
        text=_("Hand out equipment: %(name)s"),
        named="equipment",
        clause="4.1.3",
        about="enterprise",
    ),
    Deadline(
        model=Loan,
        key="loan-return",
        when=Q(state=LoanState.LENT),
        day="due_on",
        waits_for=CLIENT,
        ends_with=("return_equipment",),
        text=_("Return equipment: %(name)s"),
        named="equipment",
        clause="4.1.3",
        about="enterprise",
    ),
)
belongs(About(model=Calibration, number="number", name="instrument__name", charge="keeper"))
declare(
    Deadline(
        model=Calibration,
        key="calibration",
        when=Q(state=CalibrationState.PLANNED),
        day="due_on",
        waits_for=CHARGE,
        ends_with=("record_calibration",),
        text=_("Have calibrated: %(name)s"),
        named="instrument__name",
        clause="4.1.3",
    )
)
