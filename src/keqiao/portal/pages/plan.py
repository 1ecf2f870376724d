"""The plan that was sent: what the client confirms, known by its hash."""

import secrets
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from keqiao.engagement.models import Engagement, Milestone, Plan
from keqiao.engagement.preparation.operations.plan import confirm_plan, reject_plan
from keqiao.engagement.preparation.states import PlanState
from keqiao.faces.access import actor_of, signed_in
from keqiao.faces.page import Page, render_page
from keqiao.faces.resource import resource_of, url_of
from keqiao.faces.web.offers import operation_url
from keqiao.kernel.platform import policy
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import NotFound


@dataclass(frozen=True, kw_only=True)
class Decision:
    """The two answers to a plan, as forms of the page."""

    confirm_url: str
    reject_url: str
    danger: str
    key: str


@dataclass(frozen=True, kw_only=True)
class PlanPage(Page):
    """`hash` in groups of eight; `decision` while one is asked of the reader."""

    item: Engagement
    plan: Plan
    milestones: "QuerySet[Milestone]"
    pdf: str
    hash: list[str]
    decision: Decision | None


@signed_in
@require_safe
def plan_page(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    engagement = policy.visible_object(Engagement, actor, pk)
    plans = policy.visible(Plan, actor).filter(engagement=engagement).exclude(state=PlanState.DRAFT)
    plan = plans.select_related("pdf", "decided_by").order_by("-edition").first()
    if plan is None:
        raise NotFound
    plan.engagement = engagement
    resource = resource_of(Engagement)
    page = PlanPage(
        title=_("Service plan"),
        crumbs=[(engagement.title, resource.url(engagement))] if resource else [],
        item=engagement,
        plan=plan,
        milestones=plan.milestones.order_by("due_on", "pk"),
        pdf=url_of(plan.pdf) if plan.pdf else "",
        hash=[plan.sha256[at : at + 8] for at in range(0, len(plan.sha256), 8)],
        decision=decision(plan, actor),
    )
    return render_page(request, "portal/plan.html", page)


def decision(plan: Plan, actor: Actor) -> Decision | None:
    resource = resource_of(Plan)
    asked = plan.state == PlanState.SENT and confirm_plan.permission(actor, plan)
    if resource is None or not asked:
        return None
    return Decision(
        confirm_url=operation_url(resource, confirm_plan, plan),
        reject_url=operation_url(resource, reject_plan, plan),
        danger=str(confirm_plan.danger),
        key=secrets.token_hex(16),
    )
