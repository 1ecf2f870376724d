"""6.2: the contract is written: its terms, its ten elements, its fee schedule."""

from datetime import date, timedelta
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from keqiao.catalogue.models import TechnicalContractKind
from keqiao.engagement.case.models import Engagement
from keqiao.engagement.case.permissions import is_in_charge
from keqiao.engagement.case.states import Stage
from keqiao.engagement.contracting import contract_texts
from keqiao.engagement.contracting.models import Contract, ContractElement, Letter
from keqiao.engagement.contracting.operations.contract_fees import FeeRow, check_fees, rows_of, set_fees
from keqiao.engagement.contracting.states import ContractState
from keqiao.engagement.intake.models import NoticeKind
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Invalid, Missing
from keqiao.kernel.steps.numbering import next_number
from keqiao.kernel.steps.operation import operation
from keqiao.kernel.steps.params import Prompt


def awaits_contract(contract: Contract) -> list[Missing]:
    """A contract is worked on only while its engagement waits for it."""
    engagement = contract.engagement
    if engagement.state == Stage.ACCEPTED:
        return []
    return [
        Missing(
            _("The engagement is in the state “%(state)s”.") % {"state": engagement.get_state_display()},
            "6.2",
        )
    ]


def has_no_contract(engagement: Engagement) -> list[Missing]:
    contract = engagement.contracts.first()
    if contract is None:
        return []
    return [
        Missing(
            _("This engagement already has the contract %(number)s.") % {"number": contract.number},
            "6.2",
            _("Open it."),
        )
    ]


def promised_end(engagement: Engagement) -> date:
    """What the acceptance promised last; without a promise the usual days of the service."""
    promised = (
        engagement.notices.filter(kind=NoticeKind.ACCEPTANCE)
        .order_by("-pk")
        .values_list("time_limit", flat=True)
    )
    return promised.first() or clock.today() + timedelta(days=engagement.item.usual_days)


@operation(
    clause="6.2",
    on=Engagement,
    when=Stage.ACCEPTED,
    permission=is_in_charge,
    label=_("Draft contract"),
    guard=has_no_contract,
    primary=True,
)
def draft_contract(
    *,
    engagement: Engagement,
    actor: Actor,
    begins_on: Annotated[date, Prompt(label=_("Begins on"), default_factory=clock.today)],
    ends_on: Annotated[date, Prompt(label=_("Ends on"), initial=promised_end)],
    place: Annotated[str, Prompt(label=_("Place of service"), max_length=160)] = "",
    technical_kind: Annotated[
        TechnicalContractKind | None,
        Prompt(label=_("Technical contract kind"), initial=lambda e: e.item.contract_kind),
    ] = None,
    secrecy_years: Annotated[
        int | None, Prompt(label=_("Years of confidentiality"), minimum=1, maximum=99)
    ] = None,
) -> Contract:
    """Begin the contract with the ten texts of its service. Facts not yet known keep their name in braces."""
    check_period(begins_on, ends_on)
    contract = Contract.objects.create(
        engagement=engagement,
        number=next_number(kind="contract", on=clock.today()),
        begins_on=begins_on,
        ends_on=ends_on,
        place=place,
        technical_kind=technical_kind or engagement.item.contract_kind,
        drafted_by_id=author(actor),
    )
    for letter, text in contract_texts.first_texts(contract, secrecy_years=secrecy_years).items():
        ContractElement.objects.create(engagement=engagement, contract=contract, letter=letter, text=text)
    return contract


def author(actor: Actor) -> int:
    """Who answers for a text: a person, never the system."""
    assert actor.pk is not None
    return int(actor.pk)


def check_period(begins_on: date, ends_on: date) -> None:
    if ends_on < begins_on:
        raise Invalid(_("The contract ends before it begins."), field="ends_on")
    if ends_on < clock.today():
        raise Invalid(_("The end lies in the past."), field="ends_on")


@operation(
    clause="6.2",
    on=Contract,
    when=ContractState.DRAFTING,
    permission=is_in_charge,
    label=_("Set terms"),
    guard=awaits_contract,
)
def set_contract_terms(
    *,
    contract: Contract,
    actor: Actor,
    begins_on: Annotated[date, Prompt(label=_("Begins on"), initial=lambda c: c.begins_on)],
    ends_on: Annotated[date, Prompt(label=_("Ends on"), initial=lambda c: c.ends_on)],
    technical_kind: Annotated[
        TechnicalContractKind, Prompt(label=_("Technical contract kind"), initial=lambda c: c.technical_kind)
    ],
    place: Annotated[
        str, Prompt(label=_("Place of service"), max_length=160, initial=lambda c: c.place)
    ] = "",
) -> Contract:
    """Period, place and kind; texts that name them in braces follow."""
    del actor
    check_period(begins_on, ends_on)
    contract.begins_on, contract.ends_on = begins_on, ends_on
    contract.place, contract.technical_kind = place, technical_kind
    contract.save()
    return contract


def text_now(contract: Contract, sent: dict[str, str]) -> str:
    """The text of the element the link asked for, so that writing goes on from what is there."""
    element = contract.elements.filter(letter=sent.get("letter", "")).first()
    return element.text if element else ""


@operation(
    clause="6.2",
    on=Contract,
    when=ContractState.DRAFTING,
    permission=is_in_charge,
    label=_("Write an element"),
    guard=awaits_contract,
)
def write_contract_element(
    *,
    contract: Contract,
    actor: Actor,
    letter: Annotated[Letter, Prompt(label=_("Element"))],
    text: Annotated[
        str,
        Prompt(
            label=_("Text"),
            text_lines=12,
            prefill=text_now,
            depends_on="letter",
            help=_(
                "{start}, {end}, {period}, {place}, {fee}, {fee_capital}, {payment}: filled in by themselves."
            ),
        ),
    ] = "",
) -> ContractElement:
    """Write one of the ten; the record tells which by its letter."""
    del actor
    element = contract.elements.get(letter=letter)
    element.text = text.strip()
    element.save()
    return element


def schedule_now(contract: Contract) -> list[FeeRow]:
    return rows_of(contract.schedule)


@operation(
    clause="6.2.d",
    on=Contract,
    when=ContractState.DRAFTING,
    permission=is_in_charge,
    label=_("Set fee schedule"),
    guard=awaits_contract,
)
def set_fee_schedule(
    *,
    contract: Contract,
    actor: Actor,
    fees: Annotated[list[FeeRow], Prompt(label=_("Fee schedule"), min_rows=1, initial=schedule_now)],
) -> Contract:
    """Replace the whole schedule; the contract's total is the sum of its lines."""
    del actor
    check_fees(fees)
    set_fees(contract, fees)
    return contract
