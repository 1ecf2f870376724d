"""Hand equipment out, keep the slip, take it back; have an instrument calibrated."""

from datetime import date
from functools import partial
from typing import Annotated

from django.utils.translation import gettext_lazy as _
from tests.sample.models import Calibration, Loan
from tests.sample.papers.calibration_sheet import sheet_of
from tests.sample.papers.loan_slip import slip_of
from tests.sample.permissions import is_borrower
from tests.sample.states import CalibrationState, LoanState

from keqiao.accounts.permissions import is_service_staff
from keqiao.documents.payload import digest_of
from keqiao.documents.pdf import render_pdf
from keqiao.enterprises.permissions import is_responsible
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Invalid
from keqiao.kernel.platform.levels import Level
from keqiao.kernel.platform.policy import by_system
from keqiao.kernel.steps import made_files
from keqiao.kernel.steps.numbering import next_number
from keqiao.kernel.steps.operation import operation
from keqiao.kernel.steps.params import Prompt
from keqiao.kernel.steps.transitions import transition


def give_number(loan: Loan, _actor: Actor) -> None:
    """For the plain steps, which make a loan from its fields."""
    loan.number = loan.number or next_number(kind="loan", on=clock.today())


@operation(
    clause="4.1.3",
    on=Loan,
    when=LoanState.REQUESTED,
    then=LoanState.LENT,
    permission=is_responsible,
    label=_("Hand out equipment"),
    primary=True,
)
def lend_equipment(
    *, loan: Loan, actor: Actor, due_on: Annotated[date, Prompt(label=_("Return due on"))]
) -> Loan:
    if due_on < clock.today():
        raise Invalid(_("The day of return has passed already."), field="due_on")
    loan.keeper_id, loan.lent_on, loan.due_on = actor.pk, clock.today(), due_on
    loan.save()
    return loan


@operation(clause="4.1.3", on=Loan, permission=by_system, label=_("Keep the loan slip"), exposed=False)
def keep_loan_slip(*, loan: Loan, actor: Actor) -> Loan:
    """The slip as it was when the equipment went out."""
    name = f"{loan.equipment}借用单.pdf"
    slip = slip_of(loan)
    loan.slip = made_files.keep(
        key=(render_pdf, digest_of(document=slip)),
        make=partial(render_pdf, document=slip),
        name=name,
        enterprise_id=loan.enterprise_id,
        level=loan.level,
        actor_id=actor.pk,
    )
    loan.save()
    return loan


@operation(
    clause="4.1.3",
    on=Loan,
    when=LoanState.LENT,
    then=LoanState.RETURNED,
    permission=is_responsible | is_borrower,
    label=_("Return equipment"),
    primary=True,
)
def return_equipment(
    *,
    loan: Loan,
    actor: Actor,
    condition: Annotated[str, Prompt(label=_("Condition on return"), max_length=200)],
) -> Loan:
    del actor
    loan.returned_on, loan.condition = clock.today(), condition
    loan.save()
    return loan


def number_calibration(calibration: Calibration, _actor: Actor) -> None:
    calibration.number = calibration.number or next_number(kind="calibration", on=clock.today())


@operation(
    clause="4.1.3",
    on=Calibration,
    when=CalibrationState.PLANNED,
    then=(CalibrationState.FIT, CalibrationState.UNFIT),
    permission=is_service_staff,
    label=_("Record the calibration"),
    primary=True,
)
def record_calibration(
    *,
    calibration: Calibration,
    actor: Actor,
    laboratory: Annotated[str, Prompt(label=_("Laboratory"), max_length=80)],
    done_on: Annotated[date, Prompt(label=_("Calibrated on"))],
    fit: Annotated[bool, Prompt(label=_("It is fit for use"))] = False,
) -> Calibration:
    if done_on > clock.today():
        raise Invalid(_("This day hasn't come yet."), field="done_on")
    transition(calibration, CalibrationState.FIT if fit else CalibrationState.UNFIT)
    calibration.laboratory, calibration.done_on = laboratory, done_on
    name = f"{calibration.number}校准记录.pdf"
    sheet = sheet_of(calibration)
    calibration.sheet = made_files.keep(
        key=(render_pdf, digest_of(document=sheet)),
        make=partial(render_pdf, document=sheet),
        name=name,
        enterprise_id=None,
        level=Level.INTERNAL,
        actor_id=actor.pk,
    )
    calibration.save()
    return calibration
