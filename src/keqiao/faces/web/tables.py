"""The list table of a resource, on django-tables2: sorting and paging are its, the columns are ours."""

from typing import Any

import django_tables2 as tables
from django.db.models import Model
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django_tables2.config import RequestConfig

from keqiao.faces.columns import is_money, label_of, linked, shown, sorts, tone_of
from keqiao.faces.resource import Resource, resource_of
from keqiao.faces.templatetags.keqiao import cell
from keqiao.faces.web.offers import Offer

PER_PAGE = 25


class ShownColumn(tables.Column):
    """A value as people read it; the first column of a row leads to its page."""

    def __init__(self, *, name: str, resource: Resource, link: bool, **kwargs: Any) -> None:
        if is_money(resource.model, name):
            kwargs["attrs"] = {"th": {"class": "num"}, "td": {"class": "num"}}
        super().__init__(accessor="pk", empty_values=(), **kwargs)
        self.name, self.resource, self.leads = name, resource, link

    def render(self, record: Model) -> Any:
        read = shown if self.leads else linked
        value = cell(read(record, self.name), tone_of(record, self.name))
        if not self.leads:
            return value
        return format_html('<a href="{}">{}</a>', self.resource.url(record), value or "—")


class TickColumn(tables.Column):
    """A box a row, for the operations on many rows; the form they belong to stands above the table."""

    ticks = True  # the head of the column ticks them all

    def __init__(self) -> None:
        super().__init__(accessor="pk", empty_values=(), orderable=False, verbose_name=_("Choose"))

    def render(self, record: Model) -> Any:
        box = '<input class="form-check-input" type="checkbox" form="bulk" name="rows" value="{}" aria-label="{}">'
        return format_html(box, record.pk, record)


def table_of(
    resource: Resource,
    rows: Any,
    request: HttpRequest,
    columns: tuple[str, ...],
    *,
    tick: bool = False,
    **kwargs: Any,
) -> Any:
    """A sorted page of `rows`. Only real fields sort; others show no arrow."""
    made: dict[str, tables.Column] = {"rows": TickColumn()} if tick else {}
    made |= {name: _column(resource, name, link=(i == 0)) for i, name in enumerate(columns)}
    table_class = type("ResourceTable", (tables.Table,), made)
    table = table_class(rows, order_by_field="sort", empty_text=str(resource.empty), **kwargs)
    RequestConfig(request, paginate={"per_page": PER_PAGE}).configure(table)
    return table


def say_why_empty(table: Any, *, filtered: bool, first: Offer | None) -> None:
    """An empty list leads on: out of the filters that nothing matches, or to the first operation."""
    if filtered:
        table.empty_text, table.empty_help = _("Nothing matches"), _("No row fits all the filters in force.")
        table.empty_url, table.empty_action = "?", _("Clear filters")
        table.empty_icon = table.empty_sign = "filter"
    elif first is not None:
        table.empty_url, table.empty_action = first.url, first.label


def _column(resource: Resource, name: str, *, link: bool) -> ShownColumn:
    orderable = sorts(resource.model, name)
    return ShownColumn(
        name=name,
        resource=resource,
        link=link and resource_of(resource.model) is not None,
        verbose_name=label_of(resource, name),
        orderable=orderable,
        order_by=(name,) if orderable else (),
    )
