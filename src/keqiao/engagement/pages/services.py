"""Clause 5 for everybody: what the institution offers, without an account."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from keqiao.catalogue.models import ServiceItem
from keqiao.faces.access import public
from keqiao.kernel.platform import policy
from keqiao.kernel.platform.actors import VISITOR


@public
@require_safe
def services(request: HttpRequest) -> HttpResponse:
    rows = policy.visible(ServiceItem, VISITOR).select_related("family").order_by("family__code", "code")
    families = [(family, list(items)) for family, items in groupby(rows, key=lambda one: one.family)]
    return render(request, "engagement/services.html", {"title": _("Services"), "families": families})


def service(request: HttpRequest, item: ServiceItem) -> HttpResponse:
    """One item for a visitor: what it is and what it asks for."""
    context = {"title": item.name, "item": item, "crumbs": [(_("Services"), reverse("public-services"))]}
    return render(request, "engagement/service.html", context)
