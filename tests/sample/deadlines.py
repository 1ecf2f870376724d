"""What is due on a loan: the institution hands out by the day it is wanted, the client returns by the day agreed."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from tests.sample.models import Loan
from tests.sample.states import LoanState

from keqiao.kernel.steps.deadlines.declaration import Deadline
from keqiao.kernel.steps.deadlines.people import CHARGE, CLIENT
from keqiao.kernel.steps.deadlines.registry import declare

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
