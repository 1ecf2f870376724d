"""The whole record of one object."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from keqiao.faces.access import actor_of, signed_in
from keqiao.faces.history import timeline
from keqiao.faces.resource import Resource
from keqiao.faces.web.detail import crumbs


@signed_in
def history_page(request: HttpRequest, resource: Resource, pk: int) -> HttpResponse:
    actor = actor_of(request)
    item = resource.get(actor, pk)
    context = {
        "resource": resource,
        "item": item,
        "title": _("Record of %(name)s") % {"name": item},
        "timeline": timeline(item, actor=actor),
        "crumbs": [*crumbs(resource, item, actor), (str(item), resource.url(item))],
    }
    return render(request, "faces/history.html", context)
