"""6.1: material, site visits, feasibility, notices."""

from django.utils.translation import gettext_lazy as _

from keqiao.engagement.intake.models import Feasibility, Material, Notice, SiteVisit
from keqiao.engagement.preparation.models.investigation import MaterialAnalysis
from keqiao.faces.resource import Fields, Related, Resource, register

NOTICE = (
    "number",
    "kind",
    "engagement",
    "content",
    "time_limit",
    "client_rights",
    "client_duties",
    "our_rights",
    "our_duties",
    "reasons",
    "advice",
)

register(
    Resource(
        model=Material,
        slug="material",
        files=("blob",),
        columns=("name", "engagement", "state", "required", "reason"),
        filters=("state",),
        panels=(
            Fields(_("Material"), ("name", "engagement", "proves", "nature", "required", "state", "blob")),
            Fields(_("Provided"), ("provided_by", "provided_at", "same_content")),
            Fields(_("Review"), ("reviewed_by", "reviewed_at", "reason")),
            Related(_("Analyses"), MaterialAnalysis, "material", ("what", "created_at")),
        ),
        labels={"same_content": _("The same content has")},
        related=("engagement", "blob", "provided_by", "reviewed_by"),
        parent="engagement",
    )
)
register(
    Resource(
        model=SiteVisit,
        slug="site-visits",
        files=("blob",),
        columns=("visited_on", "engagement", "place", "people"),
        panels=(
            Fields(_("Site visit"), ("engagement", "visited_on", "place", "people", "findings", "blob")),
        ),
        related=("engagement", "blob"),
        parent="engagement",
    )
)
register(
    Resource(
        model=Feasibility,
        slug="feasibility",
        columns=("engagement", "feasible", "decided_by", "created_at"),
        filters=("feasible",),
        panels=(
            Fields(
                _("Feasibility decision"),
                ("engagement", "feasible", "grounds", "risks", "decided_by", "created_at"),
            ),
        ),
        related=("engagement", "decided_by"),
        parent="engagement",
    )
)
register(
    Resource(
        model=Notice,
        slug="notices",
        files=("blob",),
        columns=("number", "kind", "engagement", "time_limit", "created_at"),
        filters=("kind",),
        panels=(Fields(_("Notice"), (*NOTICE, "blob")),),
        api=NOTICE,
        related=("engagement", "blob"),
        parent="engagement",
    )
)
