"""The service file of an enterprise, and what a person holds."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from keqiao.accounts.models import User
from keqiao.accounts.permissions import is_manager
from keqiao.documents.pdf import render_pdf
from keqiao.enterprises.models import Enterprise
from keqiao.faces.access import View, actor_of, staff_only
from keqiao.faces.egress_log import list_goes_out
from keqiao.faces.page import Page, render_page
from keqiao.faces.resource import url_of
from keqiao.faces.web.lists import MEDIA
from keqiao.kernel.platform import policy
from keqiao.kernel.platform.errors import NotFound, Refusal
from keqiao.kernel.steps.holdings import Holding, holdings_of
from keqiao.kernel.steps.served import FIVE, Served, ServiceLine
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


@dataclass(frozen=True)
class Service:
    """`five` are the five facts of 6.5, each its label and its text."""

    line: ServiceLine
    url: str
    five: list[tuple[Any, str]]


@dataclass(frozen=True)
class Finding:
    title: str
    lacks: Any
    url: str


@dataclass(frozen=True, kw_only=True)
class ServiceFilePage(Page):
    enterprise: Enterprise
    services: list[Service]
    findings: list[Finding]
    is_partial: bool
    can_be_packed: bool


@dataclass(frozen=True)
class Holder:
    name: str
    count: int
    url: str


@dataclass(frozen=True, kw_only=True)
class HeldPage(Page):
    people: list[Holder]


@dataclass(frozen=True, kw_only=True)
class HeldRow:
    name: str
    about: str
    url: str
    day: date | None


@dataclass(frozen=True)
class HeldKind:
    label: Any
    rows: list[HeldRow]


@dataclass(frozen=True, kw_only=True)
class HeldByPage(Page):
    kinds: list[HeldKind]


@staff_only
@require_safe
def service_file_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Every service of the enterprise that the reader sees, what each lacks first."""
    file = file_of(request, pk)
    page = ServiceFilePage(
        title=_("Service file"),
        crumbs=[
            (str(Enterprise._meta.verbose_name_plural), reverse("enterprises-list")),
            (str(file.enterprise), url_of(file.enterprise)),
        ],
        enterprise=file.enterprise,
        services=[shown(service) for service in file.services],
        findings=[
            Finding(finding.service.line.title, finding.lacks, url_of(finding.service.row))
            for finding in file.findings
        ],
        is_partial=file.is_partial,
        can_be_packed=file.record.exists(),
    )
    return render_page(request, "oversight/service_file.html", page)


def shown(service: Served) -> Service:
    five = [(label, getattr(service.line, name)) for name, label in FIVE.items()]
    return Service(service.line, url_of(service.row), five)


@staff_only
@require_safe
def service_file_download(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    file = file_of(request, pk)
    refuse_partial(file)
    media, make = FORMS[form]
    content = make(file)
    list_goes_out(request, SLUG, form)
    answer = HttpResponse(content, content_type=media)
    answer["Content-Disposition"] = f'attachment; filename="{SLUG}-{file.enterprise.uscc}.{form}"'
    return answer


def refuse_partial(file: ServiceFile) -> None:
    """What bears the number of the file is the whole file, whoever takes it out."""
    if file.is_partial:
        raise Refusal(
            _(
                "Some services of this enterprise are not open to you; only the whole service file is given out."
            ),
            clause="6.5",
            remedy=_("Ask a manager who may read all of them."),
        )


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
    people = [
        Holder(str(person), count, reverse("held-by", args=[person.pk]))
        for person, count in holders(actor=actor_of(request))
    ]
    return render_page(request, "oversight/held.html", HeldPage(title=_("Hand-over"), people=people))


@for_managers
@require_safe
def held_by_person(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    person = policy.visible_object(User, actor, pk)
    page = HeldByPage(
        title=_("What %(name)s holds") % {"name": person},
        crumbs=[(_("Hand-over"), reverse("held"))],
        kinds=[kind_shown(holding) for holding in holdings_of(person.pk, actor=actor)],
    )
    return render_page(request, "oversight/held_by.html", page)


def kind_shown(held: Holding) -> HeldKind:
    day, about = held.kind.day, held.kind.about
    rows = [
        HeldRow(
            name=str(row),
            about=str(getattr(row, about)) if about else "",
            url=url_of(row),
            day=getattr(row, day) if day else None,
        )
        for row in held.rows
    ]
    return HeldKind(held.label, rows)
