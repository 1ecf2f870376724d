"""6.3.4 a to e: what happens while the plan is carried out."""

from django.utils.translation import gettext_lazy as _

from keqiao.engagement.delivery.models.implementation import Guidance, Partner, ProgressReport, WorkingData
from keqiao.faces.resource import Fields, Resource, register

register(
    Resource(
        model=Guidance,
        slug="guidance",
        columns=("given_on", "engagement", "channel", "question", "given_by"),
        filters=("channel", "given_on"),
        panels=(
            Fields(_("Guidance"), ("engagement", "given_on", "channel", "given_by", "question", "advice")),
        ),
        related=("engagement", "given_by"),
        parent="engagement",
    )
)
register(
    Resource(
        model=WorkingData,
        slug="working-data",
        files=("blob",),
        columns=("name", "engagement", "created_at"),
        panels=(Fields(_("Working data"), ("name", "engagement", "analysis", "blob")),),
        related=("engagement", "blob"),
        parent="engagement",
    )
)
register(
    Resource(
        model=ProgressReport,
        slug="progress-reports",
        files=("pdf",),
        columns=("sent_at", "engagement", "sent_by", "done"),
        panels=(
            Fields(
                _("Progress report"),
                ("engagement", "sent_at", "sent_by", "done", "next_steps", "problems", "pdf"),
            ),
        ),
        related=("engagement", "sent_by", "pdf"),
        parent="engagement",
    )
)
register(
    Resource(
        model=Partner,
        slug="partners",
        columns=("name", "engagement", "service", "contact", "undertaking"),
        panels=(Fields(_("Partner body"), ("name", "engagement", "service", "contact", "undertaking")),),
        related=("engagement",),
        parent="engagement",
    )
)
