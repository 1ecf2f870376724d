"""The list of what changed, and the mark that it was seen."""

from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from keqiao.faces import activity
from keqiao.faces.access import actor_of, signed_in
from keqiao.faces.web.operate import within_site
from keqiao.kernel.models import Entry


@signed_in
def activity_page(request: HttpRequest) -> HttpResponse:
    found = activity.latest(actor=actor_of(request), limit=100)
    context = {"title": _("What is new"), "news": found, "any_new": any(one.new for one in found)}
    return render(request, "faces/activity.html", context)


@signed_in
@require_POST
def seen(request: HttpRequest) -> HttpResponse:
    """From here on only later entries are new. A bookmark of the reader's, no step of business."""
    last = Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    get_user_model()._default_manager.filter(pk=actor_of(request).pk or 0).update(seen_entry=last)  # noqa: SLF001
    return redirect(within_site(request.POST.get("next", "")) or "activity")
