"""6.3.4 f: adjusted plans offered and chosen."""

from django.utils.translation import gettext_lazy as _

from keqiao.engagement.preparation.models.plan import Adjustment, AdjustmentOption
from keqiao.faces.resource import Fields, Related, Resource, register

register(
    Resource(
        model=Adjustment,
        slug="adjustments",
        files=("pdf",),
        columns=("reason", "engagement", "state", "chosen", "chosen_at"),
        filters=("state",),
        panels=(
            Fields(_("Adjustment"), ("engagement", "state", "reason", "basis", "pdf")),
            Related(_("Options"), AdjustmentOption, "adjustment", ("name", "text", "ends_on"), order="pk"),
            Fields(_("The client's choice"), ("chosen", "chosen_by", "chosen_at", "next_plan")),
        ),
        related=("engagement", "chosen", "chosen_by", "next_plan", "pdf"),
        parent="engagement",
    )
)
register(
    Resource(
        model=AdjustmentOption,
        slug="adjustment-options",
        columns=("name", "adjustment", "text", "ends_on"),
        panels=(Fields(_("Adjustment option"), ("name", "adjustment", "text", "ends_on")),),
        related=("adjustment",),
        parent="adjustment",
    )
)
