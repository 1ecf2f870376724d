"""The search page: everything that matches and is open to this person, by kind."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from keqiao.faces.access import actor_of, signed_in
from keqiao.faces.resource import resource_of, url_of
from keqiao.kernel import search

LONGEST = 200


@signed_in
def search_page(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "").strip()[:LONGEST]
    groups = []
    for model, rows in search.find(actor=actor_of(request), text=text) if text else []:
        resource = resource_of(model)
        if resource is not None:
            groups.append((resource, [(str(row), url_of(row)) for row in rows]))
    context = {"title": _("Search"), "searched": text, "groups": groups, "crumbs": []}
    return render(request, "faces/search.html", context)
