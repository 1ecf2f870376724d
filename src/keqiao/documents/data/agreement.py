"""6.2 and 6.3.1: contract, amendment, working group with its undertaking of confidentiality."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from .shared import Head, Party

ELEMENT_LETTERS = ("a", "b", "c", "d", "e", "f", "g", "h", "i", "j")


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    letter: str
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeLine:
    item: str
    amount: Decimal
    condition: str = ""
    due_on: date | None = None


def _total(fees: tuple[FeeLine, ...]) -> Decimal:
    return sum((line.amount for line in fees), Decimal(0))


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
        object.__setattr__(self, "total", _total(self.fees))


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    letter: str
    title: str
    before: str
    after: str


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
        object.__setattr__(self, "total", _total(self.fees))


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    name: str
    side: Literal["institution", "client", "expert", "partner"]
    role: str
    duty: str
    competence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Undertaking:
    scope: str
    term: str
    liability: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingGroupData:
    head: Head
    client: Party
    institution: Party
    engagement: str
    contract_number: str
    members: tuple[Member, ...]
    undertaking: Undertaking
