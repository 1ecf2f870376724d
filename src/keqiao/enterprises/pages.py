"""The template of the import list, how far an import is, and where a merged record leads."""

import io

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from openpyxl import Workbook

from keqiao.enterprises.importing import COLUMNS
from keqiao.enterprises.models import Enterprise, Import
from keqiao.enterprises.states import ImportState
from keqiao.faces.access import actor_of, signed_in, staff_only, unattended
from keqiao.faces.resource import resource_of, url_of
from keqiao.faces.web.detail import detail_page
from keqiao.faces.web.lists import MEDIA
from keqiao.kernel.platform import policy
from keqiao.kernel.platform.errors import NotFound

WIDTH = 24


@staff_only
@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """An empty list with the names of the columns, all of them text, so that Excel keeps every digit."""
    del request
    book = Workbook()
    sheet = book.active
    sheet.title = _("Enterprises")
    sheet.append(column_labels())
    for letter in "ABCDEFGH"[: len(COLUMNS)]:
        column = sheet.column_dimensions[letter]
        column.number_format, column.width = "@", WIDTH
    target = io.BytesIO()
    book.save(target)
    answer = HttpResponse(target.getvalue(), content_type=MEDIA["xlsx"])
    answer["Content-Disposition"] = 'attachment; filename="keqiao-enterprises.xlsx"'
    return answer


def column_labels() -> list[str]:
    chinese = (get_language() or "").startswith("zh")
    return [next(label for label in labels if chinese or label.isascii()) for labels in COLUMNS.values()]


@unattended
@signed_in
@require_safe
def import_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the job is, for the page that asks every two seconds; once it is over, the page loads anew."""
    item = policy.visible_object(Import, actor_of(request), pk)
    if item.state == ImportState.QUEUED:
        context = {"item": item, "title": _("Progress")}
        return render(request, "enterprises/import_progress.html", context)
    answer = HttpResponse()
    answer["HX-Refresh"] = "true"
    return answer


@signed_in
def enterprise_page(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The record itself; one that was merged leads to the record that stays."""
    resource = resource_of(Enterprise)
    assert resource is not None
    try:
        return detail_page(request, resource, pk)
    except NotFound:
        stays = policy.visible(Enterprise, actor_of(request)).filter(merged=pk).first()
        if stays is None:
            raise
    return redirect(url_of(stays))
