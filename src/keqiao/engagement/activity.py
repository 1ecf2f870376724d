"""Which entries of the record concern whom, and what their cases are called."""

from django.db.models import Q
from django.urls import reverse

from keqiao.engagement.case.in_hand import at_work_on
from keqiao.engagement.contracting import approvals
from keqiao.engagement.models import Engagement
from keqiao.kernel.platform import policy
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.record.journal import case_name


def own_cases(actor: Actor) -> Q:
    """Entries of the cases of one's open engagements, and those that ask for one's approval."""
    cases = at_work_on(actor).values_list(case_name("engagement"), flat=True)
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
