"""A list as a file: the rows that somebody sees, narrowed and ordered as asked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from keqiao.faces.columns import label_of, shown, sorts
from keqiao.faces.export import csv_stream, workbook
from keqiao.faces.resource import Resource
from keqiao.faces.web.filters import filter_of, rows_found
from keqiao.kernel.platform.actors import Actor


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
    head = [label_of(resource, name) for name in columns]
    body = ([shown(row, name) for name in columns] for row in rows.iterator(chunk_size=2000))
    return Sheet(resource.title, head, body)


def chosen_columns(resource: Resource, actor: Actor, asked: QueryDict) -> tuple[str, ...]:
    """The columns this person reads, narrowed to those asked for by `?columns=`."""
    open_to = resource.readable(actor, resource.columns)
    wanted = asked.getlist("columns")
    return tuple(name for name in open_to if name in wanted) or open_to
