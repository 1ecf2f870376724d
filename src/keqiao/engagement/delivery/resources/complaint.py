"""6.4.2: complaints and suggestions."""

from django.utils.translation import gettext_lazy as _

from keqiao.engagement.delivery.models.delivery import Complaint
from keqiao.faces.areas import Area, Menu
from keqiao.faces.resource import Fields, Resource, register

register(
    Resource(
        model=Complaint,
        slug="complaints",
        columns=("number", "kind", "engagement", "channel", "state", "due_on", "answered_on", "days_late"),
        filters=("kind", "state", "channel", "due_on"),
        panels=(
            Fields(
                _("Complaint or suggestion"),
                ("number", "kind", "engagement", "state", "text", "remedy_wanted"),
            ),
            Fields(_("Receipt"), ("channel", "filed_by", "created_at", "acknowledged_at")),
            Fields(_("Answer"), ("due_on", "answered_on", "days_late", "answer")),
        ),
        related=("engagement", "filed_by"),
        labels={"days_late": _("days late")},
        parent="engagement",
        menu=Menu(Area.QUALITY, "message-report", 40, who=lambda actor: actor.kind in {"staff", "client"}),
        empty=_("No complaint and no suggestion. They are filed on the page of an engagement."),
    )
)
