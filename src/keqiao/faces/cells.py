"""The rows of a list as HTML: each column becomes a function of a row, made once a table, and a page is one string."""

from collections.abc import Callable, Iterable
from html import escape
from typing import Any

from django.db.models import Model
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from keqiao.faces.columns import field_of, is_money, label_of, linked, shown, tone_of
from keqiao.faces.resource import Resource, resource_of
from keqiao.faces.templatetags.keqiao import MISSING, cell

Draw = Callable[[Any], str]
TICK = '<input class="form-check-input" type="checkbox" form="bulk" name="rows" value="{}" aria-label="{}">'


def body(resource: Resource, rows: Iterable[Model], columns: tuple[str, ...], tick: str) -> SafeString:
    """The rows of a table. `tick` is the label of the column of boxes for steps on many rows; empty: no such column."""
    leads = resource_of(resource.model) is not None
    ticks = [_td(tick, lambda row: format_html(TICK, row.pk, row))] if tick else []
    drawn = [
        _td(label_of(resource, name), _leading(resource, name) if leads and not place else _plain(resource, name),
            number=is_money(resource.model, name))
        for place, name in enumerate(columns)
    ]  # fmt: skip
    cells = [*ticks, *drawn]
    return SafeString("\n".join(f"<tr>{''.join([draw(row) for draw in cells])}</tr>" for row in rows))


def _html(value: object) -> str:
    return value if isinstance(value, SafeString) else escape(str(value))


def _td(label: str, draw: Draw, *, number: bool = False) -> Draw:
    start = f'<td{" class=num" if number else ""} data-label="{escape(capfirst(label))}">'
    return lambda row: f"{start}{draw(row)}</td>"


def _leading(resource: Resource, name: str) -> Draw:
    """The first column leads to the page of the row."""

    def draw(row: Model) -> str:
        value = cell(shown(row, name), tone_of(row, name))
        return format_html('<a href="{}">{}</a>', resource.url(row), value or MISSING)

    return draw


def _plain(resource: Resource, name: str) -> Draw:
    found = field_of(resource.model, name)
    if found is None or not found.choices:
        return lambda row: _html(cell(linked(row, name), tone_of(row, name)))
    known: dict[Any, str] = {}  # a choice is looked up once, however many rows have it

    def draw(row: Model) -> str:
        value = getattr(row, name)
        if value not in known:
            known[value] = _html(cell(shown(row, name), tone_of(row, name)))
        return known[value]

    return draw
