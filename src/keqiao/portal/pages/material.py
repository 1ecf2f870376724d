"""The material of an engagement: one large upload a piece."""

import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from keqiao.engagement.case.states import Stage
from keqiao.engagement.intake.operations.material import provide_material
from keqiao.engagement.intake.states import MaterialState
from keqiao.engagement.models import Engagement, Material
from keqiao.faces.access import actor_of, signed_in
from keqiao.faces.forms import form_of
from keqiao.faces.resource import resource_of, url_of
from keqiao.faces.web.offers import offers
from keqiao.kernel.platform import policy
from keqiao.kernel.platform.actors import Actor

ENDS = {"declare_truthful", "submit_commission", "resubmit_commission"}
GIVEN = {MaterialState.PROVIDED, MaterialState.ACCEPTED, MaterialState.WAIVED}


@signed_in
@require_safe
def material_page(request: HttpRequest, pk: int) -> HttpResponse:
    actor, resource = actor_of(request), resource_of(Engagement)
    assert resource is not None
    engagement = resource.get(actor, pk)
    pieces = (
        policy.visible(Material, actor).filter(engagement=engagement).select_related("blob").order_by("pk")
    )
    rows = [piece(one, engagement, actor) for one in pieces]
    context = {
        "title": _("Material"),
        "item": engagement,
        "crumbs": [(engagement.title, resource.url(engagement))],
        "pieces": rows,
        "given": sum(row["given"] for row in rows),
        "operations": [
            one
            for one in offers(resource, actor, engagement)
            if one.name in ENDS and (one.allowed or one.missing)
        ],
        "over": engagement.state not in {Stage.DRAFT, Stage.SUBMITTED, Stage.CORRECTING},
    }
    return render(request, "portal/material.html", context)


def piece(one: Material, engagement: Engagement, actor: Actor) -> dict[str, Any]:
    one.engagement = engagement  # read already; the guard asks its state
    takes = (
        provide_material.fits_state(one)
        and not provide_material.missing(one)
        and provide_material.permission(actor, one)
    )
    return {
        "row": one,
        "given": one.state in GIVEN,
        "file": {"name": one.blob.name, "url": url_of(one.blob)} if one.blob else None,
        "form": form_of(provide_material, actor=actor, subject=one, auto_id=f"m{one.pk}_%s")
        if takes
        else None,
        "action": reverse("material-do", args=[one.pk, provide_material.name]),
        "key": secrets.token_hex(16),
        "again": one.state in {MaterialState.TO_CORRECT, MaterialState.REJECTED},
    }
