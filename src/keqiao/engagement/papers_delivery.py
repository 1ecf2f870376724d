"""Deliverables into papers."""

from django.utils import timezone

from keqiao.documents import data
from keqiao.engagement import papers
from keqiao.engagement.case.states import DeliverableState
from keqiao.engagement.models import Deliverable, Engagement, Letter
from keqiao.engagement.papers_contract import text_in_force
from keqiao.engagement.papers_plan import contract_number
from keqiao.kernel.platform import clock

RESULTS = {DeliverableState.ACCEPTED: "accepted", DeliverableState.RETURNED: "returned"}


def element_h(engagement: Engagement) -> str:
    """What the contract says on quality and acceptance; empty where there is no contract."""
    contract = engagement.contracts.order_by("-pk").first()
    return text_in_force(contract, Letter.H) if contract else ""


def handover(row: Deliverable) -> data.HandoverData:
    assert row.blob is not None
    return data.HandoverData(
        head=papers.head(row.number, on=clock.today()),
        client=papers.client(row.engagement),
        institution=papers.ours(),
        engagement=papers.titled(row.engagement),
        contract_number=contract_number(row.engagement),
        requirement=f"{element_h(row.engagement)}\n服务机构自查：{row.quality_check}",
        items=(
            data.DeliverableLine(
                name=row.name, kind=row.form, form=row.blob.name, copies=1, due_on=row.due_on,
                delivered_on=row.handed_over_on, sha256=row.blob.sha256,
            ),
        ),
        result=RESULTS.get(DeliverableState(row.state), "awaited"),  # type: ignore[arg-type]
        reasons=papers.lines(row.reason) if row.state == DeliverableState.RETURNED else (),
        decided_by=row.decided_by.name if row.decided_by else "",
        decided_on=timezone.localdate(row.decided_at) if row.decided_at else None,
    )  # fmt: skip
