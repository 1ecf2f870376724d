"""Parts that several papers share."""

from dataclasses import dataclass
from datetime import date


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
