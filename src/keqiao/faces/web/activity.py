"""The list of what changed, and the mark that it was seen."""

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from keqiao.faces import activity
from keqiao.faces.access import actor_of, signed_in
from keqiao.faces.page import Page, render_page
from keqiao.faces.web.operate import within_site
from keqiao.kernel.models import Entry


@dataclass(frozen=True, kw_only=True)
class ActivityPage(Page):
    news: list[activity.Activity]
    any_new: bool


@signed_in
def activity_page(request: HttpRequest) -> HttpResponse:
    news = activity.latest(actor=actor_of(request), limit=100)
    page = ActivityPage(title=_("What is new"), news=news, any_new=any(change.new for change in news))
    return render_page(request, "faces/activity.html", page)


@signed_in
@require_POST
def seen(request: HttpRequest) -> HttpResponse:
    """From here on only later entries are new. A bookmark of the reader's, no step of business."""
    last = Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    get_user_model()._default_manager.filter(pk=actor_of(request).pk or 0).update(seen_entry=last)  # noqa: SLF001
    return redirect(within_site(request.POST.get("next", "")) or "activity")
