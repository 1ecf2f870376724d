"""The engagement itself."""

from django.utils.translation import gettext_lazy as _

from keqiao.accounts.permissions import is_manager
from keqiao.engagement import queries
from keqiao.engagement.activity import own_cases, places
from keqiao.engagement.models import Engagement
from keqiao.engagement.pages.workspace import engagement_page
from keqiao.enterprises.models import Enterprise
from keqiao.faces import activity
from keqiao.faces.history import extend_timeline
from keqiao.faces.resource import Fields, Menu, Resource, register
from keqiao.faces.web.context import add_link
from keqiao.faces.web.home import register_overseer

WORK = _("Engagements")

COMMISSION = (
    "number",
    "enterprise",
    "item",
    "title",
    "need",
    "wanted_by",
    "contact_name",
    "contact_phone",
    "consultant",
    "level",
)

register(
    Resource(
        model=Engagement,
        slug="engagements",
        columns=("number", "title", "enterprise", "item", "consultant", "state", "stage_due_on"),
        filters=("state", "enterprise", "item", "item__family", "consultant", "stage_due_on", "created_at"),
        panels=(Fields(_("Commission"), COMMISSION),),
        page=engagement_page,
        api=(
            *COMMISSION,
            "state",
            "stage_since",
            "stage_due_on",
            "truthful_at",
            "delivered_on",
            "closed_reason",
        ),
        related=("enterprise", "item__family", "consultant"),
        menu=Menu(WORK, "folder", 4),
        empty=_("No engagement yet. It begins with a commission."),
    )
)

add_link(_("Today"), "home", Menu(WORK, "home", 1))
add_link(_("Board"), "board", Menu(WORK, "columns-3", 2))
add_link(_("Calendar"), "calendar", Menu(WORK, "calendar", 3))
register_overseer(lambda actor: is_manager(actor, None))

# The page of an enterprise shows their record in its one timeline.
extend_timeline(Enterprise, queries.cases_of)
activity.add(concerns=own_cases, places=places)
