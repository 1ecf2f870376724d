"""Saved views of a list: kept by each person for themselves, shown above the filters."""

from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from keqiao.faces.access import actor_of, signed_in
from keqiao.faces.models import SavedView
from keqiao.faces.resource import Resource
from keqiao.kernel.platform.errors import Invalid, NotFound

MOST = 20  # of one person for one list: more than that nobody finds anything in
LONGEST = 1000


def views_of(request: HttpRequest, resource: Resource) -> list[dict[str, Any]]:
    now = _kept(request.GET.urlencode())
    rows = SavedView.objects.filter(user_id=actor_of(request).pk, slug=resource.slug).order_by("name")
    return [
        {"pk": row.pk, "label": row.name, "url": f"?{row.query}", "active": row.query == now} for row in rows
    ]


@signed_in
@require_POST
def save(request: HttpRequest, resource: Resource) -> HttpResponse:
    """The same name again replaces what it stood for."""
    name, query = request.POST.get("name", "").strip(), _kept(request.POST.get("query", ""))
    mine = SavedView.objects.filter(user_id=actor_of(request).pk, slug=resource.slug)
    if not name or len(name) > 40 or len(query) > LONGEST:  # noqa: PLR2004 - as the columns have it
        raise Invalid(
            _("A view needs a name of at most 40 characters."), remedy=_("Go back and give it one.")
        )
    if mine.exclude(name=name).count() >= MOST:
        raise Invalid(
            _("There are %(n)s views of this list already.") % {"n": MOST}, remedy=_("Remove one first.")
        )
    SavedView.objects.update_or_create(
        user_id=actor_of(request).pk, slug=resource.slug, name=name, defaults={"query": query}
    )
    return redirect(f"{resource.list_url()}?{query}")


@signed_in
@require_POST
def remove(request: HttpRequest, resource: Resource, pk: int) -> HttpResponse:
    mine = SavedView.objects.filter(user_id=actor_of(request).pk, slug=resource.slug, pk=pk)
    if not mine.delete()[0]:
        raise NotFound
    return redirect(resource.list_url())


def _kept(query: str) -> str:
    """Without the page number and the empty filters, in one order, so that equal views compare equal."""
    pairs = parse_qsl(query[: LONGEST * 4])
    return urlencode(sorted((name, value) for name, value in pairs if name != "page" and value))
