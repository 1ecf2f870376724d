"""Where loans stand on pages of others: of the enterprise, in the workspace, on Today, in a picture."""

from datetime import date
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from tests.sample.models import Loan
from tests.sample.queries import lent, of_engagement
from tests.sample.states import LOAN, LoanState

from keqiao.accounts.permissions import is_manager
from keqiao.documents.charts.chart import Chart, Form, Series
from keqiao.engagement.models import Engagement
from keqiao.enterprises.models import Enterprise
from keqiao.faces.figures import figure
from keqiao.faces.panels import add_panel, tab, workspace_panel
from keqiao.faces.pictures import picture
from keqiao.faces.resource import Related
from keqiao.kernel.platform.actors import Actor


def of_case(engagement: Engagement, actor: Actor) -> dict[str, Any]:
    return {"loans": list(of_engagement(engagement, actor))}


def to_lent(_actor: Actor, _day: date) -> str:
    return f"{reverse('loans-list')}?state={LoanState.LENT}"


def by_state(rows: "QuerySet[Any]", _actor: Actor) -> Chart | None:
    found = rows.order_by().values("state").annotate(number=Count("pk"))
    numbers = {one["state"]: one["number"] for one in found}
    if not numbers:
        return None
    return Chart(
        title=say("Loans by state"),
        said=say("How many loans of equipment are in each state."),
        over=say("State"),
        form=Form.BARS,
        labels=tuple(str(state.label) for state in LoanState),
        series=(
            Series(
                name=say("Loans"),
                values=tuple(numbers.get(state, 0) for state in LoanState),
                tone=LOAN.tones[LoanState.LENT],
            ),
        ),
    )


add_panel(
    Enterprise,
    Related(_("Equipment loans"), Loan, "enterprise", ("number", "equipment", "state", "due_on")),
)
workspace_panel(
    family="5.7", title=_("Equipment of this case"), template="sample/workspace.html", fill=of_case
)
figure(
    name="equipment-on-loan", label=_("Equipment on loan"), who=is_manager, rows=lent, url=to_lent, rank=90
)
picture(name="loans-by-state", of=Loan, draw=by_state)
tab("loans", _("Loans"), "loans-list", rank=10)
tab("loans", _("Loans in figures"), "loans-pictures", rank=20)
