"""The service file of an enterprise, and what a person holds."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from keqiao.accounts.models import User
from keqiao.accounts.permissions import is_manager
from keqiao.documents.pdf import render_pdf
from keqiao.enterprises.models import Enterprise
from keqiao.faces.access import View, actor_of, staff_only
from keqiao.faces.egress_log import list_goes_out
from keqiao.faces.resource import url_of
from keqiao.faces.web.lists import MEDIA
from keqiao.kernel.platform import policy
from keqiao.kernel.platform.errors import NotFound
from keqiao.kernel.steps.holdings import Holding, holdings_of
from keqiao.kernel.steps.served import FIVE, Served
from keqiao.oversight.packing import pack, sheet
from keqiao.oversight.queries import ServiceFile, holders, service_file
from keqiao.oversight.report import paper

SLUG = "service-file"
FORMS: dict[str, tuple[str, Callable[[ServiceFile], bytes]]] = {
    "pdf": ("application/pdf", lambda file: render_pdf(document=paper(file))),
    "xlsx": (MEDIA["xlsx"], sheet),
    "zip": ("application/zip", pack),
}


def file_of(request: HttpRequest, pk: int) -> ServiceFile:
    actor = actor_of(request)
    return service_file(policy.visible_object(Enterprise, actor, pk), actor=actor)


@staff_only
@require_safe
def service_file_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Every service of the enterprise that the reader sees, what each lacks first."""
    file = file_of(request, pk)
    context = {
        "title": _("Service file"),
        "enterprise": file.enterprise,
        "services": [shown(one) for one in file.services],
        "findings": [
            {"title": one.service.line.title, "lacks": one.lacks, "url": url_of(one.service.row)}
            for one in file.findings
        ],
        "can_be_packed": file.record.exists(),
        "crumbs": [
            (str(Enterprise._meta.verbose_name_plural), reverse("enterprises-list")),
            (str(file.enterprise), url_of(file.enterprise)),
        ],
    }
    return render(request, "oversight/service_file.html", context)


def shown(one: Served) -> dict[str, Any]:
    return {
        "line": one.line,
        "url": url_of(one.row),
        "five": [(label, getattr(one.line, name)) for name, label in FIVE.items()],
    }


@staff_only
@require_safe
def service_file_download(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    file = file_of(request, pk)
    media, make = FORMS[form]
    content = make(file)
    list_goes_out(request, SLUG, form)
    answer = HttpResponse(content, content_type=media)
    answer["Content-Disposition"] = f'attachment; filename="{SLUG}-{file.enterprise.uscc}.{form}"'
    return answer


def for_managers(view: View) -> View:
    """For others the page doesn't exist."""

    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not is_manager(actor_of(request)):
            raise NotFound
        return view(request, *args, **kwargs)

    return staff_only(guarded)


@for_managers
@require_safe
def held(request: HttpRequest) -> HttpResponse:
    context = {
        "title": _("Hand-over"),
        "people": [
            {"name": str(person), "count": count, "url": reverse("held-by", args=[person.pk])}
            for person, count in holders(actor=actor_of(request))
        ],
        "crumbs": [],
    }
    return render(request, "oversight/held.html", context)


@for_managers
@require_safe
def held_by_person(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    person = policy.visible_object(User, actor, pk)
    context = {
        "title": _("What %(name)s holds") % {"name": person},
        "kinds": [kind_shown(one) for one in holdings_of(person.pk, actor=actor)],
        "crumbs": [(_("Hand-over"), reverse("held"))],
    }
    return render(request, "oversight/held_by.html", context)


def kind_shown(held: Holding) -> dict[str, Any]:
    day, about = held.kind.day, held.kind.about
    return {
        "label": held.label,
        "rows": [
            {
                "name": str(row),
                "about": str(getattr(row, about)) if about else "",
                "url": url_of(row),
                "day": getattr(row, day) if day else None,
            }
            for row in held.rows
        ],
    }
