"""What everybody may see without an account: the entries that modules declare."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from keqiao.faces.access import public
from keqiao.faces.page import Page, render_page


@public
@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    return render_page(request, "portal/public.html", Page(title=_("For everybody")))
