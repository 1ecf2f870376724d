"""The pictures of a model: of just the rows that its list shows with the same filters."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

from keqiao.faces.access import actor_of, signed_in
from keqiao.faces.page import Page, render_page
from keqiao.faces.pictures import Drawn, drawn, pictures_of
from keqiao.faces.resource import Resource
from keqiao.faces.web.filters import active, filter_of
from keqiao.kernel.platform.errors import NotFound


@dataclass(frozen=True, kw_only=True)
class PicturesPage(Page):
    """`active_filters` is how many narrow the rows."""

    resource: Resource
    filter: Any
    active_filters: int
    pictures: list[Drawn]


@signed_in
def pictures_page(request: HttpRequest, resource: Resource) -> HttpResponse:
    """Absent where the module declares no picture of this model for this person."""
    actor = actor_of(request)
    if not pictures_of(resource.model, actor):
        raise NotFound
    filter_set = filter_of(resource, actor, request.GET, resource.rows(actor))
    page = PicturesPage(
        title=resource.title,
        crumbs=[(resource.title, resource.list_url())],
        resource=resource,
        filter=filter_set,
        active_filters=active(filter_set.form),
        pictures=drawn(resource.model, filter_set.qs, actor),
    )
    return render_page(request, "faces/pictures.html", page)
