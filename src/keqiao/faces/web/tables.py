"""The list table of a resource: its head, and one sorted page of its rows."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from keqiao.faces.cells import body
from keqiao.faces.columns import is_money, label_of, sorts
from keqiao.faces.resource import Resource
from keqiao.faces.web.offers import Offer
from keqiao.kernel.platform.errors import Text
from keqiao.kernel.platform.whole_numbers import whole_number

PER_PAGE, MOST = 25, 500
NUMBERED = 10  # pages of which each has its number; of more the middle is left out


@dataclass(frozen=True)
class Head:
    """The head of a column. `next` is what a press on it sorts by, empty where it doesn't sort; `order` the way it is
    sorted now: ascending, descending or not at all."""

    label: str
    next: str = ""
    order: str = ""
    number: bool = False
    ticks: bool = False


@dataclass(frozen=True, kw_only=True)
class Empty:
    """What stands in the place of a table without rows, and where it leads on."""

    title: Text
    text: Text = ""
    url: str = ""
    label: Text = ""
    icon: str = ""
    sign: str = ""


@dataclass(frozen=True, kw_only=True)
class Table:
    heads: list[Head]
    body: SafeString
    page: "Page[Any]"
    empty: Empty

    @property
    def numbers(self) -> list[int]:
        """Of the pages to choose from: the first, the last, those around this one; 0 for those left out between."""
        last, here = self.page.paginator.num_pages, self.page.number
        start = max(1, min(here - NUMBERED // 2, last - NUMBERED + 1))
        shown = list(range(start, min(start + NUMBERED, last + 1)))
        if shown[0] != 1:
            shown[:2] = [1, 0]
        if shown[-1] != last:
            shown[-2:] = [0, last]
        return shown


def table_of(
    resource: Resource,
    rows: Any,
    request: HttpRequest,
    columns: tuple[str, ...],
    *,
    empty: Empty,
    tick: bool = False,
) -> Table:
    """A sorted page of `rows`. Only real fields sort; others show no arrow."""
    order = [one for one in request.GET.getlist("sort") if _sorts(resource, columns, one)]
    size = whole_number(request.GET.get("per_page", ""), most=MOST) or PER_PAGE
    ordered = rows.order_by(*order) if order else rows
    page = Paginator(ordered, size).get_page(request.GET.get("page"))
    ticks = [Head(_("Choose"), ticks=True)] if tick else []
    return Table(
        heads=[*ticks, *(_head(resource, name, order) for name in columns)],
        body=body(resource, page.object_list, columns, tick=_("Choose") if tick else ""),
        page=page,
        empty=empty,
    )


def _sorts(resource: Resource, columns: tuple[str, ...], by: str) -> bool:
    name = by.removeprefix("-")
    return name in columns and sorts(resource.model, name)


def _head(resource: Resource, name: str, order: list[str]) -> Head:
    label, number = label_of(resource, name), is_money(resource.model, name)
    if not sorts(resource.model, name):
        return Head(label, number=number)
    if name in order:
        return Head(label, f"-{name}", "ascending", number)
    return Head(label, name, "descending" if f"-{name}" in order else "", number)


def why_empty(resource: Resource, *, filtered: bool, first: Offer | None) -> Empty:
    """An empty list leads on: out of the filters that nothing matches, or to the first operation."""
    if filtered:
        return Empty(
            title=_("Nothing matches"), text=_("No row fits all the filters in force."), url="?",
            label=_("Clear filters"), icon="filter", sign="filter",
        )  # fmt: skip
    if first is not None:
        return Empty(title=resource.empty, url=first.url, label=first.label)
    return Empty(title=resource.empty)
