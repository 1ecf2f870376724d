"""How far what loans promise is kept: each kind of measure once."""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from tests.sample.models import Loan
from tests.sample.states import LoanState

from keqiao.conformity.registry import none_open, rhythm, share, timely


def overdue(day: date) -> Q:
    return Q(state=LoanState.LENT, due_on__lt=day)


share("sample.slips", of=Loan, at="lent_on", has=Q(slip__isnull=False))
timely("sample.returns", of=Loan, due="due_on", done="returned_on")
rhythm("sample.lending", of=Loan, at="lent_on", months=3, label=_("Lend equipment"))
none_open("sample.overdue", of=Loan, open=overdue)
