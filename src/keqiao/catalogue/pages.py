"""Clause 5 for everybody: what the institution offers, without an account."""

from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from keqiao.catalogue.models import ServiceFamily, ServiceItem
from keqiao.faces.access import public
from keqiao.faces.page import Page, render_page
from keqiao.kernel.platform import policy
from keqiao.kernel.platform.actors import VISITOR


@dataclass(frozen=True, kw_only=True)
class ServicesPage(Page):
    families: list[tuple[ServiceFamily, list[ServiceItem]]]


@dataclass(frozen=True, kw_only=True)
class ServicePage(Page):
    item: ServiceItem


@public
@require_safe
def services(request: HttpRequest) -> HttpResponse:
    rows = policy.visible(ServiceItem, VISITOR).select_related("family").order_by("family__code", "code")
    families = [(family, list(items)) for family, items in groupby(rows, key=lambda item: item.family)]
    return render_page(
        request, "catalogue/services.html", ServicesPage(title=_("Services"), families=families)
    )


def service(request: HttpRequest, item: ServiceItem) -> HttpResponse:
    """One item for a visitor: what it is and what it asks for."""
    crumbs = [(_("Services"), reverse("public-services"))]
    return render_page(
        request, "catalogue/service.html", ServicePage(title=item.name, crumbs=crumbs, item=item)
    )
