"""6.1: commission, acceptance notice, decline notice."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from keqiao.documents.parts import Head, Party
from keqiao.documents.registry import paper
from keqiao.engagement.case.papers import common
from keqiao.engagement.intake.models import Notice
from keqiao.kernel.platform import clock
from keqiao.organisation.queries import institution


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialLine:
    name: str
    required: bool
    state: Literal["awaited", "submitted", "accepted", "to_correct", "rejected", "not_needed"]
    note: str = ""


@paper("commission")
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


@paper("acceptance")
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


@paper("decline")
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


def acceptance(notice: Notice) -> AcceptanceData:
    engagement = notice.engagement
    assert notice.time_limit is not None
    return AcceptanceData(
        head=common.head(notice.number),
        client=common.client(engagement),
        institution=common.ours(),
        commission_number=engagement.number,
        commissioned_on=clock.day_of(engagement.created_at),
        service=engagement.item.name,
        content=notice.content,
        time_limits=(
            TimeLimit(step="服务完成", limit=f"{notice.time_limit:%Y-%m-%d}", due_on=notice.time_limit),
        ),
        duties=(
            PartyDuties(
                party=engagement.enterprise.name,
                rights=common.lines(notice.client_rights),
                duties=common.lines(notice.client_duties),
            ),
            PartyDuties(
                party=institution().name,
                rights=common.lines(notice.our_rights),
                duties=common.lines(notice.our_duties),
            ),
        ),
        next_step="双方签订服务合同。",
    )


def decline(notice: Notice) -> DeclineData:
    engagement = notice.engagement
    return DeclineData(
        head=common.head(notice.number),
        client=common.client(engagement),
        institution=common.ours(),
        commission_number=engagement.number,
        commissioned_on=clock.day_of(engagement.created_at),
        service=engagement.item.name,
        reasons=common.lines(notice.reasons),
        advice=notice.advice,
    )
