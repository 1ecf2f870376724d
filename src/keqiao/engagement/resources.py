"""What of engagements is seen."""

from django.utils.translation import gettext_lazy as _

from keqiao.engagement import downloads, queries, resources_contract, tasks  # noqa: F401 - who sees what, and the jobs
from keqiao.engagement.models import Contract, Custody, Engagement, Material
from keqiao.engagement.operations import (  # noqa: F401 - registers the steps
    archive,
    commission,
    group,
    investigation,
    material,
    plan,
    questionnaire,
    review,
)
from keqiao.enterprises.models import Enterprise
from keqiao.faces.history import also_cases
from keqiao.faces.resource import Fields, Menu, Related, Resource, add_panel, register

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
        ),
        api=(*COMMISSION, "state", "step_since", "step_due_on", "truthful_at", "delivered_on"),
        related=("enterprise", "item", "consultant"),
        menu=Menu(
            _("Engagements"), "folder", 10, who=lambda actor: actor.kind in {"staff", "client", "expert"}
        ),
        empty=_("No engagement yet. It begins with a commission."),
    )
)
register(
    Resource(
        model=Material,
        slug="material",
        columns=("name", "engagement", "state", "required", "reason"),
        filters=("state",),
        panels=(
            Fields(
                _("Material"),
                ("name", "engagement", "proves", "nature", "required", "state", "reason", "blob"),
            ),
        ),
        related=("engagement", "blob"),
        parent="engagement",
    )
)
# The page of an enterprise: its engagements, and their record in its one timeline.
IN_BRIEF = ("number", "title", "item", "consultant", "state", "step_due_on")
add_panel(Enterprise, Related(_("Engagements"), Engagement, "enterprise", IN_BRIEF))
also_cases(Enterprise, queries.cases_of)
