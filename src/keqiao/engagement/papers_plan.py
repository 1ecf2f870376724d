"""Plans into papers."""

from keqiao.documents import data
from keqiao.engagement import papers
from keqiao.engagement.models import Plan


def contract_number(plan: Plan) -> str:
    return plan.engagement.contracts.values_list("number", flat=True).first() or ""


def plan(plan: Plan) -> data.PlanData:
    """One version as the client is asked to confirm it; what is decided later is not part of its hash."""
    return data.PlanData(
        head=papers.head(plan.number, version=plan.edition, on=plan.begins_on),
        client=papers.client(plan.engagement),
        institution=papers.ours(),
        engagement=f"{plan.engagement.number} {plan.engagement.title}",
        contract_number=contract_number(plan),
        goals=plan.objectives,
        sections=(data.Section(title="内容与方法", text=plan.content),),
        milestones=tuple(
            data.Milestone(name=one.name, result=one.result, due_on=one.due_on) for one in plan.milestones.order_by("due_on", "pk")
        ),
    )
