"""Summary of a questionnaire: of the investigation (6.3.2) or of satisfaction (6.4.2)."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from keqiao.documents.parts import Head
from keqiao.documents.registry import paper


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyLine:
    question: str
    answers: int
    mean: float | None = None
    lowest: int | None = None
    highest: int | None = None


@paper("survey")
@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyData:
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
