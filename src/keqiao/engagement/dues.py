"""What of engagements is due, for Today and the calendar; which entries of the record concern whom."""

from collections.abc import Iterable

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from keqiao.accounts.permissions import is_manager, is_staff
from keqiao.engagement.models import Engagement, Member
from keqiao.engagement.states import OPEN
from keqiao.engagement.steps import step_now
from keqiao.engagement.waits import CLIENT, KINDS, PERSON, SECOND, US, Wait, waits
from keqiao.faces import news, today
from keqiao.faces.resource import resource_of
from keqiao.faces.today import Due, Span
from keqiao.kernel import operation, policy
from keqiao.kernel.actors import Actor
from keqiao.kernel.errors import Text


def mine(actor: Actor) -> "QuerySet[Engagement]":
    """Open engagements that are this person's business: their enterprise's, in their charge, or worked on."""
    rows = policy.visible(Engagement, actor).filter(state__in=OPEN)
    if actor.kind == "client":
        return rows
    group = Member.objects.filter(user_id=actor.pk or 0, left_on=None).values("engagement_id")
    return rows.filter(Q(consultant_id=actor.pk) | Q(pk__in=group))


@today.add
def engagement_dues(actor: Actor, span: Span) -> Iterable[Due]:
    rows = mine(actor) if span.mine else policy.visible(Engagement, actor).filter(state__in=OPEN)
    yield from map(step_due, steps(rows, span))
    if span.mine:
        yield from (
            due(one, actor)
            for one in waits(engagements=rows)
            if one.on and in_span(one, span) and concerns(one, actor)
        )


def steps(rows: "QuerySet[Engagement]", span: Span) -> "QuerySet[Engagement]":
    found = rows.filter(**span.narrow("step_due_on")).select_related("enterprise", "consultant", "item")
    return found.order_by("step_due_on", "pk")[: span.limit]


def step_due(engagement: Engagement) -> Due:
    step = step_now(engagement)
    assert engagement.step_due_on is not None, "only those with a day are asked for"
    return Due(
        label=engagement.get_state_display(),
        on=engagement.step_due_on,
        url=reverse("engagements-detail", args=[engagement.pk]),
        clause=step.clause,
        kind=engagement.item.name,
        about=f"{engagement.number} {engagement.enterprise.name}",
        who=str(engagement.consultant or ""),
    )


def in_span(wait: Wait, span: Span) -> bool:
    assert wait.on is not None
    return wait.on <= span.last and (span.first is None or wait.on >= span.first)


def concerns(wait: Wait, actor: Actor) -> bool:
    """A task is its person's, an approval a second person's; the rest is everyone's who works on it."""
    if wait.how.who == PERSON:
        return bool(wait.person == actor.pk)
    if wait.how.who == SECOND:
        return is_manager(actor) and wait.person != actor.pk
    return actor.kind != "client" or wait.how.who == CLIENT


WHO: dict[str, Text] = {US: "", CLIENT: _("awaits the client"), PERSON: "", SECOND: ""}


def due(wait: Wait, actor: Actor) -> Due:
    assert wait.on is not None
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
        return wait.person == actor.pk
    if wait.how.who == SECOND or not is_staff(actor) or actor.clearance < wait.level:
        return False
    return is_manager(actor) or wait.consultant == actor.pk


def place_of(wait: Wait, *, do: bool) -> str:
    """Where it is done: the step's form if there is one, else the engagement at that step."""
    kind = KINDS[wait.kind]
    resource = resource_of(kind.model)
    back = reverse("engagements-detail", args=[wait.engagement])
    known = {op.name for op in operation.operations_on(kind.model) if op.by_hand}
    if resource is not None and do and kind.do in known:
        return reverse(f"{resource.slug}-do", args=[wait.pk, kind.do]) + f"?next={back}"
    return reverse(f"{resource.slug}-detail", args=[wait.pk]) if resource is not None else back


def own_cases(actor: Actor) -> Q:
    """Entries of the cases of one's open engagements."""
    case = Concat(Value("engagement:"), Cast(F("pk"), CharField()))
    return Q(case__in=mine(actor).annotate(journal=case).values("journal")) if actor.pk else policy.NOTHING


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


news.add(concerns=own_cases, places=places)
