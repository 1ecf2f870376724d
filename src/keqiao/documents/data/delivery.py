"""6.4: handover and acceptance of deliverables, summary of a survey."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from .shared import Head, Party


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliverableLine:
    name: str
    kind: str
    form: str
    copies: int
    due_on: date
    delivered_on: date | None = None
    sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverData:
    head: Head
    client: Party
    institution: Party
    engagement: str
    contract_number: str
    requirement: str  # contract element h: quality wanted and how it is accepted
    items: tuple[DeliverableLine, ...]
    result: Literal["awaited", "accepted", "returned"] = "awaited"
    reasons: tuple[str, ...] = ()  # of a return
    decided_by: str = ""
    decided_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyLine:
    question: str
    answers: int
    mean: float | None = None
    lowest: int | None = None
    highest: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyData:
    """Summary of a questionnaire: of the investigation (6.3.2) or of satisfaction (6.4.2)."""

    head: Head
    purpose: Literal["investigation", "satisfaction"]
    title: str
    subject: str
    sent: int
    answered: int
    period_from: date
    period_to: date
    scale: str
    lines: tuple[SurveyLine, ...]
    comments: tuple[str, ...] = ()
    findings: str = ""
