"""What engagements show on pages of others: of an enterprise, on Today, in pictures."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from keqiao.accounts.permissions import is_manager
from keqiao.engagement import charts, figures
from keqiao.engagement.models import Engagement
from keqiao.engagement.resources.engagement import WORK
from keqiao.enterprises.models import Enterprise
from keqiao.faces.figures import figure
from keqiao.faces.panels import add_panel, tab
from keqiao.faces.pictures import picture
from keqiao.faces.resource import Related

IN_BRIEF = ("number", "title", "item", "consultant", "state", "stage_due_on")
add_panel(Enterprise, Related(WORK, Engagement, "enterprise", IN_BRIEF))

tab("engagements", _("Board"), "board", rank=10)
tab("engagements", pgettext_lazy("tab", "List"), "engagements-list", rank=20)
tab("engagements", _("In figures"), "engagements-pictures", rank=30)
picture(name="engagements-by-phase", of=Engagement, draw=charts.by_stage)

figure(
    name="late-phases", label=_("Late phases"), tone="late", rank=10, who=is_manager,
    rows=figures.late_stages, url=figures.to_late_stages,
)  # fmt: skip
figure(
    name="contracts-in-approval", label=_("Contracts in approval"), tone="current", rank=20, who=is_manager,
    rows=figures.in_approval, url=figures.to_in_approval,
)  # fmt: skip
figure(
    name="due-this-week", label=_("Phases due this week"), tone="due", rank=30, who=is_manager,
    rows=figures.due_this_week, url=figures.to_due_this_week,
)  # fmt: skip
figure(
    name="open-complaints", label=_("Open complaints"), tone="due", rank=50, who=is_manager,
    rows=figures.open_complaints, url=figures.to_open_complaints,
)  # fmt: skip
figure(
    name="complaints",
    label=_("Complaints and suggestions received"),
    who=is_manager,
    within=figures.complaints_within,
    rank=55,
)
figure(
    name="commissions",
    label=_("Commissions received"),
    who=is_manager,
    within=figures.commissioned_within,
    rank=5,
)
