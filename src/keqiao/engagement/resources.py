"""What of engagements is seen."""

from django.utils.translation import gettext_lazy as _

from keqiao.engagement import queries, tasks  # noqa: F401 - registers who sees what, and the jobs
from keqiao.engagement.models import Engagement, Material
from keqiao.engagement.operations import archive, commission, group, investigation, material, plan, questionnaire, review  # noqa: F401 - registers the steps
from keqiao.engagement.pages.workspace import engagement_page
from keqiao.accounts.permissions import is_manager
from keqiao.engagement import dues  # noqa: F401 - registers what is due
from keqiao.faces.web.context import add_link
from keqiao.faces.web.home import sees_all
from keqiao.kernel.actors import Actor
from keqiao.faces.resource import Fields, Menu, Related, Resource, register

COMMISSION = ("number", "enterprise", "item", "title", "need", "wanted_by", "contact_name", "contact_phone", "consultant", "level")

WORK = _("Engagements")


def at_work(actor: Actor) -> bool:
    return actor.kind == "staff"


add_link(_("Today"), "home", Menu(WORK, "home", 1, who=at_work))
add_link(_("Board"), "board", Menu(WORK, "columns-3", 2, who=at_work))
add_link(_("Calendar"), "calendar", Menu(WORK, "calendar", 3, who=at_work))
sees_all(lambda actor: is_manager(actor, None))

register(
    Resource(
        model=Engagement,
        slug="engagements",
        columns=("number", "title", "enterprise", "item", "consultant", "state", "step_due_on"),
        filters=("state", "item", "consultant", "step_due_on"),
        panels=(
            Fields(_("Commission"), COMMISSION),
            Related(_("Material"), Material, "engagement", ("name", "state", "required", "reason"), order="pk"),
        ),
        api=(*COMMISSION, "state", "step_since", "step_due_on", "truthful_at", "delivered_on"),
        related=("enterprise", "item", "consultant"),
        menu=Menu(WORK, "folder", 4, who=at_work),
        page=engagement_page,
        empty=_("No engagement yet. It begins with a commission."),
    )
)
register(
    Resource(
        model=Material,
        slug="material",
        columns=("name", "engagement", "state", "required", "reason"),
        filters=("state",),
        panels=(Fields(_("Material"), ("name", "engagement", "proves", "nature", "required", "state", "reason")),),
        related=("engagement",),
        parent="engagement",
    )
)
