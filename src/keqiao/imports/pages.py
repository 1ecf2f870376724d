"""The lists one may import, the template of each, the list as it stands, and how far an import is."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from openpyxl import Workbook

from keqiao.faces.access import actor_of, signed_in, staff_only, unattended
from keqiao.faces.columns import shown
from keqiao.faces.egress_log import list_goes_out
from keqiao.faces.page import Page, render_page
from keqiao.faces.web.lists import MEDIA
from keqiao.imports.columns import Column, Kind
from keqiao.imports.lists import Listed, is_known, list_of, lists
from keqiao.imports.marked import marked
from keqiao.imports.models import Import
from keqiao.imports.operations.checking import name_of
from keqiao.imports.states import ImportState
from keqiao.kernel.platform import policy
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import NotFound
from sheets.writing import csv_stream, workbook

WIDTH = 24


@dataclass(frozen=True)
class Entry:
    """A list as the page of lists shows it."""

    title: str
    columns: str
    template: str
    as_excel: str
    as_csv: str
    begin: str

    @classmethod
    def of(cls, listed: Listed) -> "Entry":
        def as_it_stands(form: str) -> str:
            return reverse("imports-filled", args=[listed.slug, form])

        return cls(
            title=listed.title,
            columns="、".join(str(column.label) for column in listed.columns),
            template=reverse("imports-template", args=[listed.slug]),
            as_excel=as_it_stands("xlsx"),
            as_csv=as_it_stands("csv"),
            begin=reverse("imports-create", args=[name_of("check", listed.slug)]),
        )


@dataclass(frozen=True, kw_only=True)
class ListsPage(Page):
    entries: list[Entry]


@dataclass(frozen=True, kw_only=True)
class ProgressPage(Page):
    item: Import


@staff_only
@require_safe
def lists_page(request: HttpRequest) -> HttpResponse:
    page = ListsPage(
        title=_("Lists and their templates"),
        crumbs=[(str(Import._meta.verbose_name_plural), reverse("imports-list"))],
        entries=[Entry.of(listed) for listed in open_lists(actor_of(request))],
    )
    return render_page(request, "imports/lists.html", page)


def open_lists(actor: Actor) -> Iterator[Listed]:
    return (listed for listed in lists() if listed.declared.permission(actor, None))


def list_open_to(actor: Actor, slug: str) -> Listed:
    """The list, or NotFound: absent and not theirs give the same answer."""
    if not is_known(slug) or not list_of(slug).declared.permission(actor, None):
        raise NotFound
    return list_of(slug)


@staff_only
@require_safe
def template(request: HttpRequest, slug: str) -> HttpResponse:
    """An empty list with the names of the columns, each as text, so that Excel keeps every digit; on a second sheet what
    goes into them."""
    listed = list_open_to(actor_of(request), slug)
    book = Workbook()
    sheet = book.active
    sheet.title = listed.title[:31]
    sheet.append(labels(listed))
    for cell in sheet[1]:
        column = sheet.column_dimensions[cell.column_letter]
        column.number_format, column.width = "@", WIDTH
    _explain(book.create_sheet(_("How to fill in")), listed.columns)
    target = io.BytesIO()
    book.save(target)
    name = _named(f"keqiao-{slug}.xlsx")
    return HttpResponse(target.getvalue(), content_type=MEDIA["xlsx"], headers=name)


def _explain(sheet: Any, columns: Iterable[Column]) -> None:
    sheet.append([_("Column"), _("Must be filled"), _("What goes into it")])
    for column in columns:
        sheet.append([str(column.label), _("Yes") if column.required else "", "\n".join(_said(column))])
    for letter, width in (("A", WIDTH), ("B", WIDTH // 2), ("C", 3 * WIDTH)):
        sheet.column_dimensions[letter].width = width


def _said(column: Column) -> Iterator[str]:
    if column.help:
        yield str(column.help)
    if column.choices:
        yield "、".join(str(label) for _value, label in column.choices)
    if column.model is not None and column.by:
        field: Any = column.model._meta.get_field(column.by)
        yield _("Named by: %(field)s.") % {"field": field.verbose_name}
    if column.kind is Kind.DAY:
        yield _("A date such as 2026-11-22.")
    if column.kind is Kind.FLAG:
        yield _("Yes or no.")


@staff_only
@require_safe
def filled(request: HttpRequest, slug: str, form: str) -> HttpResponse | StreamingHttpResponse:
    """The list as it stands, with all its columns: corrected in Excel it can be imported again."""
    actor = actor_of(request)
    listed = list_open_to(actor, slug)
    list_goes_out(request, f"imports-{slug}", form)
    body = rows_of(listed, actor)
    name = _named(f"{slug}-{timezone.localdate():%Y%m%d}.{form}")
    if form == "csv":
        lines = csv_stream(labels(listed), body)
        return StreamingHttpResponse(lines, content_type=MEDIA[form], headers=name)
    content = workbook(title=listed.title, head=labels(listed), rows=body)
    return HttpResponse(content, content_type=MEDIA[form], headers=name)


def rows_of(listed: Listed, actor: Actor) -> Iterator[list[Any]]:
    """The rows open to `actor`, each cell as its column reads it."""
    rows = policy.visible(listed.model, actor).order_by("pk")
    objects = [column for column in listed.columns if column.kind is Kind.OBJECT]
    rows = rows.select_related(*(column.name for column in objects)) if objects else rows
    readable = {column.name for column in listed.columns if policy.may_read(listed.model, actor, column.name)}
    for item in rows.iterator(chunk_size=2000):
        yield [_cell(item, column) if column.name in readable else "" for column in listed.columns]


def _cell(item: Any, column: Column) -> Any:
    if column.kind is Kind.OBJECT and column.by:
        return getattr(getattr(item, column.name), column.by, "")
    return shown(item, column.name)


def labels(listed: Listed) -> list[str]:
    return [str(column.label) for column in listed.columns]


def _named(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}


@staff_only
@require_safe
def marked_rows(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows of an import that have errors, to be corrected and imported: judged for whoever asks, at this moment."""
    actor = actor_of(request)
    item = policy.visible_object(Import, actor, pk)
    listed = list_open_to(actor, item.list_slug)
    list_goes_out(request, f"imports-{listed.slug}", "xlsx")
    name = _named(f"{listed.slug}-{item.pk}-to-correct.xlsx")
    return HttpResponse(marked(item, actor), content_type=MEDIA["xlsx"], headers=name)


@unattended
@signed_in
@require_safe
def import_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the job is, for the page that asks every two seconds; once it is over, the page loads again."""
    item = policy.visible_object(Import, actor_of(request), pk)
    if item.state == ImportState.QUEUED:
        return render_page(request, "imports/progress.html", ProgressPage(title=_("Progress"), item=item))
    answer = HttpResponse()
    answer["HX-Refresh"] = "true"
    return answer
