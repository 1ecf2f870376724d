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
from keqiao.faces.web.navigation import navigation, short


def page(request: HttpRequest) -> dict[str, Any]:
    actor = actor_of(request) if hasattr(request, "user") else None
    known = actor if actor and actor.pk else None
    rail = navigation(known, request.path) if known else []
    return {
        "actor": actor,
        "base": "faces/base.html" if actor is None or actor.kind == "staff" else "faces/portal_base.html",
        "notifications": SimpleLazyObject(partial(activity.unseen, actor=known)) if known else 0,
        "nav": rail,
        "nav_short": short(rail),
        "area_open": any(group.open for group in rail),
        "page_tabs": tabs_at(known, request.path) if known else [],
        "public_entries": public_entries(),
        "demo": settings.DEMO,
        "languages": settings.LANGUAGES,
        "language": getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE),
        "institution": settings.INSTITUTION_NAME,
    }
