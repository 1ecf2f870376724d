"""6.5: the archive and its summary."""

from django.utils.translation import gettext_lazy as _

from keqiao.engagement.delivery.models.delivery import Archive, ArchiveSummary
from keqiao.faces.areas import Area, Menu
from keqiao.faces.resource import Fields, Resource, register

register(
    Resource(
        model=Archive,
        slug="archives",
        files=("blob", "client_blob"),
        columns=("number", "engagement", "created_at", "seal", "sha256", "client_sha256"),
        panels=(
            Fields(
                _("Archive"),
                (
                    "number",
                    "engagement",
                    "created_at",
                    "blob",
                    "sha256",
                    "client_blob",
                    "client_sha256",
                    "seal",
                ),
            ),
        ),
        related=("engagement", "blob", "client_blob"),
        menu=Menu(Area.RECORDS, "archive", 10),
        empty=_("No archive yet. It is made when an engagement is closed."),
    )
)
register(
    Resource(
        model=ArchiveSummary,
        slug="archive-summaries",
        columns=("engagement", "time", "evaluation"),
        panels=(
            Fields(
                _("Archive summary"), ("engagement", "time", "content", "process", "effect", "evaluation")
            ),
        ),
        related=("engagement",),
        parent="engagement",
    )
)
