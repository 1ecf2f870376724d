"""The pictures of a model: of just the rows that its list shows with the same filters."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from keqiao.faces.access import actor_of, signed_in
from keqiao.faces.pictures import drawn, pictures_of
from keqiao.faces.resource import Resource
from keqiao.faces.web.filters import active, filter_of
from keqiao.kernel.platform.errors import NotFound


@signed_in
def pictures_page(request: HttpRequest, resource: Resource) -> HttpResponse:
    """Absent where the module declares no picture of this model for this person."""
    actor = actor_of(request)
    if not pictures_of(resource.model, actor):
        raise NotFound
    found = filter_of(resource, actor, request.GET, resource.rows(actor))
    context = {
        "title": resource.title,
        "resource": resource,
        "filter": found,
        "active_filters": active(found.form),
        "pictures": drawn(resource.model, found.qs, actor),
        "crumbs": [(resource.title, resource.list_url())],
    }
    return render(request, "faces/pictures.html", context)
