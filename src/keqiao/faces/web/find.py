"""The search page: everything that matches and is open to this person, by kind."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from keqiao.faces.access import actor_of, signed_in
from keqiao.faces.page import Page, render_page
from keqiao.faces.readable_links import ReadableLinks
from keqiao.faces.resource import Resource, resource_of, url_of
from keqiao.kernel.platform import search

LONGEST = 200
Hit = tuple[str, str, str]  # name, address, and of what it is a part


@dataclass(frozen=True, kw_only=True)
class SearchPage(Page):
    searched: str
    groups: list[tuple[Resource, list[Hit]]]


def _parents(resource: Resource, rows: list[Any]) -> list[Model]:
    if not resource.parent:
        return []
    prefetch_related_objects(rows, resource.parent)
    return [getattr(row, resource.parent) for row in rows]


def _line(resource: Resource, row: Any, ways: ReadableLinks) -> Hit:
    """Name, address, and for a part of something of what: many engagements have a business licence."""
    parent = getattr(row, resource.parent) if resource.parent else None
    return str(row), url_of(row), str(parent) if parent is not None and ways.to(parent) else ""


@signed_in
def search_page(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "").strip()[:LONGEST]
    actor = actor_of(request)
    hits = [
        (resource, rows)
        for model, rows in search.find(actor=actor, text=text)
        if (resource := resource_of(model)) is not None
    ]
    above = [parent for resource, rows in hits for parent in _parents(resource, rows)]
    ways = ReadableLinks(above, actor)
    groups = [(resource, [_line(resource, row, ways) for row in rows]) for resource, rows in hits]
    page = SearchPage(title=_("Search"), searched=text, groups=groups)
    return render_page(request, "faces/search.html", page)
