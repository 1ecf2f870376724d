"""Who sees what, and by what it is found."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from tests.sample.models import Calibration, Instrument, Loan
from tests.sample.states import LoanState

from keqiao.accounts.permissions import open_to_staff
from keqiao.engagement.models import Engagement
from keqiao.enterprises.queries import parts_open_to
from keqiao.kernel.platform import policy
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.search import Found, searchable


def found_loan(loan: Loan) -> Found:
    return Found(title=str(loan), names=(loan.equipment,), numbers=(loan.number,), text=loan.purpose)


def found_calibration(calibration: Calibration) -> Found:
    return Found(title=str(calibration), numbers=(calibration.number,), text=calibration.laboratory)


def lent(actor: Actor, _day: date | None = None) -> "QuerySet[Loan]":
    return policy.visible(Loan, actor).filter(state=LoanState.LENT)


def of_engagement(engagement: Engagement, actor: Actor) -> "QuerySet[Any]":
    return policy.visible(Loan, actor).filter(engagement=engagement).order_by("-pk")


policy.register(Loan, scope=parts_open_to)
searchable(Loan, found_loan)
policy.register(Calibration, scope=open_to_staff)
searchable(Calibration, found_calibration)
policy.register(Instrument, scope=open_to_staff)
