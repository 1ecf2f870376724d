"""The page of one object, declared as panels, with its operations and its record."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import takewhile
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from keqiao.faces.access import actor_of, public, signed_in
from keqiao.faces.columns import label_of, linked, shown, tone_of
from keqiao.faces.history import Line, latest, lines, subjects
from keqiao.faces.page import Page, Row, render_page, values_of
from keqiao.faces.portal import page_of
from keqiao.faces.readable_links import Key, ReadableLinks
from keqiao.faces.resource import Custom, Fields, Panel, Related, Resource, resource_of, url_of
from keqiao.faces.web.offers import Offer, offers
from keqiao.kernel.platform import policy
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Text

LONG = 60
Cell = tuple[str, Any, str]  # label, value and tone
KINDS = {Decimal: "money", datetime: "moment", date: "day"}  # a moment is a day too, so it comes first


@dataclass(frozen=True, kw_only=True)
class DetailPage(Page):
    resource: Resource
    item: Model
    operations: list[Offer]
    panels: list[SafeString]
    timeline: list[Line]


@dataclass(frozen=True, kw_only=True)
class RelatedRows:
    """Rows of another model that point to `parent` by their field `via`, each with its address; of `more` than `limit`
    there is `all_url`, empty where the list can't be narrowed to them."""

    title: Text
    resource: Resource
    heads: list[str]
    rows: list[tuple[str, list[Cell]]]
    more: bool
    limit: int
    all_url: str
    operations: list[Offer]
    parent: Model
    via: str
    back: str


@signed_in
def detail_page(request: HttpRequest, resource: Resource, pk: int) -> HttpResponse:
    return _page(request, resource, pk)


@public
def open_page(request: HttpRequest, resource: Resource, pk: int) -> HttpResponse:
    """The same where a module gives visitors a page of its own: the policy says which rows they see on it."""
    return _page(request, resource, pk)


def _page(request: HttpRequest, resource: Resource, pk: int) -> HttpResponse:
    """What a module declares for this kind of person, else the resource's own page, else its panels."""
    actor = actor_of(request)
    item = resource.get(actor, pk)
    view = page_of(resource.model, actor.kind) or resource.page
    if view is not None:
        return view(request, item)
    entries = latest(item, actor=actor, limit=20)
    ways = ways_from(resource, item, actor, names=named(resource, actor), also=subjects(item, entries))
    page = DetailPage(
        title=str(item),
        crumbs=crumbs(resource, item, actor, ways),
        resource=resource,
        item=item,
        operations=offers(resource, actor, item),
        panels=[panel_html(request, resource, item, panel, ways) for panel in resource.all_panels],
        timeline=lines(item, entries, actor=actor, ways=ways),
    )
    return render_page(request, "faces/detail.html", page)


def about(request: HttpRequest, resource: Resource, item: Model, ways: ReadableLinks) -> str:
    """The first panel of a page, which says what it is about: shown beside the form of a step on it."""
    first = next((panel for panel in resource.all_panels if isinstance(panel, Fields)), None)
    return panel_html(request, resource, item, first, ways) if first else ""


def named(resource: Resource, actor: Actor) -> tuple[str, ...]:
    """The fields that the panels of a page show."""
    shown_ones = [name for panel in resource.all_panels if isinstance(panel, Fields) for name in panel.names]
    return resource.readable(actor, tuple(dict.fromkeys(shown_ones)))


def ways_from(
    resource: Resource, item: Model, actor: Actor, *, names: tuple[str, ...], also: Iterable[Key] = ()
) -> ReadableLinks:
    """Where a page leads: to what stands above it, and to the rows that its fields name."""
    above = (parent for _resource, parent in parents(resource, item))
    return ReadableLinks([*above, *(getattr(item, name, None) for name in names)], actor, also=also)


def parents(resource: Resource, item: Model) -> list[tuple[Resource, Model]]:
    """What a row is a part of, the nearest first."""
    parent = getattr(item, resource.parent) if resource.parent else None
    above = resource_of(type(parent)) if parent is not None else None
    return [] if above is None or parent is None else [(above, parent), *parents(above, parent)]


def crumbs(
    resource: Resource, item: Model, actor: Actor, ways: ReadableLinks | None = None
) -> list[tuple[str, str]]:
    """Where this page stands: under its parent's page, or under its list. What is not open is not named either: a member
    who has yet to sign sees the own row, and not what it belongs to."""
    chain = parents(resource, item)
    known = ways or ReadableLinks([parent for _above, parent in chain], actor)
    near = list(takewhile(lambda pair: known.to(pair[1]), chain))
    top = chain[-1][0] if chain else resource
    root = [(top.title, top.list_url())] if len(near) == len(chain) else []
    return [*root, *((str(parent), above.url(parent)) for above, parent in reversed(near))]


def panel_html(
    request: HttpRequest, resource: Resource, item: Model, panel: Panel, ways: ReadableLinks
) -> SafeString:
    actor = actor_of(request)
    if isinstance(panel, Fields):
        names = resource.readable(actor, panel.names)
        rows = [field_row(resource, item, name, ways) for name in names]
        return render_to_string("faces/panel_fields.html", {"title": panel.title, "rows": rows}, request)
    if isinstance(panel, Related):
        return render_to_string(
            "faces/panel_related.html", values_of(related_rows(panel, item, actor)), request
        )
    fill: Mapping[str, Any] = panel.fill(item, actor)
    assert isinstance(panel, Custom)
    return render_to_string(panel.template, {"title": panel.title, "item": item, **fill}, request)


def field_row(resource: Resource, item: Model, name: str, ways: ReadableLinks) -> Row:
    """A labelled value as value.html shows it: money, days and states in their own ways, links to what has a page."""
    value, raw = shown(item, name), getattr(item, name, None)
    label = label_of(resource, name)
    if tone := tone_of(item, name):
        return Row(label=label, value=value, tone=tone)
    if isinstance(raw, Model):
        return Row(label=label, value=value, url=ways.to(raw))
    kind = next((kind for of, kind in KINDS.items() if isinstance(value, of)), "")
    if not kind and isinstance(value, str) and ("\n" in value or len(value) > LONG):
        return Row(label=label, value=value, kind="text", wide=True)
    return Row(label=label, value=value, kind=kind)


def related_rows(panel: Related, item: Model, actor: Actor) -> RelatedRows:
    """Those open to the actor."""
    resource = resource_of(panel.model)
    assert resource is not None, f"{panel.model.__name__} has no resource to be shown with"
    columns = resource.readable(actor, panel.columns or resource.columns)
    rows = resource.with_related(policy.visible(panel.model, actor).filter(**{panel.via: item}))
    rows = rows.order_by(*(panel.order,) if panel.order else resource.order)
    shown_rows = list(rows[: panel.limit + 1])
    narrows = panel.via in resource.readable(actor, resource.filters)
    return RelatedRows(
        title=panel.title,
        resource=resource,
        heads=[label_of(resource, name) for name in columns],
        rows=[
            (resource.url(row), [_cell(resource, row, name) for name in columns])
            for row in shown_rows[: panel.limit]
        ],
        more=len(shown_rows) > panel.limit,
        limit=panel.limit,
        all_url=f"{resource.list_url()}?{panel.via}={item.pk}" if narrows else "",
        operations=[offer for offer in offers(resource, actor, None) if offer.allowed],
        parent=item,
        via=panel.via,
        back=url_of(item),
    )


def _cell(resource: Resource, row: Model, name: str) -> Cell:
    return label_of(resource, name), linked(row, name), tone_of(row, name)
