"""What the parts of engagements wait for, and whom: one list for Today, calendar, workspace and portal.

All kinds are read in one query whatever their number, so that these pages cost the same with one engagement
and with a thousand.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, DateField, F, IntegerField, Model, OuterRef, Q, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from keqiao.engagement import models as m
from keqiao.engagement.case.states import (
    OPEN,
    RUNNING,
    AdjustmentState,
    AmendmentState,
    ComplaintState,
    ContractState,
    DeliverableState,
    MaterialState,
    PlanState,
    Stage,
)
from keqiao.kernel.platform.errors import Text

GIVING = (Stage.DRAFT, Stage.SUBMITTED, Stage.CORRECTING)
US, CLIENT, PERSON, SECOND = "us", "client", "person", "second"
MOST = 400


@dataclass(frozen=True)
class Kind:
    """One kind of thing waited for. `on` is the field with its day, `person` the one with the person's id. Where no rule
    gives a day it is told without one, unless it is part of what the step itself waits for (`undated`)."""

    model: type[Model]
    when: Q
    who: str
    clause: str
    do: str  # the operation that ends the waiting
    say: Text
    name: str
    on: str | Combinable = ""
    person: str = ""
    undated: bool = True


M, D = MaterialState, DeliverableState
# The last day on which all options can still be chosen; options need not name an end.
FIRST_END = Subquery(
    m.AdjustmentOption.objects.filter(adjustment=OuterRef("pk"), ends_on__isnull=False)
    .order_by("ends_on")
    .values("ends_on")[:1]
)
# A plan's parts wait while work goes on or is suspended; an early end leaves them, and nobody is late with them then.
AT_WORK = Q(engagement__state__in=(*RUNNING, Stage.SUSPENDED))
TO_GIVE = Q(state__in=[M.TO_CORRECT, M.REJECTED]) | Q(state=M.REQUESTED, required=True)
KINDS: dict[str, Kind] = {
    "material": Kind(
        m.Material,
        TO_GIVE & Q(engagement__state__in=GIVING),
        CLIENT,
        "6.1.1",
        "provide_material",
        _("Provide “%(name)s”"),
        "name",
        undated=False,
    ),
    "review": Kind(
        m.Material,
        Q(state=M.PROVIDED, engagement__state=Stage.SUBMITTED),
        US,
        "6.1.2",
        "review_material",
        _("Review “%(name)s”"),
        "name",
        "engagement__stage_due_on",
    ),
    "approval": Kind(
        m.Contract,
        Q(state=ContractState.IN_APPROVAL),
        SECOND,
        "6.2",
        "approve_contract",
        _("Approve contract %(name)s"),
        "number",
        "engagement__stage_due_on",
        "drafted_by_id",
    ),
    "signature": Kind(
        m.Contract,
        Q(state=ContractState.SENT),
        CLIENT,
        "6.2",
        "",
        _("Sign contract %(name)s"),
        "number",
        "engagement__stage_due_on",
    ),
    # No rule says by when a contract is changed, so an amendment waits without a day.
    "amendment": Kind(
        m.Amendment,
        Q(state=AmendmentState.DRAFT),
        SECOND,
        "6.2.i",
        "approve_amendment",
        _("Approve amendment %(name)s"),
        "number",
        person="drafted_by_id",
    ),
    "amendment_returned": Kind(
        m.Amendment,
        Q(state=AmendmentState.RETURNED),
        US,
        "6.2.i",
        "revise_amendment",
        _("Rewrite amendment %(name)s"),
        "number",
    ),
    "amendment_signature": Kind(
        m.Amendment,
        Q(state=AmendmentState.APPROVED),
        CLIENT,
        "6.2.i",
        "",
        _("Sign amendment %(name)s"),
        "number",
    ),
    "undertaking": Kind(
        m.Member,
        Q(undertaking_at=None, left_on=None) & ~Q(role=m.MemberRole.CLIENT),
        PERSON,
        "4.1.5",
        "sign_undertaking",
        _("Sign the confidentiality undertaking"),
        "duty",
        "engagement__stage_due_on",
        "user_id",
    ),
    "task": Kind(
        m.Task,
        Q(done_on=None),
        PERSON,
        "6.3.1",
        "finish_task",
        _("Task: %(name)s"),
        "title",
        "due_on",
        "member__user_id",
    ),
    "plan": Kind(
        m.Plan,
        Q(state=PlanState.SENT) & AT_WORK,
        CLIENT,
        "6.3.3",
        "confirm_plan",
        _("Confirm plan %(name)s"),
        "number",
        "engagement__stage_due_on",
    ),
    "milestone": Kind(
        m.Milestone,
        Q(delivered_on=None, plan__state=PlanState.CONFIRMED) & AT_WORK,
        US,
        "6.3.4",
        "deliver_milestone",
        _("Milestone: %(name)s"),
        "name",
        "due_on",
    ),
    "adjustment": Kind(
        m.Adjustment,
        Q(state=AdjustmentState.OFFERED) & AT_WORK,
        CLIENT,
        "6.3.4",
        "choose_adjustment",
        _("Choose how to go on"),
        "engagement__title",
        FIRST_END,
    ),
    "deliverable": Kind(
        m.Deliverable,
        Q(state__in=[D.PLANNED, D.RETURNED]) & AT_WORK,
        US,
        "6.4.1",
        "hand_over_deliverable",
        _("Hand over “%(name)s”"),
        "name",
        "due_on",
    ),
    "acceptance": Kind(
        m.Deliverable,
        Q(state=D.HANDED_OVER) & AT_WORK,
        CLIENT,
        "6.4.1",
        "accept_deliverable",
        _("Accept or return “%(name)s”"),
        "name",
        "handed_over_on",
    ),
    "fee": Kind(
        m.FeeLine,
        Q(paid__lt=F("amount"), contract__state=ContractState.SIGNED),
        US,
        "6.2",
        "record_payment",
        _("Fee: %(name)s"),
        "name",
        "due_on",
    ),
    "survey": Kind(
        m.Survey,
        Q(answered_at=None),
        CLIENT,
        "6.4.2",
        "",
        _("Answer the satisfaction survey"),
        "engagement__title",
        "due_on",
    ),
    "complaint": Kind(
        m.Complaint,
        Q(state=ComplaintState.FILED),
        US,
        "6.4.2",
        "answer_complaint",
        _("Answer %(name)s"),
        "number",
        "due_on",
    ),
}


@dataclass(frozen=True)
class Wait:
    kind: str
    pk: int
    engagement: int
    number: str
    enterprise: str
    name: str
    on: date | None
    person: int | None
    consultant: int | None
    level: int

    @property
    def how(self) -> Kind:
        return KINDS[self.kind]

    @property
    def label(self) -> str:
        return str(self.how.say) % {"name": self.name}


def waits(*, engagements: Iterable[m.Engagement], only: Iterable[str] = KINDS) -> list[Wait]:
    """What those of the engagements wait for that are open, by day. They were found visible to the reader, and read with
    their enterprises: asked for inside the query, a database would look them up once for each kind."""
    known = {one.pk: one for one in engagements if one.state in OPEN}
    parts = [_rows(kind, list(known)) for kind in only]
    if not parts or not known:
        return []
    day = F("wait_day").asc(nulls_last=True)
    rows = parts[0].union(*parts[1:], all=True).order_by(day, "wait_part", "wait_kind")[:MOST]
    return [wait_of(known[about], *row) for about, *row in rows]


def wait_of(engagement: m.Engagement, *row: Any) -> Wait:
    kind, part, name, day, person = row
    client, charge = engagement.enterprise.name, engagement.consultant_id
    return Wait(
        kind, part, engagement.pk, engagement.number, client, name, day, person, charge, engagement.level
    )


def _rows(name: str, engagements: Sequence[int]) -> Any:
    kind = KINDS[name]
    rows = kind.model._default_manager  # noqa: SLF001 - of engagements found open
    return named(name, rows.filter(kind.when, engagement_id__in=engagements))


def named(name: str, rows: Any) -> Any:
    """Rows of this kind in the columns that all kinds have, to be put together."""
    kind = KINDS[name]
    day = F(kind.on) if isinstance(kind.on, str) and kind.on else kind.on or Cast(Value(None), DateField())
    person = F(kind.person) if kind.person else Cast(Value(None), IntegerField())
    columns = {
        "wait_about": F("engagement_id"),
        "wait_kind": Cast(Value(name), CharField(max_length=20)),
        "wait_part": F("pk"),
        "wait_name": Cast(F(kind.name), CharField(max_length=200)),
        "wait_day": day,
        "wait_person": person,
    }
    return rows.order_by().annotate(**columns).values_list(*columns)
