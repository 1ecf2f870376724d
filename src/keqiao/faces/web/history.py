"""The whole record of one object."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from keqiao.faces.access import actor_of, signed_in
from keqiao.faces.history import Line, timeline
from keqiao.faces.page import Page, render_page
from keqiao.faces.resource import Resource
from keqiao.faces.web.detail import crumbs


@dataclass(frozen=True, kw_only=True)
class HistoryPage(Page):
    resource: Resource
    item: Any
    timeline: list[Line]


@signed_in
def history_page(request: HttpRequest, resource: Resource, pk: int) -> HttpResponse:
    actor = actor_of(request)
    item = resource.get(actor, pk)
    page = HistoryPage(
        title=_("Record of %(name)s") % {"name": item},
        crumbs=[*crumbs(resource, item, actor), (str(item), resource.url(item))],
        resource=resource,
        item=item,
        timeline=timeline(item, actor=actor),
    )
    return render_page(request, "faces/history.html", page)
