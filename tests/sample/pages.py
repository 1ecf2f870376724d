"""Lending for everybody, and a client's own loans."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from tests.sample.models import Loan

from keqiao.faces.access import actor_of, public
from keqiao.kernel.platform import policy

MOST = 20


@public
@require_safe
def lending(request: HttpRequest) -> HttpResponse:
    return render(request, "sample/lending.html", {"title": _("Equipment for enterprises")})


def own_loans(request: HttpRequest) -> dict[str, Any] | None:
    loans = list(policy.visible(Loan, actor_of(request)).order_by("-pk")[:MOST])
    return {"loans": loans} if loans else None
