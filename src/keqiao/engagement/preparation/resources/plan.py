"""6.3.3: versions of the plan with their milestones, and who confirmed which."""

from django.utils.translation import gettext_lazy as _

from keqiao.engagement.preparation.models.plan import Milestone, Plan
from keqiao.faces.resource import Fields, Related, Resource, register

LATE = {"days_late": _("days late")}

register(
    Resource(
        model=Plan,
        slug="plans",
        files=("pdf",),
        columns=("number", "edition", "engagement", "state", "begins_on", "sent_at", "decided_at"),
        filters=("state",),
        panels=(
            Fields(
                _("Service plan"),
                ("number", "edition", "engagement", "state", "begins_on", "objectives", "content", "pdf"),
            ),
            Fields(_("Confirmation"), ("edition", "sha256", "sent_at", "decided_by", "decided_at", "reason")),
            Related(
                _("Milestones"),
                Milestone,
                "plan",
                ("name", "due_on", "result", "delivered_on", "days_late"),
                order="due_on",
            ),
        ),
        api=(
            "number",
            "edition",
            "engagement",
            "state",
            "objectives",
            "content",
            "begins_on",
            "sha256",
            "sent_at",
            "decided_by",
            "decided_at",
            "reason",
        ),
        related=("engagement", "pdf", "decided_by"),
        parent="engagement",
    )
)
register(
    Resource(
        model=Milestone,
        slug="milestones",
        files=("blob",),
        columns=("name", "engagement", "plan", "due_on", "delivered_on", "days_late"),
        filters=("due_on",),
        panels=(
            Fields(_("Milestone"), ("name", "engagement", "plan", "due_on", "result")),
            Fields(_("Staged result"), ("delivered_on", "days_late", "note", "blob")),
        ),
        order=("due_on", "pk"),
        related=("engagement", "plan", "blob"),
        labels=LATE,
        parent="plan",
    )
)
