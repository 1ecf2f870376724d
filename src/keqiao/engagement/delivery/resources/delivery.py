"""6.4: deliverables and the satisfaction survey."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from keqiao.engagement.delivery.answers import of_survey
from keqiao.engagement.delivery.models.delivery import Deliverable, Survey
from keqiao.faces.resource import Custom, Fields, Resource, register, url_of
from keqiao.kernel.platform import policy
from keqiao.kernel.platform.actors import Actor


def record_shown(deliverable: Deliverable, actor: Actor) -> dict[str, Any]:
    """What it points at, for who may open that; nothing where it has a file."""
    record = deliverable.record
    if record is None or not policy.visible(type(record), actor).filter(pk=record.pk).exists():
        return {"record": None}
    return {"record": record, "kind": record._meta.verbose_name, "url": url_of(record)}


register(
    Resource(
        model=Deliverable,
        slug="deliverables",
        files=("blob", "sheet"),
        columns=("number", "name", "engagement", "state", "due_on", "handed_over_on", "days_late"),
        filters=("state", "due_on"),
        panels=(
            Fields(_("Deliverable"), ("number", "name", "form", "engagement", "state", "due_on", "blob")),
            Custom(_("Record of the client"), "engagement/record_pointed.html", record_shown),
            Fields(_("Handover"), ("handed_over_on", "days_late", "quality_check", "sheet")),
            Fields(_("Decision"), ("decided_by", "decided_at", "reason")),
        ),
        related=("engagement", "blob", "sheet", "decided_by"),
        labels={"days_late": _("days late")},
        parent="engagement",
    )
)
register(
    Resource(
        model=Survey,
        slug="surveys",
        columns=("engagement", "sent_at", "answered_at"),
        panels=(
            Fields(_("Satisfaction survey"), ("engagement", "sent_to", "sent_at", "answered_at")),
            Custom(_("Answers"), "engagement/answers.html", of_survey),
        ),
        api=("engagement", "sent_at", "answered_at", "edition", "scores", "comment"),
        related=("engagement",),
        parent="engagement",
    )
)
