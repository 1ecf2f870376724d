"""What goes with the equipment: who has it, what for, and until when."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _
from tests.sample.models import Loan

from keqiao.documents.parts import Head
from keqiao.documents.registry import paper
from keqiao.kernel.platform import clock
from keqiao.organisation.queries import institution


@paper("loan_slip")
@dataclass(frozen=True, slots=True, kw_only=True)
class LoanSlipData:
    head: Head
    borrower: str
    equipment: str
    purpose: str
    lent_on: date
    due_on: date


def slip_of(loan: Loan) -> LoanSlipData:
    assert loan.lent_on is not None and loan.due_on is not None, "a slip is made once equipment is out"
    mark = _("Demo data") if settings.DEMO else ""
    return LoanSlipData(
        head=Head(
            number=loan.number, version=1, issued_on=clock.today(), institution=institution().name, mark=mark
        ),
        borrower=loan.enterprise.name,
        equipment=loan.equipment,
        purpose=loan.purpose,
        lent_on=loan.lent_on,
        due_on=loan.due_on,
    )
