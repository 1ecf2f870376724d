"""6.2: the contract is submitted, approved by a second person, sent, signed."""

from datetime import date
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from keqiao.engagement.case.models import Engagement
from keqiao.engagement.case.operations.letters import tell_client
from keqiao.engagement.case.operations.steps import keep_pdf, keep_upload, keep_word, move_on
from keqiao.engagement.case.permissions import approves, is_in_charge
from keqiao.engagement.case.states import Stage
from keqiao.engagement.contracting import contract_texts
from keqiao.engagement.contracting.models import Contract
from keqiao.engagement.contracting.operations.contract import awaits_contract
from keqiao.engagement.contracting.operations.contract_money import past_or_today
from keqiao.engagement.contracting.papers import agreement
from keqiao.engagement.contracting.states import ContractState
from keqiao.kernel.files.filetypes import PICTURES
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Invalid, Missing
from keqiao.kernel.steps.operation import operation
from keqiao.kernel.steps.params import Prompt, Upload

SIGNED_KINDS = PICTURES | {"pdf", "ofd"}  # what a scan or a signed electronic document comes as


def ten_elements_written(contract: Contract) -> list[Missing]:
    """Each of a–j has a text without open places, and d has its schedule (6.2)."""
    missing: list[Missing] = []
    for element, now in contract_texts.filled_elements(contract):
        what, clause = {"element": element.get_letter_display()}, f"6.2.{element.letter}"
        if not now.text.strip():
            missing.append(Missing(_("Element %(element)s is empty.") % what, clause, _("Write it.")))
        elif now.missing:
            names = {**what, "names": contract_texts.placeholder_labels(now.missing)}
            missing.append(
                Missing(_("Element %(element)s has open places: %(names)s.") % names, clause, _("Fill them."))
            )
    if not contract.schedule:
        missing.append(
            Missing(
                _("Element d) Service fee: the fee schedule is empty."), "6.2.d", _("Set the fee schedule.")
            )
        )
    return missing


def ready_to_sign(contract: Contract) -> list[Missing]:
    return awaits_contract(contract) + ten_elements_written(contract)


@operation(
    clause="6.2",
    on=Contract,
    when=ContractState.DRAFTING,
    then=ContractState.IN_APPROVAL,
    permission=is_in_charge,
    label=_("Submit for approval"),
    guard=ready_to_sign,
    primary=True,
)
def submit_contract(*, contract: Contract, actor: Actor) -> Contract:
    del actor
    contract.returned_reason = ""
    contract.save()
    return contract


@operation(
    clause="6.2",
    on=Contract,
    when=ContractState.IN_APPROVAL,
    then=ContractState.APPROVED,
    permission=approves,
    label=_("Approve contract"),
    guard=ready_to_sign,
    primary=True,
)
def approve_contract(*, contract: Contract, actor: Actor) -> Contract:
    """A manager who wrote none of it approves."""
    contract.approved_by_id, contract.approved_at = actor.pk, clock.now()
    contract.save()
    return contract


@operation(
    clause="6.2",
    on=Contract,
    when=ContractState.IN_APPROVAL,
    then=ContractState.DRAFTING,
    permission=approves,
    label=_("Return contract"),
)
def return_contract(
    *,
    contract: Contract,
    actor: Actor,
    reason: Annotated[str, Prompt(label=_("What has to be changed"), text_lines=3, max_length=400)],
) -> Contract:
    del actor
    contract.returned_reason = reason
    contract.save()
    return contract


@operation(
    clause="6.2",
    on=Contract,
    when=ContractState.APPROVED,
    then=ContractState.SENT,
    permission=is_in_charge,
    label=_("Send for signature"),
    guard=ready_to_sign,
    danger=_("PDF and Word are made and kept with their hashes, and the client is told."),
    primary=True,
)
def send_contract(*, contract: Contract, actor: Actor) -> Contract:
    """Fix this edition as PDF and Word; both hashes enter the record."""
    contract_texts.fix_texts(contract)
    contract.edition += 1
    contract.sent_at = clock.now()
    paper = agreement.contract(contract)
    name = f"服务合同-{contract.number}-{contract.edition}"
    contract.pdf = keep_pdf(contract.engagement, paper, f"{name}.pdf", actor)
    contract.word = keep_word(contract.engagement, paper, f"{name}.docx", actor)
    contract.save()
    tell_client(
        contract.engagement,
        subject=_("Contract to sign"),
        text=_("A contract waits for your signature. Sign in to read it."),
        key=f"contract-{contract.pk}-{contract.edition}",
    )
    return contract


@operation(
    clause="6.2",
    on=Contract,
    when=(ContractState.APPROVED, ContractState.SENT),
    then=ContractState.DRAFTING,
    permission=is_in_charge,
    label=_("Take back to writing"),
    guard=awaits_contract,
    danger=_("The approval ends; the changed contract is approved and sent anew."),
)
def recall_contract(
    *,
    contract: Contract,
    actor: Actor,
    reason: Annotated[str, Prompt(label=_("What the client wants changed"), text_lines=3, max_length=400)],
) -> Contract:
    del actor
    contract_texts.free_texts(contract)
    contract.returned_reason = reason
    contract.approved_by, contract.approved_at, contract.sent_at = None, None, None
    contract.save()
    return contract


@operation(
    clause="6.2",
    on=Contract,
    when=ContractState.SENT,
    then=ContractState.SIGNED,
    side_transitions={Engagement: Stage.CONTRACTED},
    permission=is_in_charge,
    label=_("Store signed copy"),
    guard=awaits_contract,
    primary=True,
)
def store_signed_contract(
    *,
    contract: Contract,
    actor: Actor,
    signed_copy: Annotated[
        Upload, Prompt(label=_("Signed copy"), help=_("A scan or a signed electronic document."))
    ],
    signed_on: Annotated[date, Prompt(label=_("Signed on"), default_factory=clock.today)],
) -> Contract:
    """Keep the signed copy by its hash. From now on only amendments change the contract."""
    past_or_today(signed_on, field="signed_on")
    assert contract.sent_at is not None
    if signed_on < clock.day_of(contract.sent_at):
        raise Invalid(_("The contract was sent later than this day."), field="signed_on")
    contract.signed_on = signed_on
    contract.signed_copy = keep_upload(contract.engagement, signed_copy, actor, SIGNED_KINDS)
    contract.save()
    move_on(contract.engagement, Stage.CONTRACTED)
    return contract
