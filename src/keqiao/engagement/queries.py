"""Reads of engagements, and who sees which."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.functional import SimpleLazyObject

from keqiao.accounts.models import Kind, Role
from keqiao.accounts.permissions import extend_user_scope, open_to_staff
from keqiao.engagement import models as m
from keqiao.engagement.contracting.states import AmendmentState, ContractState
from keqiao.engagement.preparation.states import PlanState
from keqiao.enterprises.models import Enterprise
from keqiao.enterprises.queries import SEES_ALL, extend_need_to_know
from keqiao.kernel.platform import policy
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.search import Found, searchable
from keqiao.kernel.record.journal import case_name


def engagements_open_to(actor: Actor, _verb: str = "view", prefix: str = "") -> Q:
    """A client its own; consultants and experts those they are in charge of or work on; managers and auditors
    all, each within their clearance. An expert sees nothing before the undertaking is signed."""
    if actor.kind == "client":
        return Q(**{f"{prefix}enterprise_id": actor.enterprise_id})
    within = Q(**{f"{prefix}level__lte": actor.clearance})
    # Numbers of engagements, read once by their index: a join over members would be made for every row of a list.
    group = m.Member.objects.filter(user_id=actor.pk, left_on__isnull=True)
    if actor.kind == "expert":
        group = group.filter(undertaking_at__isnull=False)
    member = Q(**{f"{prefix}pk__in": group.values("engagement_id")})
    if actor.kind == "expert":
        return within & member
    if actor.kind == "staff" and actor.roles & SEES_ALL:
        return within
    if actor.kind == "staff" and Role.CONSULTANT in actor.roles:
        return within & (Q(**{f"{prefix}consultant_id": actor.pk}) | member)
    return policy.NOTHING


def parts_open_to(actor: Actor, verb: str) -> Q:
    """A part is as open as its engagement, and not above the reader's clearance."""
    condition = engagements_open_to(actor, verb, prefix="engagement__")
    return condition if actor.kind == "client" else condition & Q(level__lte=actor.clearance)


def inner_parts_open_to(actor: Actor, verb: str) -> Q:
    """Notes of the institution's own: not for the client."""
    return policy.NOTHING if actor.kind == "client" else parts_open_to(actor, verb)


CONTRACT_LEFT = (ContractState.SENT, ContractState.SIGNED, ContractState.ENDED)
PLAN_LEFT = (
    PlanState.SENT, PlanState.CONFIRMED, PlanState.REJECTED, PlanState.SUPERSEDED, PlanState.WITHDRAWN,
)  # fmt: skip
AMENDMENT_LEFT = (AmendmentState.APPROVED, AmendmentState.SIGNED)
AMENDMENT_TAKEN_BACK = {"state": AmendmentState.WITHDRAWN, "approved_by__isnull": False}


def once_sent(
    states: Iterable[str], path: str = "", *, also: Mapping[str, object] | None = None
) -> Callable[[Actor, str], Q]:
    """As open as other parts; but the client doesn't read what is still being written or approved. `also` says of which
    other rows it was told already."""
    left = Q(**{f"{path}state__in": list(states)})
    if also:
        left |= Q(**{f"{path}{name}": value for name, value in also.items()})

    def scope(actor: Actor, verb: str) -> Q:
        condition = parts_open_to(actor, verb)
        return condition & left if actor.kind == "client" else condition

    return scope


def is_ours(actor: Actor) -> bool:
    return actor.kind != "client"


def is_staff(actor: Actor) -> bool:
    """An expert reads the engagement worked on, and not what else a pack brings along."""
    return actor.kind == "staff"


def is_party(actor: Actor) -> bool:
    return actor.kind in {"staff", "client"}


def members_open_to(actor: Actor, verb: str) -> Q:
    """A member sees the own row even before the undertaking is signed, so that it can be signed; not above the clearance."""
    return parts_open_to(actor, verb) | Q(user_id=actor.pk or 0, level__lte=actor.clearance)


def clients_of(actor: Actor) -> Q:
    """The people of those clients whose engagements the actor sees: some join the working group (6.3.1)."""
    return Q(kind=Kind.CLIENT, enterprise_id__in=policy.visible(m.Engagement, actor).values("enterprise_id"))


def cases_of(enterprise: Enterprise, actor: Actor) -> "QuerySet[m.Engagement, str]":
    """The cases of those engagements of an enterprise that the actor sees."""
    rows = policy.visible(m.Engagement, actor).filter(enterprise=enterprise)
    return rows.values_list(case_name("engagement"), flat=True)


def found_engagement(engagement: m.Engagement) -> Found:
    return Found(
        title=engagement.title,
        names=(engagement.enterprise.name,),
        numbers=(engagement.number,),
        text=engagement.need,
    )


def found_contract(contract: m.Contract) -> Found:
    engagement = contract.engagement
    return Found(
        title=engagement.title,
        names=(engagement.enterprise.name,),
        numbers=(contract.number, contract.registration_number),
        text="",
    )


def found_paper(paper: Any) -> Found:
    """A numbered paper of an engagement: by its number, and by what the engagement is called."""
    return Found(title=paper.engagement.title, numbers=(paper.number,))


def found_named(part: Any) -> Found:
    """A piece of material or a deliverable: by its own name, and by that of its file."""
    file = part.blob.name if part.blob_id else ""
    return Found(
        title=part.name,
        names=(part.name,),
        numbers=(getattr(part, "number", ""),),
        text=f"{part.engagement.title} {file}",
    )


policy.register(m.Engagement, scope=engagements_open_to)
policy.register(m.Member, scope=members_open_to)
policy.register(m.StageLimit, scope=open_to_staff)
policy.register(m.ContractText, scope=open_to_staff)
PARTS: tuple[type[Model], ...] = (
    m.Material, m.Notice, m.Custody, m.Task, m.Questionnaire,
    m.Guidance, m.ProgressReport, m.Adjustment, m.AdjustmentOption, m.Deliverable, m.Survey,
    m.Complaint,
)  # fmt: skip
INNER: tuple[type[Model], ...] = (
    m.SiteVisit, m.Feasibility, m.Interview, m.Question, m.QuestionnaireLink, m.MaterialAnalysis, m.Finding,
    m.WorkingData, m.Partner, m.ArchiveSummary,
)  # fmt: skip
for rows, scope in ((PARTS, parts_open_to), (INNER, inner_parts_open_to)):
    for row in rows:
        policy.register(row, scope=scope)
policy.register(
    m.Archive,
    scope=parts_open_to,
    fields={"blob": is_staff, "sha256": is_staff, "client_blob": is_party, "client_sha256": is_party},
)
policy.register(m.Contract, scope=once_sent(CONTRACT_LEFT), fields={"returned_reason": is_ours})
policy.register(m.ContractElement, scope=once_sent(CONTRACT_LEFT, "contract__"))
policy.register(m.FeeLine, scope=once_sent(CONTRACT_LEFT, "contract__"))
policy.register(m.Plan, scope=once_sent(PLAN_LEFT))
policy.register(m.Milestone, scope=once_sent(PLAN_LEFT, "plan__"))
policy.register(m.Amendment, scope=once_sent(AMENDMENT_LEFT, also=AMENDMENT_TAKEN_BACK))
policy.register(m.AmendmentChange, scope=once_sent(AMENDMENT_LEFT, "amendment__", also=AMENDMENT_TAKEN_BACK))
searchable(m.Engagement, found_engagement)
searchable(m.Contract, found_contract)
for paper in (m.Notice, m.Amendment, m.Plan, m.Archive, m.Complaint):
    searchable(paper, found_paper)
for named in (m.Material, m.Deliverable):
    searchable(named, found_named)
extend_user_scope(clients_of)


def needs_to_know(actor: Actor) -> Q:
    """Whoever works for an enterprise needs to know what hangs on it."""
    if actor.pk is None:
        return policy.NOTHING
    theirs = SimpleLazyObject(  # built where nothing before it decides: it is asked last, and dear to build
        lambda: m.Engagement.objects.filter(engagements_open_to(actor)).values("enterprise_id")
    )
    return Q(enterprise_id__in=theirs)


extend_need_to_know(needs_to_know)
