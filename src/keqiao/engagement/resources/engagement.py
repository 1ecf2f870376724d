"""The engagement itself."""

from django.utils.translation import gettext_lazy as _

from keqiao.engagement.models import (
    Complaint,
    Contract,
    Custody,
    Deliverable,
    Engagement,
    Material,
    Member,
    Plan,
)
from keqiao.engagement.operations import archive, commission  # noqa: F401 - registers the steps
from keqiao.faces.resource import Fields, Menu, Related, Resource, register

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
        columns=("number", "title", "enterprise", "item", "consultant", "state", "step_due_on"),
        filters=("state", "item", "consultant", "step_due_on"),
        panels=(
            Fields(_("Commission"), COMMISSION),
            Related(
                _("Material"),
                Material,
                "engagement",
                ("name", "state", "required", "reason", "blob"),
                order="pk",
            ),
            Related(
                _("Contract"), Contract, "engagement", ("number", "state", "total", "begins_on", "ends_on")
            ),
            Related(
                _("Samples and data in custody"),
                Custody,
                "engagement",
                ("what", "quantity", "kept_at", "received_on", "returned_on"),
                order="pk",
            ),
            Related(
                _("Working group"),
                Member,
                "engagement",
                ("user", "role", "duty", "undertaking_at", "left_on"),
                order="pk",
            ),
            Related(
                _("Service plan"),
                Plan,
                "engagement",
                ("number", "edition", "state", "sent_at", "decided_at"),
                order="-edition",
            ),
            Related(
                _("Deliverables"),
                Deliverable,
                "engagement",
                ("number", "name", "due_on", "state", "handed_over_on", "days_late"),
                order="pk",
            ),
            Related(
                _("Complaints"),
                Complaint,
                "engagement",
                ("number", "kind", "state", "due_on", "answered_on"),
                order="pk",
            ),
        ),
        api=(*COMMISSION, "state", "step_since", "step_due_on", "truthful_at", "delivered_on"),
        related=("enterprise", "item", "consultant"),
        menu=Menu(
            _("Engagements"), "folder", 10, who=lambda actor: actor.kind in {"staff", "client", "expert"}
        ),
        empty=_("No engagement yet. It begins with a commission."),
    )
)
