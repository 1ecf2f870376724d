"""The engagement itself."""

from django.utils.translation import gettext_lazy as _

from keqiao.accounts.permissions import is_manager
from keqiao.engagement import queries
from keqiao.engagement.activity import own_cases, places
from keqiao.engagement.models import Engagement
from keqiao.engagement.pages.workspace import engagement_page
from keqiao.enterprises.models import Enterprise
from keqiao.faces import activity
from keqiao.faces.areas import Area, Menu
from keqiao.faces.history import extend_timeline
from keqiao.faces.resource import Fields, Resource, register
from keqiao.faces.web.home import register_overseer
from keqiao.faces.web.navigation import add_link
from keqiao.kernel.platform import policy
from keqiao.kernel.platform.actors import Actor

WORK = _("Engagements")


def sees_engagements(actor: Actor) -> bool:
    """An administrator keeps accounts and sees no client's business; board and calendar would be empty for ever."""
    return actor.kind == "staff" and policy.opens_any(Engagement, actor)


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
        menu=Menu(Area.ENGAGEMENTS, "folder", 20, label=_("All engagements")),
        empty=_("No engagement yet. It begins with a commission."),
    )
)

add_link(_("Today"), "home", Menu(Area.DESK, "home", 10))
add_link(_("Board"), "board", Menu(Area.ENGAGEMENTS, "columns-3", 10, who=sees_engagements))
add_link(_("Calendar"), "calendar", Menu(Area.DESK, "calendar", 20, who=sees_engagements))
register_overseer(lambda actor: is_manager(actor, None))

# The page of an enterprise shows their record in its one timeline.
extend_timeline(Enterprise, queries.cases_of)
activity.add(concerns=own_cases, places=places)
