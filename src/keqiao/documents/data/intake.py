"""6.1: commission, acceptance notice, decline notice."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from .shared import Head, Party


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialLine:
    name: str
    required: bool
    state: Literal["awaited", "submitted", "accepted", "to_correct", "rejected", "not_needed"]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommissionData:
    head: Head
    client: Party
    institution: Party
    family: str
    service: str
    subject: str
    requirements: str
    wanted_by: date | None = None
    materials: tuple[MaterialLine, ...] = ()
    truthful_by: str = ""  # who gave the statement that the material is lawful, true and valid
    truthful_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLimit:
    step: str
    limit: str
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyDuties:
    party: str
    rights: tuple[str, ...]
    duties: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptanceData:
    head: Head
    client: Party
    institution: Party
    commission_number: str
    commissioned_on: date
    service: str
    content: str
    time_limits: tuple[TimeLimit, ...]
    duties: tuple[PartyDuties, ...]
    next_step: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineData:
    head: Head
    client: Party
    institution: Party
    commission_number: str
    commissioned_on: date
    service: str
    reasons: tuple[str, ...]
    advice: str = ""
    materials_returned: str = ""
