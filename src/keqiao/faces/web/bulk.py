"""One operation on many rows of a list, with the same values: done for all of them, or for none."""

import secrets
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from keqiao.faces.access import actor_of, signed_in
from keqiao.faces.confirmation import asked
from keqiao.faces.forms import form_of, mark
from keqiao.faces.page import Page, render_page
from keqiao.faces.resource import Resource
from keqiao.faces.web.operate import KEY, perform
from keqiao.kernel.platform import policy
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Invalid, NotAllowed, NotFound, Refusal
from keqiao.kernel.platform.whole_numbers import whole_number
from keqiao.kernel.steps.operation import Operation, get

MOST = 200


@dataclass(frozen=True, kw_only=True)
class BulkPage(Page):
    """`key` tells a form sent twice from two forms; `back` is the address of the list."""

    resource: Resource
    op: Operation
    rows: list[Any]
    form: Form
    refusal: Refusal | None
    key: str
    back: str


def bulk_operations(resource: Resource, actor: Actor) -> list[Operation]:
    """What the list offers; whether a person may do it to each of the rows is judged when they are known."""
    return [
        get(name) for name in resource.bulk if actor.kind == "staff" and get(name).permission(actor, None)
    ]


@signed_in
def bulk_page(request: HttpRequest, resource: Resource, name: str) -> HttpResponse:
    actor = actor_of(request)
    if name not in {op.name for op in bulk_operations(resource, actor)}:
        raise NotFound
    op = get(name)
    rows = _chosen(request, resource, actor)
    for row in rows:
        if not op.permission(actor, row):
            raise NotAllowed(
                f"{row}: {op.permission.reason_for(actor, row)}",
                clause=op.clause,
                remedy=_("Leave this row out; nothing was changed."),
            )
    return asked(op, _bulk)(request, resource, op, rows)


def _chosen(request: HttpRequest, resource: Resource, actor: Actor) -> list[Any]:
    """The chosen rows, every one of them open to the actor."""
    query = request.POST if request.method == "POST" else request.GET
    wanted = {pk for key in query.getlist("rows") if (pk := whole_number(key)) is not None}
    if not wanted:
        raise Invalid(_("No row was chosen."), remedy=_("Go back and tick the rows."))
    if len(wanted) > MOST:
        raise Invalid(_("At most %(n)s rows at once.") % {"n": MOST}, remedy=_("Choose fewer rows."))
    rows = list(policy.visible(resource.model, actor).filter(pk__in=wanted).order_by("pk"))
    if len(rows) != len(wanted):
        raise NotFound
    return rows


def _bulk(request: HttpRequest, resource: Resource, op: Operation, rows: list[Any]) -> HttpResponse:
    actor = actor_of(request)
    if request.method != "POST":
        return _page(request, resource, op, rows, form_of(op, actor=actor, subject=rows[0]))
    form = form_of(op, actor=actor, subject=rows[0], data=request.POST, files=request.FILES)
    try:
        _all_or_none(request, op, rows, form)
    except Refusal as refusal:
        mark(form, refusal)
        # Those before the refused one were taken and undone: what they say of themselves is read again.
        return _page(request, resource, op, _chosen(request, resource, actor), form, refusal=refusal)
    messages.success(request, _("Done for %(n)s rows: %(step)s.") % {"n": len(rows), "step": op.label})
    return redirect(resource.list_url())


def _all_or_none(request: HttpRequest, op: Operation, rows: list[Any], form: Form) -> None:
    with transaction.atomic():
        for row in rows:
            try:
                perform(op, form, subject=row, request=request, part=str(row.pk))
            except Refusal as refusal:
                if refusal.fields:
                    raise  # it speaks of the values, which are the same for every row
                raise _of(row, op, refusal) from refusal


def _of(row: Any, op: Operation, refusal: Refusal) -> Refusal:
    remedy = refusal.remedy or _("Leave this row out; nothing was changed.")
    return Refusal(f"{row}: {refusal.message}", clause=op.clause, remedy=remedy, missing=refusal.missing)


def _page(
    request: HttpRequest,
    resource: Resource,
    op: Operation,
    rows: list[Any],
    form: Form,
    *,
    refusal: Refusal | None = None,
) -> HttpResponse:
    page = BulkPage(
        title=_("%(step)s: %(n)s rows") % {"step": op.label, "n": len(rows)},
        crumbs=[(resource.title, resource.list_url())],
        resource=resource,
        op=op,
        rows=rows,
        form=form,
        refusal=refusal,
        key=request.POST.get(KEY) or secrets.token_hex(16),
        back=resource.list_url(),
    )
    return render_page(request, "faces/bulk.html", page, status=refusal.status if refusal else 200)
