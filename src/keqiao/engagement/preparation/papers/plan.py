"""6.3.3: service plan."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from keqiao.documents.parts import Head, Party, Section
from keqiao.documents.registry import paper
from keqiao.engagement.case.papers import common
from keqiao.engagement.preparation.models.plan import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneLine:
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


@paper("plan")
@dataclass(frozen=True, slots=True, kw_only=True)
class PlanData:
    head: Head
    client: Party
    institution: Party
    engagement: str
    contract_number: str
    goals: str
    sections: tuple[Section, ...]  # numbered by the paper, between the goals and the milestones
    milestones: tuple[MilestoneLine, ...]
    replaces: str = ""  # what changed against the version before
    confirmation: Confirmation | None = None


def plan(plan: Plan) -> PlanData:
    """One version as the client is asked to confirm it; what is decided later is not part of its hash."""
    return PlanData(
        head=common.head(plan.number, version=plan.edition, on=plan.begins_on),
        client=common.client(plan.engagement),
        institution=common.ours(),
        engagement=common.titled(plan.engagement),
        contract_number=common.contract_number(plan.engagement),
        goals=plan.objectives,
        sections=(Section(title="内容与方法", text=plan.content),),
        milestones=tuple(
            MilestoneLine(name=milestone.name, result=milestone.result, due_on=milestone.due_on)
            for milestone in plan.milestones.order_by("due_on", "pk")
        ),
    )
