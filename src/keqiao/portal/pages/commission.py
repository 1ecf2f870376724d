"""A commission in four short screens: family, item, need, check. What was typed waits in the session. Several windows share
it, so the third screen carries its item, and the last one the mark of what it shows.
"""

import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.forms import BooleanField, Form
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
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
from keqiao.faces.page import Page, render_page
from keqiao.kernel.platform import clock, policy
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import NotFound, Refusal
from keqiao.kernel.platform.whole_numbers import whole_number
from keqiao.kernel.steps.operation import run

KEPT = "commission"
CHOSEN = ("enterprise", "item")
SCREENS = 4


@dataclass(frozen=True, kw_only=True)
class Screen(Page):
    """One of the four; `back_to` is the address of the one before it."""

    number: int
    screens: int = SCREENS
    back_to: str = ""
    refusal: Refusal | None = None


@dataclass(frozen=True, kw_only=True)
class FamiliesScreen(Screen):
    families: "QuerySet[ServiceFamily]"


@dataclass(frozen=True, kw_only=True)
class ItemsScreen(Screen):
    items: list[ServiceItem]
    chosen: str


@dataclass(frozen=True, kw_only=True)
class NeedScreen(Screen):
    item: ServiceItem
    form: Form


@dataclass(frozen=True, kw_only=True)
class CheckScreen(NeedScreen):
    """`rows` are what was typed, each its label and its value; `mark` is the same for the same."""

    rows: Iterable[tuple[Any, Any]]
    mark: str


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
    screen = FamiliesScreen(number=1, title=_("What is it about?"), families=rows)
    return _screen(request, "portal/families.html", screen)


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
    screen = ItemsScreen(
        number=2,
        title=rows[0].family.name,
        back_to=reverse("portal-commission"),
        items=rows,
        chosen=_kept(request).get("item", ""),
    )
    return _screen(request, "portal/items.html", screen)


@client_only
@require_http_methods(["GET", "POST"])
def need(request: HttpRequest) -> HttpResponse:
    item = _item(request, request.POST.get("item", ""))
    if item is None:
        return redirect("portal-commission")
    if request.method == "POST":
        form = _need_form(request, request.POST)
        typed = {name: request.POST.get(name, "") for name in form.fields}
        _keep(request, item=str(item.pk), **typed)  # nothing typed is lost, right or wrong
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
    screen = NeedScreen(
        number=3,
        title=_("What do you need?"),
        back_to=reverse("portal-items", args=[item.family.code]),
        refusal=refusal,
        item=item,
        form=form,
    )
    return _screen(request, "portal/need.html", screen)


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
            _refuse_unread(request)
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
    screen = CheckScreen(
        number=4,
        title=_("Check and send"),
        back_to=reverse("portal-need"),
        refusal=refusal,
        item=item,
        form=declared,
        rows=rows,
        mark=_mark(request),
    )
    return _screen(request, "portal/check.html", screen)


def _mark(request: HttpRequest) -> str:
    said = {name: value for name, value in sorted(_kept(request).items()) if name != "key"}
    return sha256(json.dumps(said).encode()).hexdigest()


def _refuse_unread(request: HttpRequest) -> None:
    """What is declared and sent is what this window shows."""
    if request.POST.get("mark", _mark(request)) != _mark(request):
        raise Refusal(
            _("Something else was written in another window meanwhile."),
            clause="6.1.1",
            remedy=_("This is what stands there now. Read it, then send it or change it."),
        )


def _send(request: HttpRequest, form: Form) -> HttpResponse:
    """The three steps of 6.1.1 as one: a second click finds what the first one made."""
    actor, key = actor_of(request), _kept(request)["key"]
    with transaction.atomic():
        engagement: Engagement = run(
            create_commission, actor=actor, key=f"{key}-1", **cleaned(create_commission, form)
        )
        run(declare_truthful, actor=actor, key=f"{key}-2", engagement=engagement)
        run(submit_commission, actor=actor, key=f"{key}-3", engagement=engagement)
    request.session.pop(KEPT, None)
    messages.success(
        request,
        _("Sent. Your number is %(number)s. Please provide the material now or later.")
        % {"number": engagement.number},
    )
    return redirect("portal-material", engagement.pk)


def _screen(request: HttpRequest, template: str, screen: Screen) -> HttpResponse:
    _keep(request)
    return render_page(request, template, screen, status=screen.refusal.status if screen.refusal else 200)


def _kept(request: HttpRequest) -> dict[str, str]:
    return dict(request.session.get(KEPT, {}))


def _keep(request: HttpRequest, **values: str) -> None:
    kept = _kept(request)
    request.session[KEPT] = {"key": secrets.token_hex(12), **kept, **values}


def _offered(request: HttpRequest) -> "QuerySet[ServiceItem]":
    return policy.visible(ServiceItem, actor_of(request), "choose").filter(offered_on(clock.today()))


def _item(request: HttpRequest, carried: str = "") -> ServiceItem | None:
    """The item the form carries, else the one chosen last."""
    rows = _offered(request).select_related("family").prefetch_related("materialkinds")
    return rows.filter(pk=_number(carried or _kept(request).get("item", ""))).first()


def _number(text: str) -> int:
    return whole_number(text) or 0


def _need_form(request: HttpRequest, data: Any, initial: Mapping[str, Any] | None = None) -> Form:
    form = form_of(create_commission, actor=actor_of(request), subject=None, data=data, initial=initial or {})
    for name in CHOSEN:
        del form.fields[name]
    return form


def _whole_form(request: HttpRequest) -> Form:
    actor: Actor = actor_of(request)
    data = {**_kept(request), "enterprise": str(actor.enterprise_id)}
    return form_of(create_commission, actor=actor, subject=None, data=data)
