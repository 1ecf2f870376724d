"""What everybody may see without an account: the entries that modules declare."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from keqiao.faces.access import public


@public
@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/public.html", {"title": _("For everybody")})
