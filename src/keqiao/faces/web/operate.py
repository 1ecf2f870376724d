"""One operation asked for on a page: its form, what is missing, and what came of it."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import BoundField, Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from keqiao.faces.access import actor_of, signed_in
from keqiao.faces.confirmation import asked
from keqiao.faces.forms import cleaned, form_of, hold, mark
from keqiao.faces.page import Page, render_page
from keqiao.faces.resource import Resource, helps_of, url_of
from keqiao.faces.rows import asks_for_more, with_more
from keqiao.faces.web import edit_conflict
from keqiao.faces.web.detail import about, crumbs, named, ways_from
from keqiao.kernel.platform import policy
from keqiao.kernel.platform.errors import Conflict, Missing, NotFound, Refusal, Text
from keqiao.kernel.steps.one_time_secret import shown_once
from keqiao.kernel.steps.operation import Operation, get, run, wrong_state

KEY = "idempotency_key"


@dataclass(frozen=True, kw_only=True)
class OncePage(Page):
    """What is shown in this answer only; `next` is where to go on."""

    values: Any
    next: str


@dataclass(frozen=True, kw_only=True)
class OperationPage(Page):
    """A step's form. `version` and `began` say what it was written on, `conflict` what others did since; `first` are the
    fields to answer before the others; `about` is the first panel of what it is about."""

    resource: Resource
    op: Operation
    item: Any
    form: Form
    first: tuple[BoundField, ...]
    refusal: Refusal | None
    missing: tuple[Missing, ...]
    blocked: bool
    typed: bool
    key: str
    version: Any
    began: str
    conflict: dict[str, Any] | None
    helps: Any
    next: str
    back: str
    about: str
    hint: Text


@signed_in
def create_page(request: HttpRequest, resource: Resource, name: str) -> HttpResponse:
    op = _operation(resource, name, creates=True)
    if not op.permission(actor_of(request), None):
        raise NotFound
    return asked(op, _operate)(request, resource, op, None)


@signed_in
def operation_page(request: HttpRequest, resource: Resource, pk: int, name: str) -> HttpResponse:
    op = _operation(resource, name, creates=False)
    actor = actor_of(request)
    subject = resource.get(actor, pk)
    if not op.permission(actor, subject):
        raise NotFound  # a step that isn't this person's is not announced to them
    return asked(op, _operate)(request, resource, op, subject)


def _operation(resource: Resource, name: str, *, creates: bool) -> Operation:
    operations = [
        op for op in resource.operations if op.name == name and op.exposed and op.creates == creates
    ]
    if not operations:
        raise NotFound
    return get(name)


def _operate(request: HttpRequest, resource: Resource, op: Operation, subject: Any) -> HttpResponse:
    actor = actor_of(request)
    known = _from_address(request, op, subject)
    if request.method != "POST":
        form = form_of(op, actor=actor, subject=subject, initial=known, find=request.GET.dict())
        first = hold(form, op)
        return _page(request, resource, op, subject, form, first=first)
    form = form_of(op, actor=actor, subject=subject, initial=known, data=request.POST, files=request.FILES)
    hold(form, op)
    if asks_for_more(form):
        return _page(request, resource, op, subject, with_more(form))
    try:
        result = perform(op, form, subject=subject, request=request)
    except Refusal as refusal:
        mark(form, refusal)
        now = resource.get(actor, subject.pk) if subject is not None else None  # others may have moved it
        stale = isinstance(refusal, Conflict) and now is not None
        conflict = edit_conflict.conflict(request, op, now, form) if stale else None
        return _page(request, resource, op, now, form, refusal=refusal, conflict=conflict)
    if shown_once(result):
        return _once(request, resource, op, subject, result)
    messages.success(request, _("Done: %(step)s.") % {"step": op.label})
    return redirect(_next(request, resource, subject, result))


def _once(request: HttpRequest, resource: Resource, op: Operation, subject: Any, result: Any) -> HttpResponse:
    """What is kept nowhere is shown in this very answer; sending the form again shows it no more."""
    page = OncePage(
        title=str(op.label),
        crumbs=crumbs(resource, result, actor_of(request)),
        values=shown_once(result),
        next=_next(request, resource, subject, result),
    )
    return render_page(request, "faces/once.html", page)


def perform(op: Operation, form: Form, *, subject: Any, request: HttpRequest, part: str = "") -> Any:
    """Run the operation with what the form holds. `part` tells apart the steps that one form asks for."""
    values = cleaned(op, form)
    if subject is not None:
        values[op.subject] = subject
    who: dict[str, Any] = {"actor": actor_of(request), "key": _key(request, part)}
    try:
        return run(op, **who, expected_version=edit_conflict.expected(request), **values)
    except Conflict:
        if not edit_conflict.means_nothing(request, op, subject):
            raise
        return run(op, **who, expected_version=subject.version, **values)


def _key(request: HttpRequest, part: str) -> str:
    key = request.POST.get(KEY, "")[:60]
    return f"{key}:{part}" if key and part else key


def _page(
    request: HttpRequest,
    resource: Resource,
    op: Operation,
    subject: Any,
    form: Form,
    *,
    refusal: Refusal | None = None,
    conflict: dict[str, Any] | None = None,
    first: tuple[BoundField, ...] = (),
) -> HttpResponse:
    going_on = request.POST if not conflict else {}
    blocked = subject is not None and not op.fits_state(subject)
    said = refusal is not None and bool(refusal.missing)
    missing = op.missing(subject) if subject is not None and not blocked else ()
    above, beside = _place(request, resource, subject)
    page = OperationPage(
        title=str(op.label),
        crumbs=above,
        resource=resource,
        op=op,
        item=subject,
        form=form,
        first=first,
        refusal=refusal or (Refusal(wrong_state(op, subject), clause=op.clause) if blocked else None),
        missing=() if said else tuple(missing),
        blocked=blocked or bool(missing),
        typed=form.is_bound,
        key=going_on.get(KEY) or secrets.token_hex(16),
        version="" if op.adds else going_on.get(edit_conflict.VERSION) or getattr(subject, "version", ""),
        began=going_on.get(edit_conflict.BEGAN) or edit_conflict.began(request, op, subject),
        conflict=conflict,
        helps=helps_of(resource, actor_of(request), op.name),
        next=request.GET.get("next", request.POST.get("next", "")),
        back=(url_of(subject) if subject is not None else "") or resource.list_url(),
        about=beside,
        hint=op.hint(subject) if op.hint else "",
    )
    return render_page(request, "faces/operation.html", page, status=refusal.status if refusal else 200)


def _place(request: HttpRequest, resource: Resource, subject: Any) -> tuple[Sequence[tuple[str, str]], str]:
    """Where the step stands, and beside it for staff what it is about: nobody reviews a file without seeing which."""
    if subject is None:
        return [(resource.title, resource.list_url())], ""
    actor = actor_of(request)
    ways = ways_from(resource, subject, actor, names=named(resource, actor))
    beside = about(request, resource, subject, ways) if actor.kind == "staff" else ""
    return [*crumbs(resource, subject, actor, ways), (str(subject), url_of(subject))], beside


def _next(request: HttpRequest, resource: Resource, subject: Any, result: Any) -> str:
    """Back to where the step was begun: a path of this site, or the page of what came of it, if still open to them."""
    if (
        subject is not None
        and not policy.visible(type(subject), actor_of(request)).filter(pk=subject.pk).exists()
    ):
        return resource.list_url()  # such as an engagement just handed to someone else
    if wanted := within_site(request.POST.get("next", "")):
        return wanted
    for item in (subject, result):
        if item is not None and hasattr(item, "pk") and url_of(item):
            return url_of(item)
    return resource.list_url()


def _from_address(request: HttpRequest, op: Operation, subject: Any) -> dict[str, Any]:
    """Values the link already knows, such as the enterprise a contact is added to, and what follows from them."""
    known = {param.name: request.GET[param.name] for param in op.params if param.name in request.GET}
    follows = {
        param.name: param.prompt.prefill(subject, known) for param in op.params if param.prompt.prefill
    }
    return {**follows, **known}


def within_site(address: str) -> str:
    """The address if it is a path of this site, else empty: nobody is led elsewhere by a link."""
    return address if address.startswith("/") and url_has_allowed_host_and_scheme(address, None) else ""
