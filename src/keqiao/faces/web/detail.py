"""The page of one object, declared as panels, with its operations and its record."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from keqiao.faces.access import actor_of, signed_in
from keqiao.faces.columns import label_of, shown
from keqiao.faces.history import timeline
from keqiao.faces.resource import Custom, Fields, Panel, Related, Resource, resource_of
from keqiao.faces.web.offers import offers
from keqiao.kernel import policy
from keqiao.kernel.actors import Actor



@signed_in
def detail_page(request: HttpRequest, resource: Resource, pk: int) -> HttpResponse:
    actor = actor_of(request)
    item = resource.get(actor, pk)
    if resource.page is not None:
        return resource.page(request, item)  # type: ignore[no-any-return]
    context = detail_context(request, resource, item)
    return render(request, "faces/detail.html", context)


def detail_context(request: HttpRequest, resource: Resource, item: Model) -> dict[str, Any]:
    actor = actor_of(request)
    return {
        "resource": resource,
        "item": item,
        "title": str(item),
        "crumbs": crumbs(resource, item),
        "offers": offers(resource, actor, item),
        "panels": [panel_html(request, resource, item, panel) for panel in resource.panels],
        "timeline": timeline(item, actor=actor, limit=20),
    }


def crumbs(resource: Resource, item: Model) -> list[tuple[str, str]]:
    """Where this page stands: under its parent's page, or under its list."""
    parent = getattr(item, resource.parent) if resource.parent else None
    above = resource_of(type(parent)) if parent is not None else None
    if above is None or parent is None:
        return [(resource.title, resource.list_url())]
    return [*crumbs(above, parent), (str(parent), above.url(parent))]


def panel_html(request: HttpRequest, resource: Resource, item: Model, panel: Panel) -> SafeString:
    actor = actor_of(request)
    if isinstance(panel, Fields):
        names = resource.readable(actor, panel.names)
        cells = [(label_of(resource, name), shown(item, name), name, getattr(item, name, None)) for name in names]
        return render_to_string("faces/panel_fields.html", {"title": panel.title, "cells": cells}, request)
    if isinstance(panel, Related):
        return render_to_string("faces/panel_related.html", related_context(panel, item, actor), request)
    fill: Mapping[str, Any] = panel.fill(item, actor)
    assert isinstance(panel, Custom)
    return render_to_string(panel.template, {"title": panel.title, "item": item, **fill}, request)


def related_context(panel: Related, item: Model, actor: Actor) -> dict[str, Any]:
    """Rows of another model that point here and are open to the actor."""
    resource = resource_of(panel.model)
    assert resource is not None, f"{panel.model.__name__} has no resource to be shown with"
    columns = resource.readable(actor, panel.columns or resource.columns)
    rows = policy.visible(panel.model, actor).filter(**{panel.via: item}).select_related(*resource.related)
    rows = rows.prefetch_related(*resource.prefetch).order_by(*(panel.order,) if panel.order else resource.order)
    shown_rows = list(rows[: panel.limit + 1])
    return {
        "title": panel.title,
        "resource": resource,
        "heads": [label_of(resource, name) for name in columns],
        "rows": [
            (row, resource.url(row), [(shown(row, name), name, getattr(row, name, None)) for name in columns])
            for row in shown_rows[: panel.limit]
        ],
        "more": len(shown_rows) > panel.limit,
        "create": [offer for offer in offers(resource, actor, None) if offer.allowed],
        "parent": item,
        "via": panel.via,
    }
