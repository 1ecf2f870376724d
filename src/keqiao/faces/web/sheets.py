"""A list as a file: the rows that somebody sees, narrowed and ordered as asked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from keqiao.faces.columns import is_coded, label_of, shown, sorts
from keqiao.faces.resource import Resource
from keqiao.faces.web.filters import filter_of, rows_found
from keqiao.kernel.platform.actors import Actor
from sheets.writing import csv_stream, workbook


@dataclass(frozen=True)
class Sheet:
    """Read once, while it is written."""

    title: str
    head: list[str]
    body: Iterator[list[Any]]

    def as_bytes(self, form: str) -> Iterable[bytes]:
        """As Excel ("xlsx") or CSV."""
        if form == "csv":
            return csv_stream(self.head, self.body)
        return [workbook(title=self.title, head=self.head, rows=self.body)]


def sheet_of(resource: Resource, actor: Actor, asked: QueryDict) -> Sheet:
    """`asked` is what stands behind the question mark of the list. Raises Invalid for a filter that isn't understood."""
    columns = chosen_columns(resource, actor, asked)
    rows = rows_found(filter_of(resource, actor, asked, resource.rows(actor)))
    sort = asked.get("sort", "")
    by = sort.removeprefix("-")
    if by in columns and sorts(resource.model, by):
        rows = rows.order_by(sort)
    coded = {name for name in columns if is_coded(resource.model, name)}
    heads = ((label_of(resource, name), name in coded) for name in columns)
    head = [
        said for label, two in heads for said in (label, _("%(column)s code") % {"column": label})[: 1 + two]
    ]
    body = ([cell for name in columns for cell in _cells(row, name, coded)] for row in rows.iterator(2000))
    return Sheet(resource.title, head, body)


def _cells(row: Any, name: str, coded: set[str]) -> list[Any]:
    """Name and code of a choice in columns of their own, since one sorts by either."""
    code = str(getattr(row, name)) if name in coded else ""
    return [shown(row, name).removesuffix(f" {code}"), code] if name in coded else [shown(row, name)]


def chosen_columns(resource: Resource, actor: Actor, asked: QueryDict) -> tuple[str, ...]:
    """The columns this person reads, narrowed to those asked for by `?columns=`."""
    open_to = resource.readable(actor, resource.columns)
    wanted = asked.getlist("columns")
    return tuple(name for name in open_to if name in wanted) or open_to
