"""Parts that several papers share.

Amounts are `Decimal` and are printed in figures and capitals; dates are `date`, moments aware `datetime` in the time
zone they should be printed in. An empty string or None prints as a dash.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What every paper carries in its head and foot."""

    number: str
    version: int
    issued_on: date
    institution: str
    mark: str = ""  # printed beside the number: a draft, demo data


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    name: str
    credit_code: str = ""
    address: str = ""
    representative: str = ""
    contact: str = ""
    phone: str = ""
    email: str = ""
    bank: str = ""
    account: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeLine:
    item: str
    amount: Decimal
    condition: str = ""
    due_on: date | None = None


def total_of(fees: tuple[FeeLine, ...]) -> Decimal:
    return sum((line.amount for line in fees), Decimal(0))
