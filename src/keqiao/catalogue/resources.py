"""Clause 5 as the institution offers it: families, items and what each item wants. Managers edit it."""

from django.utils.translation import gettext_lazy as _

from keqiao.accounts.permissions import is_manager
from keqiao.catalogue.models import (
    DeliverableKind,
    MaterialKind,
    MilestoneTemplate,
    Offer,
    ServiceFamily,
    ServiceItem,
)
from keqiao.faces.areas import Area, Menu
from keqiao.faces.defaults import default_operations
from keqiao.faces.resource import Fields, Related, Resource, register

ITEM = ("family", "code", "name", "summary", "usual_days", "contract_kind", "objectives", "competences")
PART = ("item", "name", "position")

register(
    Resource(
        model=ServiceItem,
        slug="service-items",
        columns=("code", "name", "family", "usual_days", "contract_kind", "offered_since", "retired_on"),
        labels={"offered_since": _("offered since")},
        bulk=("begin_offer", "end_offer"),
        filters=("family", "contract_kind"),
        panels=(
            Fields(_("Service item"), (*ITEM, "retired_on")),
            Related(_("Offered"), Offer, "item", ("since", "until", "scope"), order="-since"),
            Related(
                _("Material checklist"),
                MaterialKind,
                "item",
                ("name", "proves", "nature", "required", "retired_on"),
                order="position",
            ),
            Related(
                _("Plan template"),
                MilestoneTemplate,
                "item",
                ("name", "day", "result", "retired_on"),
                order="position",
            ),
            Related(
                _("Kinds of deliverable"),
                DeliverableKind,
                "item",
                ("name", "form", "retired_on"),
                order="position",
            ),
        ),
        api=(*ITEM, "retired_on"),
        order=("code",),
        related=("family",),
        prefetch=("competences", "offers"),
        menu=Menu(
            Area.ENGAGEMENTS, "list", 60, setup=True, hint=_("Services: what each asks for, takes and yields")
        ),
    )
)
register(
    Resource(
        model=ServiceFamily,
        slug="service-families",
        columns=("code", "name"),
        panels=(
            Fields(_("Service family"), ("code", "name")),
            Related(
                _("Service items"),
                ServiceItem,
                "family",
                ("code", "name", "usual_days", "retired_on"),
                order="code",
            ),
        ),
        order=("code",),
        menu=Menu(Area.ENGAGEMENTS, "stack-2", 61, setup=True, hint=_("Families of services")),
    )
)
register(
    Resource(
        model=MaterialKind,
        slug="checklist",
        columns=("name", "item", "proves", "nature", "required"),
        filters=("nature", "required"),
        panels=(Fields(_("Checklist line"), (*PART, "proves", "nature", "required", "retired_on")),),
        order=("item", "position", "pk"),
        related=("item",),
        parent="item",
    )
)
register(
    Resource(
        model=MilestoneTemplate,
        slug="milestone-templates",
        columns=("name", "item", "day", "result"),
        panels=(Fields(_("Plan step"), (*PART, "day", "result", "retired_on")),),
        order=("item", "position", "pk"),
        related=("item",),
        parent="item",
    )
)
register(
    Resource(
        model=DeliverableKind,
        slug="deliverable-kinds",
        columns=("name", "item", "form"),
        panels=(Fields(_("Kind of deliverable"), (*PART, "form", "retired_on")),),
        order=("item", "position", "pk"),
        related=("item",),
        parent="item",
    )
)
register(
    Resource(
        model=Offer,
        slug="offers",
        columns=("item", "since", "until", "scope"),
        panels=(Fields(_("Service on offer"), ("item", "since", "until", "scope")),),
        order=("item__code", "-since"),
        related=("item",),
        parent="item",
    )
)

default_operations(ServiceFamily, fields=("code", "name"), clause="4.1.1", permission=is_manager)
default_operations(ServiceItem, fields=ITEM, clause="4.1.1", permission=is_manager)
default_operations(
    MaterialKind, fields=(*PART, "proves", "nature", "required"), clause="6.1.1", permission=is_manager
)
default_operations(MilestoneTemplate, fields=(*PART, "day", "result"), clause="6.3.3", permission=is_manager)
default_operations(DeliverableKind, fields=(*PART, "form"), clause="6.4.1", permission=is_manager)
