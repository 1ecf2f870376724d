"""A commission in four short screens: family, item, need, check. What was typed waits in the session."""

import secrets
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.forms import BooleanField, Form
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from keqiao.catalogue.models import ServiceFamily, ServiceItem
from keqiao.catalogue.queries import offered_on
from keqiao.engagement.intake.operations.commission import (
    create_commission,
    declare_truthful,
    submit_commission,
)
from keqiao.engagement.models import Engagement
from keqiao.faces.access import View, actor_of, signed_in
from keqiao.faces.forms import cleaned, form_of, mark
from keqiao.kernel.platform import clock, policy
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import NotFound, Refusal
from keqiao.kernel.platform.whole_numbers import whole_number
from keqiao.kernel.steps.operation import run

KEPT = "commission"
CHOSEN = ("enterprise", "item")
SCREENS = 4


def client_only(view: View) -> View:
    """Clients; to others these screens don't exist (staff have the form)."""

    @signed_in
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if actor_of(request).kind != "client":
            raise NotFound
        return view(request, *args, **kwargs)

    return guarded


@client_only
@require_safe
def families(request: HttpRequest) -> HttpResponse:
    rows = policy.visible(ServiceFamily, actor_of(request)).filter(items__in=_offered(request)).distinct()
    rows = rows.order_by("code")
    return _screen(request, 1, _("What is it about?"), "portal/families.html", {"families": rows})


@client_only
@require_http_methods(["GET", "POST"])
def items(request: HttpRequest, code: str) -> HttpResponse:
    open_ones = _offered(request).filter(family__code=code)
    if request.method == "POST":
        chosen = open_ones.filter(pk=_number(request.POST.get("item", ""))).first()
        if chosen is None:
            raise NotFound
        _keep(request, item=str(chosen.pk))
        return redirect("portal-need")
    rows = list(open_ones.select_related("family").prefetch_related("materialkinds").order_by("code"))
    if not rows:
        raise NotFound
    context = {
        "items": rows,
        "back_to": reverse("portal-commission"),
        "chosen": _kept(request).get("item", ""),
    }
    return _screen(request, 2, rows[0].family.name, "portal/items.html", context)


@client_only
@require_http_methods(["GET", "POST"])
def need(request: HttpRequest) -> HttpResponse:
    item = _item(request)
    if item is None:
        return redirect("portal-commission")
    if request.method == "POST":
        form = _need_form(request, request.POST)
        _keep(
            request, **{name: request.POST.get(name, "") for name in form.fields}
        )  # nothing typed is lost, right or wrong
        if form.is_valid():
            return redirect("portal-check")
    else:
        kept = _kept(request)
        initial = {"title": item.name, "contact_name": actor_of(request).name, **kept}
        form = _need_form(request, kept if request.GET.get("again") else None, initial)
    return _need_screen(request, item, form)


def _need_screen(
    request: HttpRequest, item: ServiceItem, form: Form, refusal: Refusal | None = None
) -> HttpResponse:
    back_to = reverse("portal-items", args=[item.family.code])
    context = {"form": form, "item": item, "back_to": back_to, "refusal": refusal}
    return _screen(request, 3, _("What do you need?"), "portal/need.html", context)


class Declaration(Form):
    """6.1.1: what is given is lawful, true and valid."""

    truthful = BooleanField()


@client_only
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    item, form = _item(request), _whole_form(request)
    if item is None:
        return redirect("portal-commission")
    if not form.is_valid():
        return redirect(f"{reverse('portal-need')}?again=1")
    declared = Declaration(request.POST if request.method == "POST" else None)
    declared.fields["truthful"].label = _("We declare that all material we give is lawful, true and valid.")
    refusal = None
    if request.method == "POST" and declared.is_valid():
        try:
            return _send(request, form)
        except Refusal as refused:
            refusal = refused
    typed = _need_form(request, _kept(request))
    if refusal and not refusal.fields.keys().isdisjoint(typed.fields):
        mark(typed, refusal)
        return _need_screen(request, item, typed, refusal)
    rows = [
        (field.label, form.cleaned_data[name]) for name, field in form.fields.items() if name not in CHOSEN
    ]
    context = {
        "rows": rows,
        "item": item,
        "form": declared,
        "back_to": reverse("portal-need"),
        "refusal": refusal,
    }
    return _screen(request, 4, _("Check and send"), "portal/check.html", context)


def _send(request: HttpRequest, form: Form) -> HttpResponse:
    """The three steps of 6.1.1 as one: a second click finds what the first one made."""
    actor, key = actor_of(request), _kept(request)["key"]
    with transaction.atomic():
        made: Engagement = run(
            create_commission, actor=actor, key=f"{key}-1", **cleaned(create_commission, form)
        )
        run(declare_truthful, actor=actor, key=f"{key}-2", engagement=made)
        run(submit_commission, actor=actor, key=f"{key}-3", engagement=made)
    request.session.pop(KEPT, None)
    messages.success(
        request,
        _("Sent. Your number is %(number)s. Please provide the material now or later.")
        % {"number": made.number},
    )
    return redirect("portal-material", made.pk)


def _screen(
    request: HttpRequest, number: int, title: str, template: str, context: dict[str, Any]
) -> HttpResponse:
    _keep(request)
    refusal: Refusal | None = context.get("refusal")
    page = {"title": title, "number": number, "screens": SCREENS, **context}
    return render(request, template, page, status=refusal.status if refusal else 200)


def _kept(request: HttpRequest) -> dict[str, str]:
    return dict(request.session.get(KEPT, {}))


def _keep(request: HttpRequest, **values: str) -> None:
    kept = _kept(request)
    request.session[KEPT] = {"key": secrets.token_hex(12), **kept, **values}


def _offered(request: HttpRequest) -> "QuerySet[ServiceItem]":
    return policy.visible(ServiceItem, actor_of(request), "choose").filter(offered_on(clock.today()))


def _item(request: HttpRequest) -> ServiceItem | None:
    rows = _offered(request).select_related("family").prefetch_related("materialkinds")
    return rows.filter(pk=_number(_kept(request).get("item", ""))).first()


def _number(text: str) -> int:
    return whole_number(text) or 0


def _need_form(request: HttpRequest, data: Any, initial: dict[str, Any] | None = None) -> Form:
    form = form_of(create_commission, actor=actor_of(request), subject=None, data=data, initial=initial or {})
    for name in CHOSEN:
        del form.fields[name]
    return form


def _whole_form(request: HttpRequest) -> Form:
    actor: Actor = actor_of(request)
    data = {**_kept(request), "enterprise": str(actor.enterprise_id)}
    return form_of(create_commission, actor=actor, subject=None, data=data)
