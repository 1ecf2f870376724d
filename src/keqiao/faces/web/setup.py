"""The one page of settings: what an institution sets up once, found by a word."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from keqiao.faces.access import actor_of, signed_in
from keqiao.faces.areas import Area, Menu
from keqiao.faces.web.navigation import Entry, add_link, setup_of
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import NotFound

LONGEST = 80


@dataclass(frozen=True)
class SettingsPage:
    title: str
    asked: str
    groups: dict[str, list[Entry]]


def sets_up(actor: Actor) -> bool:
    return actor.kind == "staff" and bool(setup_of(actor))


@signed_in
def settings_page(request: HttpRequest) -> HttpResponse:
    """Entries whose name, hint or area holds the word asked for; for who sets up nothing the page isn't there."""
    actor = actor_of(request)
    if not sets_up(actor):
        raise NotFound
    asked = request.GET.get("q", "").strip()[:LONGEST]
    groups = {
        area: hits
        for area, entries in setup_of(actor).items()
        if (hits := [entry for entry in entries if _fits(asked, area, entry)])
    }
    page = SettingsPage(say("Settings"), asked, groups)
    return render(request, "faces/settings.html", vars(page))


def _fits(asked: str, area: str, entry: Entry) -> bool:
    return asked.lower() in f"{area} {entry.label} {entry.hint}".lower()


add_link(_("Settings"), "settings", Menu(Area.SETTINGS, "settings", 90, who=sets_up))
