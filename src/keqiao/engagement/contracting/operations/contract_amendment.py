"""6.2 i: a signed contract changes by amendment only; its own text stays as it was signed."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from keqiao.engagement.case.operations.letters import tell_client
from keqiao.engagement.case.operations.steps import keep_pdf, keep_upload
from keqiao.engagement.case.permissions import approves, is_in_charge
from keqiao.engagement.contracting import contract_texts
from keqiao.engagement.contracting.models import Amendment, AmendmentChange, Contract, Letter
from keqiao.engagement.contracting.operations.contract import author
from keqiao.engagement.contracting.operations.contract_approval import SIGNED_KINDS
from keqiao.engagement.contracting.operations.contract_fees import (
    FeeRow,
    as_data,
    check_fees,
    money_fits,
    replace_fees,
    unpaid_now,
)
from keqiao.engagement.contracting.operations.contract_money import past_or_today
from keqiao.engagement.contracting.papers import agreement
from keqiao.engagement.contracting.states import AMENDMENT, AmendmentState, ContractState
from keqiao.engagement.delivery.operations.delivery_changes import follow_amended_end
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Invalid, Missing
from keqiao.kernel.steps.numbering import next_number
from keqiao.kernel.steps.operation import operation
from keqiao.kernel.steps.params import Prompt, Upload


@dataclass(frozen=True)
class ChangeRow:
    letter: Annotated[Letter, Prompt(label=_("Element"))]
    after: Annotated[str, Prompt(label=_("New text"), text_lines=4)]


def no_amendment_open(contract: Contract) -> list[Missing]:
    """One at a time: each amendment starts from the text the last one left."""
    waiting = contract.amendments.exclude(state__in=AMENDMENT.final).first()
    if waiting is None:
        return []
    return [
        Missing(
            _("The amendment %(number)s is still open.") % {"number": waiting.number},
            "6.2.i",
            _("Sign it or withdraw it first."),
        )
    ]


def contract_is_in_force(amendment: Amendment) -> list[Missing]:
    """What has ended is changed no more: its fees are settled, its engagement is archived."""
    if amendment.contract.state == ContractState.SIGNED:
        return []
    return [Missing(_("The contract has ended."), "6.2.i", _("Withdraw the amendment."))]


@operation(
    clause="6.2.i",
    on=Contract,
    when=ContractState.SIGNED,
    permission=is_in_charge,
    label=_("Draft amendment"),
    guard=no_amendment_open,
)
def draft_amendment(
    *,
    contract: Contract,
    actor: Actor,
    reason: Annotated[str, Prompt(label=_("Reason"), text_lines=3)],
    changes: Annotated[list[ChangeRow], Prompt(label=_("What changes"))] = [],  # noqa: B006 - never changed; a form needs a list
    new_end: Annotated[date | None, Prompt(label=_("New end of the contract"))] = None,
    fees: Annotated[
        list[FeeRow],
        Prompt(
            label=_("New schedule of what is unpaid"),
            help=_(
                "It replaces every instalment on which nothing is paid now. Left empty, fees stay as they are."
            ),
        ),
    ] = [],  # noqa: B006 - as above
) -> Amendment:
    """Write what changes, element by element; each is kept beside the text now in force."""
    check_changes(contract, changes, new_end, fees)
    amendment = Amendment.objects.create(
        engagement=contract.engagement,
        contract=contract,
        number=next_number(kind="amendment", on=clock.today()),
        reason=reason,
        new_end=new_end,
        new_fees=as_data(fees),
        replaced_fees=unpaid_now(contract, fees),
        drafted_by_id=author(actor),
    )
    write_changes(amendment, changes)
    return amendment


def write_changes(amendment: Amendment, changes: list[ChangeRow]) -> None:
    """These take the place of what was written; each beside the text now in force."""
    amendment.changes.all().delete()
    for row in changes:
        AmendmentChange.objects.create(
            engagement=amendment.engagement,
            amendment=amendment,
            letter=row.letter,
            before=contract_texts.text_in_force(amendment.contract, row.letter),
            after=row.after,
        )


def check_changes(
    contract: Contract, changes: list[ChangeRow], new_end: date | None, fees: list[FeeRow]
) -> None:
    check_fees(fees)
    letters = [row.letter for row in changes]
    if not letters and new_end is None and not fees:
        raise Invalid(_("Name an element that changes, a new end or new fees."), field="changes")
    if len(set(letters)) < len(letters):
        raise Invalid(_("Each element is named once."), field="changes")
    if new_end is not None and new_end < max(clock.today(), contract.begins_on):
        raise Invalid(_("The end lies in the past, or before the contract begins."), field="new_end")
    if new_end == contract.ends_on:
        raise Invalid(_("The contract ends on this day already."), field="new_end")


@operation(
    clause="6.2.i",
    on=Amendment,
    when=AmendmentState.DRAFT,
    then=AmendmentState.APPROVED,
    permission=approves,
    label=_("Approve amendment"),
    guard=contract_is_in_force,
    danger=_("The paper to sign is made and kept with its hash, and the client is told."),
    primary=True,
)
def approve_amendment(*, amendment: Amendment, actor: Actor) -> Amendment:
    amendment.approved_by_id = actor.pk
    paper = agreement.amendment(amendment)
    amendment.pdf = keep_pdf(amendment.engagement, paper, f"补充协议-{amendment.number}.pdf", actor)
    amendment.save()
    tell_client(
        amendment.engagement,
        subject=_("Amendment to sign"),
        text=_("An amendment of the contract waits for your signature. Sign in to read it."),
        key=f"amendment-{amendment.pk}",
    )
    return amendment


@operation(
    clause="6.2.i",
    on=Amendment,
    when=AmendmentState.APPROVED,
    then=AmendmentState.SIGNED,
    permission=is_in_charge,
    label=_("Store signed amendment"),
    guard=lambda amendment: contract_is_in_force(amendment) or money_fits(amendment),
    primary=True,
)
def sign_amendment(
    *,
    amendment: Amendment,
    actor: Actor,
    signed_copy: Annotated[
        Upload, Prompt(label=_("Signed copy"), help=_("A scan or a signed electronic document."))
    ],
    signed_on: Annotated[date, Prompt(label=_("Signed on"), default_factory=clock.today)],
) -> Amendment:
    """Keep the signed copy; a new end and new fees take effect on the contract, and what was due on its end follows."""
    contract = amendment.contract
    past_or_today(signed_on, field="signed_on")
    if contract.signed_on and signed_on < contract.signed_on:
        raise Invalid(_("The contract itself was signed later than this day."), field="signed_on")
    amendment.signed_on = signed_on
    amendment.signed_copy = keep_upload(amendment.engagement, signed_copy, actor, SIGNED_KINDS)
    amendment.save()
    if amendment.new_end:
        follow_amended_end(contract.engagement, before=contract.ends_on, after=amendment.new_end)
        contract.ends_on, contract.version = amendment.new_end, contract.version + 1
        contract.save(update_fields=["ends_on", "version", "updated_at"])
    if amendment.new_fees:
        replace_fees(amendment)
    return amendment
