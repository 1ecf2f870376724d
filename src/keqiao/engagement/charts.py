"""Pictures of engagements."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from keqiao.documents.charts.chart import Chart, Form, Series
from keqiao.engagement.case.phases import PHASES
from keqiao.engagement.case.states import OPEN, Stage
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.actors import Actor

ONE_DAY = timedelta(days=1)


def by_stage(rows: "QuerySet[Any]", _actor: Actor) -> Chart | None:
    """The open engagements among `rows` by phase, those that are late apart. One query."""
    late = Q(stage_due_on__lt=clock.today())
    open_rows = rows.filter(state__in=OPEN).order_by()
    groups = open_rows.values("state").annotate(number=Count("pk"), behind=Count("pk", filter=late))
    counts = {group["state"]: (group["number"], group["behind"]) for group in groups}
    if not counts:
        return None
    phases = [
        (f"{phase.clause} {phase.label}", tuple(s for s in phase.states if s in OPEN)) for phase in PHASES
    ]
    phases = [phase for phase in phases if phase[1]] + [(str(Stage.SUSPENDED.label), (Stage.SUSPENDED,))]
    sums = [_sum(counts, states) for _label, states in phases]
    return Chart(
        title=_("Open engagements by phase"),
        said=_("How many open engagements are in each phase, and how many of them are late."),
        over=_("Phase"),
        form=Form.BARS,
        labels=tuple(label for label, _states in phases),
        label_urls=tuple(to_list(states) for _label, states in phases),
        series=(
            Series(
                name=_("On time"), tone="done", values=tuple(number - behind for number, behind in sums),
                urls=tuple(to_list(states) for _label, states in phases),
            ),
            Series(
                name=_("Late"), tone="late", values=tuple(behind for _number, behind in sums),
                urls=tuple(to_list(states, late=True) for _label, states in phases),
            ),
        ),
    )  # fmt: skip


def _sum(counts: dict[str, tuple[int, int]], states: tuple[Stage, ...]) -> tuple[int, int]:
    pairs = [counts.get(state, (0, 0)) for state in states]
    return sum(number for number, _behind in pairs), sum(behind for _number, behind in pairs)


def to_list(states: tuple[Stage, ...], *, late: bool = False) -> str:
    query: dict[str, Any] = {"state": [state.value for state in states]}
    if late:
        query["stage_due_on_before"] = clock.today() - ONE_DAY
    return f"{reverse('engagements-list')}?{urlencode(query, doseq=True)}"
