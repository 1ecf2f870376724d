"""6.2: contract and amendment."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils import translation

from keqiao.catalogue.models import TechnicalContractKind
from keqiao.documents.parts import FeeLine, Head, Party, total_of
from keqiao.documents.registry import paper
from keqiao.engagement.case.papers import common
from keqiao.engagement.contracting.contract_parts import parts
from keqiao.engagement.contracting.contract_texts import chinese_day, filled_elements, payments
from keqiao.engagement.contracting.models import Amendment, Contract

ELEMENT_LETTERS = ("a", "b", "c", "d", "e", "f", "g", "h", "i", "j")


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    letter: str
    title: str
    text: str


@paper("contract", wording="agreement.json")
@dataclass(frozen=True, slots=True, kw_only=True)
class ContractData:
    head: Head
    title: str
    client: Party
    institution: Party
    elements: tuple[Element, ...]
    fees: tuple[FeeLine, ...]
    technical_kind: str = ""
    registration_number: str = ""
    place: str = ""
    attachments: tuple[str, ...] = ()
    total: Decimal = field(init=False)

    def __post_init__(self) -> None:
        letters = tuple(element.letter for element in self.elements)
        if letters != ELEMENT_LETTERS:
            raise ValueError(f"A contract has the elements a to j of clause 6.2, each once, not {letters}.")
        object.__setattr__(self, "total", total_of(self.fees))


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    letter: str
    title: str
    before: str
    after: str


@paper("amendment", wording="agreement.json")
@dataclass(frozen=True, slots=True, kw_only=True)
class AmendmentData:
    head: Head
    client: Party
    institution: Party
    contract_number: str
    contract_title: str
    contract_signed_on: date
    reason: str
    changes: tuple[Change, ...]
    effective_on: date | None = None
    fees: tuple[FeeLine, ...] = ()  # the whole new schedule where element d changes, else empty
    total: Decimal = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "total", total_of(self.fees))


def contract(contract: Contract) -> ContractData:
    titles = {element.letter: element.title for element in parts.elements()}
    return ContractData(
        head=common.head(contract.number, version=contract.edition),
        title=f"{contract.engagement.item.name}服务合同",
        client=common.client(contract.engagement),
        institution=common.ours(),
        elements=tuple(
            Element(letter=element.letter, title=titles[element.letter], text=now.text)
            for element, now in filled_elements(contract)
        ),
        fees=tuple(FeeLine(item=fee.name, amount=fee.amount, due_on=fee.due_on) for fee in contract.schedule),
        technical_kind=kind_on_paper(contract),
        registration_number=contract.registration_number,
        place=contract.place,
    )


def kind_on_paper(contract: Contract) -> str:
    """Papers are Chinese whatever language the person works in."""
    if contract.technical_kind == TechnicalContractKind.NONE:
        return ""
    with translation.override("zh-hans"):
        return str(contract.get_technical_kind_display())


def amendment(amendment: Amendment) -> AmendmentData:
    contract = amendment.contract
    assert contract.signed_on is not None
    titles = {element.letter: element.title for element in parts.elements()}
    changes = [
        Change(letter=change.letter, title=titles[change.letter], before=change.before, after=change.after)
        for change in amendment.changes.order_by("letter")
    ]
    if amendment.new_end:
        before, after = (f"合同期限至{chinese_day(day)}。" for day in (contract.ends_on, amendment.new_end))
        changes.append(Change(letter="b", title="合同期限", before=before, after=after))
    if amendment.new_fees:
        old, new = payments(amendment.fees_before), payments(amendment.fees_after)
        changes.append(Change(letter="d", title="尚未支付的费用", before=old, after=new))
    return AmendmentData(
        head=common.head(amendment.number),
        client=common.client(amendment.engagement),
        institution=common.ours(),
        contract_number=contract.number,
        contract_title=f"{contract.engagement.item.name}服务合同",
        contract_signed_on=contract.signed_on,
        reason=amendment.reason,
        changes=tuple(sorted(changes, key=lambda change: change.letter)),
    )
