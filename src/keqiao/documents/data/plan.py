"""6.3.3 and 6.3.4: service plan, progress report, adjustment."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from .shared import Head, Party, Section


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    name: str
    result: str
    due_on: date
    responsible: str = ""
    delivered_on: date | None = None
    state: Literal["planned", "under_way", "done", "late"] = "planned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """The client's word on one version: who, when, and the digest that was shown."""

    by: str
    at: datetime
    version: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanData:
    head: Head
    client: Party
    institution: Party
    engagement: str
    contract_number: str
    goals: str
    sections: tuple[Section, ...]  # numbered by the paper, between the goals and the milestones
    milestones: tuple[Milestone, ...]
    replaces: str = ""  # what changed against the version before
    confirmation: Confirmation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressData:
    head: Head
    client: Party
    institution: Party
    engagement: str
    contract_number: str
    period_from: date
    period_to: date
    done: str
    milestones: tuple[Milestone, ...] = ()
    findings: str = ""
    problems: str = ""
    next_steps: str = ""
    wanted_from_client: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    name: str
    text: str
    effect_on_time: str = ""
    effect_on_fee: str = ""
    risk: str = ""
    recommended: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    option: str
    by: str
    at: datetime
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentData:
    head: Head
    client: Party
    institution: Party
    engagement: str
    plan_number: str
    plan_version: int
    cause: str
    options: tuple[Option, ...]
    answer_by: date | None = None
    choice: Choice | None = None

    def __post_init__(self) -> None:
        if len(self.options) < 2:  # noqa: PLR2004 - the client must have a choice
            raise ValueError("An adjustment offers the client at least two options (clause 6.3.4 f).")
