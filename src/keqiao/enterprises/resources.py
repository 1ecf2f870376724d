"""What of enterprises is seen."""

from django.utils.translation import gettext_lazy as _

from keqiao.accounts.permissions import is_staff
from keqiao.enterprises import queries  # noqa: F401 - registers who sees what
from keqiao.enterprises.models import Contact, Enterprise, EnterpriseFile, Import, Tag, YearlyFigure
from keqiao.enterprises.operations import files, imports, merging  # noqa: F401 - registers the steps
from keqiao.enterprises.permissions import is_responsible
from keqiao.faces.defaults import default_operations
from keqiao.faces.files import downloadable
from keqiao.faces.resource import Custom, Fields, Menu, Related, Resource, register

PROFILE = ("name", "uscc", "region", "industry", "size", "registered_on", "address", "representative", "owner", "level", "tags")

register(
    Resource(
        model=Enterprise,
        slug="enterprises",
        columns=("name", "uscc", "region", "industry", "size", "owner", "level"),
        filters=("region", "industry", "size", "owner", "level", "tags"),
        panels=(
            Fields(_("Profile"), PROFILE),
            Related(_("Contacts"), Contact, "enterprise", ("name", "title", "phone", "email", "is_primary")),
            Related(_("Yearly figures"), YearlyFigure, "enterprise", ("year", "kind", "amount", "source", "source_date"), order="-year"),
            Related(_("Files"), EnterpriseFile, "enterprise", ("name", "blob", "note", "created_at")),
        ),
        api=(*PROFILE, "created_at", "updated_at"),
        related=("owner",),
        prefetch=("tags",),
        menu=Menu(_("Clients"), "building", 20),
        empty=_("No enterprise yet. Add one, or import a list."),
    )
)
register(
    Resource(
        model=Contact,
        slug="contacts",
        columns=("name", "enterprise", "title", "phone", "email", "is_primary"),
        panels=(Fields(_("Contact"), ("name", "enterprise", "title", "phone", "email", "is_primary")),),
        related=("enterprise",),
        parent="enterprise",
    )
)
register(
    Resource(
        model=YearlyFigure,
        slug="figures",
        columns=("enterprise", "year", "kind", "amount", "source", "source_date"),
        filters=("year", "kind"),
        panels=(Fields(_("Yearly figure"), ("enterprise", "year", "kind", "amount", "source", "source_date", "recorded_by")),),
        related=("enterprise", "recorded_by"),
        parent="enterprise",
    )
)
register(
    Resource(
        model=EnterpriseFile,
        slug="enterprise-files",
        columns=("name", "enterprise", "note", "created_at"),
        panels=(Fields(_("File"), ("name", "enterprise", "blob", "note", "created_at")),),
        related=("enterprise", "blob"),
        parent="enterprise",
    )
)
register(
    Resource(
        model=Import,
        slug="imports",
        columns=("name", "state", "rows", "new", "changed", "unchanged", "wrong", "made_by", "created_at"),
        filters=("state",),
        panels=(
            Fields(_("Result"), ("name", "state", "rows", "new", "changed", "unchanged", "wrong", "unknown_columns", "made_by", "created_at")),
            Custom(_("Cells to correct"), "enterprises/import_errors.html", lambda item, _actor: {"errors": item.errors}),
        ),
        related=("made_by",),
        menu=Menu(_("Clients"), "upload", 22),
        empty=_("No import yet. Upload a list; nothing is written before you have seen the result."),
    )
)
register(Resource(model=Tag, slug="tags", columns=("name",), panels=(Fields(_("Tag"), ("name",)),), order=("name",)))

default_operations(Enterprise, fields=PROFILE, clause="6.5", may=is_responsible)
default_operations(Contact, fields=("enterprise", "name", "title", "phone", "email", "is_primary"), clause="6.5", may=is_responsible)
default_operations(
    YearlyFigure, fields=("enterprise", "year", "kind", "amount", "source", "source_date"), clause="4.1.4", may=is_responsible
)
default_operations(Tag, fields=("name",), clause="6.5", may=is_staff)
downloadable(EnterpriseFile, "blob")
downloadable(Import, "blob")
