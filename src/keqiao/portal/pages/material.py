"""The material of an engagement: one large upload a piece."""

import secrets
from dataclasses import dataclass

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from keqiao.engagement.case.states import Stage
from keqiao.engagement.intake.operations.material import provide_material
from keqiao.engagement.intake.states import MaterialState
from keqiao.engagement.models import Engagement, Material
from keqiao.faces.access import actor_of, signed_in
from keqiao.faces.forms import form_of
from keqiao.faces.page import Link, Page, render_page
from keqiao.faces.resource import resource_of, url_of
from keqiao.faces.web.offers import Offer, offers
from keqiao.kernel.platform import policy
from keqiao.kernel.platform.actors import Actor

ENDS = {"declare_truthful", "submit_commission", "resubmit_commission"}
GIVEN = {MaterialState.PROVIDED, MaterialState.ACCEPTED, MaterialState.WAIVED}


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A piece of material: what was given, and the form that takes it while it may be given."""

    row: Material
    is_given: bool
    again: bool
    file: Link | None
    form: Form | None
    action: str
    key: str


@dataclass(frozen=True, kw_only=True)
class MaterialPage(Page):
    item: Engagement
    pieces: list[Piece]
    number: int
    operations: list[Offer]
    over: bool


@signed_in
@require_safe
def material_page(request: HttpRequest, pk: int) -> HttpResponse:
    actor, resource = actor_of(request), resource_of(Engagement)
    assert resource is not None
    engagement = resource.get(actor, pk)
    rows = policy.visible(Material, actor).filter(engagement=engagement).select_related("blob").order_by("pk")
    pieces = [piece_of(material, engagement, actor) for material in rows]
    page = MaterialPage(
        title=_("Material"),
        crumbs=[(engagement.title, resource.url(engagement))],
        item=engagement,
        pieces=pieces,
        number=sum(piece.is_given for piece in pieces),
        operations=[
            offer
            for offer in offers(resource, actor, engagement)
            if offer.name in ENDS and (offer.allowed or offer.missing)
        ],
        over=engagement.state not in {Stage.DRAFT, Stage.SUBMITTED, Stage.CORRECTING},
    )
    return render_page(request, "portal/material.html", page)


def piece_of(material: Material, engagement: Engagement, actor: Actor) -> Piece:
    material.engagement = engagement  # read already; the guard asks its state
    takes = (
        provide_material.fits_state(material)
        and not provide_material.missing(material)
        and provide_material.permission(actor, material)
    )
    return Piece(
        row=material,
        is_given=material.state in GIVEN,
        again=material.state in {MaterialState.TO_CORRECT, MaterialState.REJECTED},
        file=Link(material.blob.name, url_of(material.blob)) if material.blob else None,
        form=form_of(provide_material, actor=actor, subject=material, auto_id=f"m{material.pk}_%s")
        if takes
        else None,
        action=reverse("material-do", args=[material.pk, provide_material.name]),
        key=secrets.token_hex(16),
    )
