"""What of engagements is due, for Today and the calendar; which entries of the record concern whom."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from keqiao.accounts.permissions import is_manager, is_service_staff
from keqiao.engagement import approvals
from keqiao.engagement.case.phases import phase_now
from keqiao.engagement.case.states import OPEN
from keqiao.engagement.models import Engagement, Member
from keqiao.engagement.open_parts import parts_within
from keqiao.engagement.waits import CLIENT, KINDS, PERSON, SECOND, US, Wait, waits
from keqiao.faces import activity, today
from keqiao.faces.resource import resource_of
from keqiao.faces.today import Due, Span
from keqiao.kernel.platform import policy
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Text
from keqiao.kernel.record.journal import case_name
from keqiao.kernel.steps import operation

SHOWN = ("enterprise", "consultant", "item")
MOST_IN_HAND = 1000  # of one person at a time; a database takes only so many values in a query


def mine(actor: Actor) -> "QuerySet[Engagement]":
    """Open engagements that are this person's business: their enterprise's, in their charge, or worked on."""
    rows = policy.visible(Engagement, actor)
    if actor.kind == "client":
        return rows.filter(state__in=OPEN)
    return rows.filter(pk__in=_in_hand(actor))


def _in_hand(actor: Actor, also: Collection[int] = ()) -> "QuerySet[Any]":
    """Keys by whose charge and by whose group, each through its own index; `also` are keys known already."""
    charge = Engagement.objects.filter(consultant_id=actor.pk, state__in=OPEN).values("pk")
    found = charge.union(_group(actor).filter(engagement__state__in=OPEN).values("engagement_id"))
    return found.union(Engagement.objects.filter(pk__in=also).values("pk")) if also else found


def _group(actor: Actor) -> "QuerySet[Member]":
    return Member.objects.filter(user_id=actor.pk or 0, left_on=None)


def at_hand(actor: Actor, also: Collection[int]) -> list[Any]:
    """Their engagements, those due first in front, and `also` those of these keys; each knows whether it is their `own`."""
    works = Q(consultant_id=actor.pk) | Exists(_group(actor).filter(engagement=OuterRef("pk")))
    own = ExpressionWrapper(works, output_field=BooleanField()) if also else Value(value=True)
    found = policy.visible(Engagement, actor).filter(pk__in=_in_hand(actor, also)) if also else mine(actor)
    rows = found.annotate(own=own)
    first = F("stage_due_on").asc(nulls_last=True)
    return list(rows.select_related(*SHOWN).order_by(first, "pk")[:MOST_IN_HAND])


@today.add
def engagement_dues(actor: Actor, span: Span) -> Iterable[Due]:
    return own_dues(actor, span) if span.mine else all_dues(actor, span)


def own_dues(actor: Actor, span: Span) -> Iterable[Due]:
    """Of what is their own business; of other engagements only what a second person is asked to approve."""
    asked = approvals.asked_of(actor)
    known = at_hand(actor, set(asked.values()))
    own = {one.pk: one for one in known if one.own}
    yield from (step_due(one) for one in own.values() if one.stage_due_on and span.holds(one.stage_due_on))
    for one in waits(engagements=known):
        second = one.how.who == SECOND
        mine = (one.kind, one.pk) in asked if second else one.engagement in own and concerns(one, actor)
        if mine and span.holds(one.on) and (one.on or one.how.undated):
            yield due(one, actor)


def all_dues(actor: Actor, span: Span) -> Iterable[Due]:
    """Steps and parts of every engagement that they see."""
    rows = policy.visible(Engagement, actor).filter(state__in=OPEN, **span.narrow("stage_due_on"))
    yield from map(step_due, rows.select_related(*SHOWN).order_by("stage_due_on", "pk")[: span.limit])
    for one, engagement in parts_within(actor, span):
        yield replace(due(one, actor), who=WHO[one.how.who] or str(engagement.consultant or ""))


def step_due(engagement: Engagement) -> Due:
    step = phase_now(engagement)
    return Due(
        label=engagement.get_state_display(),
        on=engagement.stage_due_on,
        url=reverse("engagements-detail", args=[engagement.pk]),
        clause=step.clause,
        kind=engagement.item.name,
        about=f"{engagement.number} {engagement.enterprise.name}",
        who=str(engagement.consultant or ""),
    )


def concerns(wait: Wait, actor: Actor) -> bool:
    """A task is its person's, an approval a second person's; the rest is everyone's who works on it."""
    if wait.how.who == PERSON:
        return bool(wait.person == actor.pk)
    if wait.how.who == SECOND:
        return is_manager(actor) and wait.person != actor.pk
    return actor.kind != "client" or wait.how.who == CLIENT


WHO: dict[str, Text] = {US: "", CLIENT: _("awaits the client"), PERSON: "", SECOND: ""}


def due(wait: Wait, actor: Actor) -> Due:
    return Due(
        label=wait.label, on=wait.on, url=place_of(wait, do=does(wait, actor)),
        clause=wait.how.clause, about=f"{wait.number} {wait.enterprise}", who=WHO[wait.how.who],
    )  # fmt: skip


def does(wait: Wait, actor: Actor) -> bool:
    """Whether the step's own form would open to them, as far as this can be told without reading the row: others are led
    to the page of what it is about. Approval begins with reading, for the second person too."""
    if wait.how.who == CLIENT:
        return actor.kind == "client"
    if wait.how.who == PERSON:
        return bool(wait.person == actor.pk)
    if wait.how.who == SECOND or not is_service_staff(actor) or actor.clearance < wait.level:
        return False
    return is_manager(actor) or bool(wait.consultant == actor.pk)


def place_of(wait: Wait, *, do: bool) -> str:
    """Where it is done: the step's form if there is one, else the engagement at that step."""
    kind = KINDS[wait.kind]
    resource = resource_of(kind.model)
    back = reverse("engagements-detail", args=[wait.engagement])
    known = {op.name for op in operation.operations_on(kind.model) if op.exposed}
    if resource is not None and do and kind.do in known:
        return reverse(f"{resource.slug}-do", args=[wait.pk, kind.do]) + f"?next={back}"
    return reverse(f"{resource.slug}-detail", args=[wait.pk]) if resource is not None else back


def own_cases(actor: Actor) -> Q:
    """Entries of the cases of one's open engagements, and those that ask for one's approval."""
    cases = mine(actor).values_list(case_name("engagement"), flat=True)
    return Q(case__among=cases) | approvals.news_of(actor) if actor.pk else policy.NOTHING


def places(actor: Actor, cases: set[str]) -> dict[str, tuple[str, str]]:
    """Names and addresses of the engagements whose cases these are."""
    ids = [
        int(number)
        for kind, _colon, number in (case.partition(":") for case in cases)
        if kind == "engagement"
    ]
    rows = policy.visible(Engagement, actor).filter(pk__in=ids).select_related("enterprise") if ids else []
    return {
        row.journal_case: (f"{row} · {row.enterprise}", reverse("engagements-detail", args=[row.pk]))
        for row in rows
    }


activity.add(concerns=own_cases, places=places)
