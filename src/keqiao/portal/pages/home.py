"""The start page of a client user and of an expert: the sections that modules declare for their kind of person."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from keqiao.faces.access import actor_of
from keqiao.faces.dues import asks
from keqiao.faces.page import Page, render_page
from keqiao.faces.portal import HomeAction, HomeSection, actions_of, sections_of, waiting


@dataclass(frozen=True, kw_only=True)
class HomePage(Page):
    sections: list[SafeString]
    actions: list[HomeAction]


def home(request: HttpRequest) -> HttpResponse:
    kind = actor_of(request).kind
    drawn = [html for section in sections_of(kind) if (html := section_html(request, section)) is not None]
    page = HomePage(title=_("Home"), sections=drawn, actions=actions_of(kind))
    return render_page(request, "portal/home.html", page)


def section_html(request: HttpRequest, section: HomeSection) -> SafeString | None:
    """None where there is nothing to show."""
    values = section.fill(request)
    return None if values is None else render_to_string(section.template, dict(values), request)


def asked(request: HttpRequest) -> dict[str, object]:
    """What this person is asked for now and no section shows by itself; in words too when it is nothing at all, so that
    nobody goes on looking."""
    actor = actor_of(request)
    taken = {key for one in sections_of(actor.kind) for key in one.takes}
    found = waiting(request)
    listed = asks((one for one in found if one.deadline.key not in taken), actor)
    return {"asks": listed, "says_nothing": not found}
