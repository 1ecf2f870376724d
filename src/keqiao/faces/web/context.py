"""What every page shows around its content: navigation for this person, institution, language, demo ribbon."""

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from keqiao.faces import activity
from keqiao.faces.access import actor_of
from keqiao.faces.panels import tabs_at
from keqiao.faces.portal import public_entries
from keqiao.faces.web.navigation import drawn, navigation
from keqiao.kernel.platform.actors import Actor


def page(request: HttpRequest) -> dict[str, Any]:
    """The same for every template of a request: a page of panels is drawn in many pieces."""
    actor = actor_of(request) if hasattr(request, "user") else None
    whose, around = request.__dict__.get("around", (None, {}))
    if not around or whose is not actor:
        around = _around(request, actor)
        request.__dict__["around"] = (actor, around)
    return dict(around)


def _around(request: HttpRequest, actor: Actor | None) -> dict[str, Any]:
    known = actor if actor and actor.pk else None
    language = getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)
    rail = navigation(known, request.path) if known else ()
    return {
        "actor": actor,
        "base": "faces/base.html" if actor is None or actor.kind == "staff" else "faces/portal_base.html",
        "notifications": SimpleLazyObject(partial(activity.unseen, actor=known)) if known else 0,
        "nav": rail,
        "main_nav": drawn(rail, language),
        "page_tabs": tabs_at(known, request.path) if known else [],
        "public_entries": public_entries(),
        "demo": settings.DEMO,
        "languages": settings.LANGUAGES,
        "language": language,
        "institution": settings.INSTITUTION_NAME,
    }
