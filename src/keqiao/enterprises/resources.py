"""What of enterprises is seen."""

from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from keqiao.accounts.permissions import is_service_staff
from keqiao.enterprises import queries
from keqiao.enterprises.codes import plain_code
from keqiao.enterprises.models import (
    Contact,
    Enterprise,
    EnterpriseFile,
    EnterpriseRecord,
    Lowering,
    Tag,
    YearlyFigure,
)
from keqiao.enterprises.permissions import is_responsible
from keqiao.faces.areas import Area, Menu
from keqiao.faces.defaults import default_operations
from keqiao.faces.history import extend_timeline
from keqiao.faces.resource import Custom, Fields, Related, Resource, register, resource_of, url_of
from keqiao.faces.web.offers import offers
from keqiao.kernel.platform.actors import Actor

# owner and classification change by steps of their own, so that the record says what it was, and who confirmed it
CHANGED = (
    "name",
    "uscc",
    "region",
    "industry",
    "size",
    "registered_on",
    "address",
    "representative",
    "tags",
)
PROFILE = (
    "name",
    "uscc",
    "region",
    "industry",
    "size",
    "registered_on",
    "address",
    "representative",
    "owner",
    "level",
    "tags",
)


def figures(enterprise: Enterprise, actor: Actor) -> dict[str, Any]:
    years, rows = queries.figures_by_year(enterprise, actor)
    resource = resource_of(YearlyFigure)
    assert resource is not None
    adds = [offer for offer in offers(resource, actor, None) if offer.allowed]
    return {"years": years, "rows": rows, "operations": adds, "back": url_of(enterprise)}


def own_the_new(enterprise: Any, actor: Actor) -> None:
    """Who enters an enterprise is responsible for it, unless they name someone."""
    plain_code(enterprise, actor)
    enterprise.owner_id = enterprise.owner_id or actor.pk


def note_who(figure: Any, actor: Actor) -> None:
    figure.recorded_by_id = actor.pk


def stand_in_timeline(kind: type[EnterpriseRecord]) -> None:
    """What is recorded of such a row is read on the page of its enterprise too."""
    extend_timeline(Enterprise, partial(queries.record_cases, kind))


register(
    Resource(
        model=Enterprise,
        slug="enterprises",
        columns=("name", "uscc", "region", "industry", "size", "owner", "level"),
        filters=("region", "industry", "size", "owner", "level", "tags"),
        panels=(
            Fields(_("Profile"), PROFILE),
            Related(_("Contacts"), Contact, "enterprise", ("name", "title", "phone", "email", "is_primary")),
            Custom(_("Yearly figures"), "enterprises/figures.html", figures),
            Related(_("Files"), EnterpriseFile, "enterprise", ("name", "blob", "note", "created_at")),
        ),
        api=(*PROFILE, "created_at", "updated_at"),
        related=("owner",),
        prefetch=("tags",),
        bulk=("tag_enterprise", "untag_enterprise", "assign_enterprise_owner"),
        menu=Menu(Area.CLIENTS, "building", 10, label=_("All clients")),
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
        panels=(
            Fields(
                _("Yearly figure"),
                ("enterprise", "year", "kind", "amount", "source", "source_date", "recorded_by"),
            ),
        ),
        related=("enterprise", "recorded_by"),
        parent="enterprise",
    )
)
register(
    Resource(
        model=EnterpriseFile,
        slug="enterprise-files",
        files=("blob",),
        columns=("name", "enterprise", "note", "created_at"),
        panels=(Fields(_("File"), ("name", "enterprise", "blob", "note", "created_at")),),
        related=("enterprise", "blob"),
        parent="enterprise",
    )
)
register(
    Resource(
        model=Tag,
        slug="tags",
        columns=("name",),
        panels=(Fields(_("Tag"), ("name",)),),
        order=("name",),
        menu=Menu(Area.CLIENTS, "tag", 30, setup=True, hint=_("Words that enterprises are tagged with")),
        empty=_("No tag yet. Add one; enterprises are tagged on their page or many at once in the list."),
    )
)

register(
    Resource(
        model=Lowering,
        slug="lowerings",
        columns=("enterprise", "level", "lower_to", "state", "proposed_by", "decided_by", "decided_at"),
        filters=("state",),
        panels=(
            Fields(
                _("Proposal to lower a classification"),
                (
                    "enterprise",
                    "level",
                    "lower_to",
                    "reason",
                    "state",
                    "proposed_by",
                    "decided_by",
                    "decided_at",
                ),
            ),
        ),
        related=("enterprise", "proposed_by", "decided_by"),
        parent="enterprise",
    )
)

default_operations(
    Enterprise,
    fields=PROFILE,
    clause="6.5",
    permission=is_responsible,
    without=frozenset({"update"}),
    fill=own_the_new,
)
default_operations(
    Enterprise,
    fields=CHANGED,
    clause="6.5",
    permission=is_responsible,
    without=frozenset({"create"}),
    fill=plain_code,
)
default_operations(
    Contact,
    fields=("enterprise", "name", "title", "phone", "email", "is_primary"),
    clause="6.5",
    permission=is_responsible,
)
default_operations(
    YearlyFigure,
    fields=("enterprise", "year", "kind", "amount", "source", "source_date"),
    clause="4.1.4",
    permission=is_responsible,
    fill=note_who,
)
default_operations(Tag, fields=("name",), clause="6.5", permission=is_service_staff)
extend_timeline(Enterprise, queries.merged_cases)
for record_kind in queries.record_kinds():
    stand_in_timeline(record_kind)
