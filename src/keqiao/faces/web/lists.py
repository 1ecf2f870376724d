"""List, and export of just what is seen."""

from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from keqiao.faces.access import actor_of, signed_in
from keqiao.faces.columns import label_of
from keqiao.faces.egress_log import list_goes_out
from keqiao.faces.pictures import pictures_of
from keqiao.faces.resource import Resource, helps_of
from keqiao.faces.web.bulk import bulk_operations
from keqiao.faces.web.filters import active, filter_of
from keqiao.faces.web.offers import offers
from keqiao.faces.web.sheets import chosen_columns, sheet_of
from keqiao.faces.web.tables import table_of, why_empty
from keqiao.faces.web.views import views_of

MEDIA = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@signed_in
def list_page(request: HttpRequest, resource: Resource) -> HttpResponse:
    actor = actor_of(request)
    columns = chosen_columns(resource, actor, request.GET)
    found = filter_of(resource, actor, request.GET, resource.rows(actor))
    bulk = bulk_operations(resource, actor)
    filters = active(found.form)
    operations = [offer for offer in offers(resource, actor, None) if offer.allowed]
    empty = why_empty(resource, filtered=bool(filters), first=next(iter(operations), None))
    context = {
        "resource": resource,
        "title": resource.title,
        "table": table_of(resource, found.qs, request, columns, empty=empty, tick=bool(bulk)),
        "bulk": bulk,
        "bulk_route": f"{resource.slug}-bulk",
        "views": views_of(request, resource),
        "pictures_url": reverse(f"{resource.slug}-pictures") if pictures_of(resource.model, actor) else "",
        "filter": found,
        "active_filters": filters,
        "columns": [
            (name, label_of(resource, name), name in columns)
            for name in resource.readable(actor, resource.columns)
        ],
        "operations": operations,
        "helps": helps_of(resource, actor),
        "crumbs": [],
        "query": _without(request, "page"),
        "kept": [(n, v) for n, many in request.GET.lists() if n not in {"columns", "page"} for v in many],
    }
    return render(request, "faces/list.html", context)


@signed_in
def export(request: HttpRequest, resource: Resource, form: str) -> HttpResponse | StreamingHttpResponse:
    """The rows and columns of the list as it stands, as Excel or CSV."""
    sheet = sheet_of(resource, actor_of(request), request.GET)
    list_goes_out(request, resource.slug, form)
    body = sheet.as_bytes(form)
    made: HttpResponse | StreamingHttpResponse
    if form == "csv":
        made = StreamingHttpResponse(body, content_type=MEDIA[form])
    else:
        made = HttpResponse(b"".join(body), content_type=MEDIA[form])
    made["Content-Disposition"] = (
        f'attachment; filename="{resource.slug}-{timezone.localdate():%Y%m%d}.{form}"'
    )
    return made


def _without(request: HttpRequest, *names: str) -> str:
    query: Any = request.GET.copy()
    for name in names:
        query.pop(name, None)
    return str(query.urlencode())
