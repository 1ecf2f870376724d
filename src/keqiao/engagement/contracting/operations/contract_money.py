"""6.2 d and 4.1.1: payments on the fee schedule, and the register of technical contracts."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from django.utils.translation import gettext_lazy as _

from keqiao.catalogue.models import TechnicalContractKind
from keqiao.engagement.case.permissions import is_in_charge
from keqiao.engagement.contracting.models import Contract, FeeLine
from keqiao.engagement.contracting.states import ContractState
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Invalid, Missing
from keqiao.kernel.steps.operation import operation
from keqiao.kernel.steps.params import Prompt

CENT = Decimal("0.01")
LARGEST = Decimal("999999999999.99")  # what the columns hold


def exact(amount: Decimal, *, field: str) -> Decimal:
    """An amount above zero in whole cents, or Invalid: nothing is rounded behind anyone's back."""
    if not amount.is_finite() or not 0 < amount <= LARGEST:
        raise Invalid(_("An amount must be above zero and below a million million."), field=field)
    if amount != amount.quantize(CENT):
        raise Invalid(_("An amount has at most two decimals."), field=field)
    return amount


def past_or_today(day: date, *, field: str) -> date:
    if day > clock.today():
        raise Invalid(_("This day is still to come."), field=field)
    return day


def contract_is_signed(fee: FeeLine) -> list[Missing]:
    if fee.contract.state in {ContractState.SIGNED, ContractState.ENDED}:
        return []
    return [
        Missing(_("The contract is not signed yet."), "6.2.d", _("Payments are recorded once it is signed."))
    ]


def something_owed(fee: FeeLine) -> list[Missing]:
    return [] if fee.outstanding > 0 else [Missing(_("This instalment is paid in full."), "6.2.d")]


def something_paid(fee: FeeLine) -> list[Missing]:
    return [] if fee.paid > 0 else [Missing(_("Nothing is paid on this instalment."), "6.2.d")]


@operation(
    clause="6.2.d",
    on=FeeLine,
    permission=is_in_charge,
    label=_("Record payment"),
    guard=lambda fee: contract_is_signed(fee) + something_owed(fee),
    primary=True,
)
def record_payment(
    *,
    fee: FeeLine,
    actor: Actor,
    amount: Annotated[Decimal, Prompt(label=_("Amount received"), initial=lambda fee: fee.outstanding)],
    paid_on: Annotated[date, Prompt(label=_("Received on"), default_factory=clock.today)],
) -> FeeLine:
    """Money that came in on this line; what goes beyond the line is refused."""
    del actor
    if exact(amount, field="amount") > fee.outstanding:
        raise Invalid(
            _("Only %(outstanding)s yuan are outstanding on this instalment.")
            % {"outstanding": f"{fee.outstanding:,.2f}"},
            field="amount",
            remedy=_("Record the rest on the instalment it belongs to."),
        )
    fee.paid += amount
    fee.paid_on = past_or_today(paid_on, field="paid_on")
    fee.save()
    return fee


@operation(
    clause="6.2.d",
    on=FeeLine,
    permission=is_in_charge,
    label=_("Take a payment back"),
    guard=something_paid,
    danger=_("For a payment entered by mistake or refunded; the earlier entry stays in the record."),
)
def take_back_payment(
    *,
    fee: FeeLine,
    actor: Actor,
    amount: Annotated[Decimal, Prompt(label=_("Amount"), initial=lambda fee: fee.paid)],
    reason: Annotated[str, Prompt(label=_("Reason"), max_length=300)],
) -> FeeLine:
    del actor, reason  # the record holds it
    if exact(amount, field="amount") > fee.paid:
        raise Invalid(
            _("Only %(paid)s yuan were paid on this instalment.") % {"paid": f"{fee.paid:,.2f}"},
            field="amount",
        )
    fee.paid -= amount
    fee.paid_on = fee.paid_on if fee.paid else None
    fee.save()
    return fee


def kind_known(contract: Contract) -> Any:
    return None if contract.technical_kind == TechnicalContractKind.NONE else contract.technical_kind


@operation(
    clause="4.1.1",
    on=Contract,
    when=(ContractState.SIGNED, ContractState.ENDED),
    permission=is_in_charge,
    label=_("Register as technical contract"),
)
def register_technical_contract(
    *,
    contract: Contract,
    actor: Actor,
    kind: Annotated[TechnicalContractKind, Prompt(label=_("Kind"), initial=kind_known)],
    registration_number: Annotated[
        str, Prompt(label=_("Registration number"), max_length=60, initial=lambda c: c.registration_number)
    ],
    technology_amount: Annotated[
        Decimal, Prompt(label=_("Technology transaction amount"), initial=lambda c: c.technology_amount)
    ],
) -> Contract:
    """Enter the registration by the authority; registering again corrects it."""
    del actor
    if kind == TechnicalContractKind.NONE:
        raise Invalid(_("Choose the kind under which it was registered."), field="kind")
    if exact(technology_amount, field="technology_amount") > contract.total:
        raise Invalid(_("The technology amount is above the contract's total."), field="technology_amount")
    contract.technical_kind, contract.registration_number = kind, registration_number
    contract.technology_amount = technology_amount
    contract.save()
    return contract
