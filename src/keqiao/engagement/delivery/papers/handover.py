"""6.4: handover and acceptance of deliverables."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from keqiao.documents.parts import Head, Party
from keqiao.documents.registry import paper
from keqiao.engagement.case.models import Engagement
from keqiao.engagement.case.papers import common
from keqiao.engagement.contracting.contract_texts import text_in_force
from keqiao.engagement.contracting.models import Letter
from keqiao.engagement.delivery.models.delivery import Deliverable
from keqiao.engagement.delivery.states import DeliverableState
from keqiao.kernel.platform import clock

RESULTS = {DeliverableState.ACCEPTED: "accepted", DeliverableState.RETURNED: "returned"}


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliverableLine:
    name: str
    kind: str
    form: str
    copies: int
    due_on: date
    delivered_on: date | None = None
    sha256: str = ""


@paper("handover")
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


def element_h(engagement: Engagement) -> str:
    """What the contract says on quality and acceptance; empty where there is no contract."""
    contract = engagement.contracts.order_by("-pk").first()
    return text_in_force(contract, Letter.H) if contract else ""


def handover(row: Deliverable) -> HandoverData:
    result = row.record or row.blob
    assert result is not None
    form = row.blob.name if row.blob else f"{result._meta.verbose_name} {result}"
    return HandoverData(
        head=common.head(row.number, on=clock.today()),
        client=common.client(row.engagement),
        institution=common.ours(),
        engagement=common.titled(row.engagement),
        contract_number=common.contract_number(row.engagement),
        requirement=f"{element_h(row.engagement)}\n服务机构自查：{row.quality_check}",
        items=(
            DeliverableLine(
                name=row.name, kind=row.form, form=form, copies=1, due_on=row.due_on,
                delivered_on=row.handed_over_on, sha256=row.blob.sha256 if row.blob else "",
            ),
        ),
        result=RESULTS.get(DeliverableState(row.state), "awaited"),  # type: ignore[arg-type]
        reasons=common.lines(row.reason) if row.state == DeliverableState.RETURNED else (),
        decided_by=row.decided_by.name if row.decided_by else "",
        decided_on=clock.day_of(row.decided_at) if row.decided_at else None,
    )  # fmt: skip
