"""What every page shows around its content: navigation for this person, institution, language, demo ribbon."""

from collections import defaultdict
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from keqiao.faces import activity
from keqiao.faces.access import actor_of
from keqiao.faces.panels import tabs_at
from keqiao.faces.portal import public_entries
from keqiao.faces.resource import Menu, resources
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Text


@dataclass(frozen=True)
class Link:
    """A page in the menu that is no resource's list."""

    label: Text
    route: str
    menu: Menu


_links: list[Link] = []


def add_link(label: Text, route: str, menu: Menu) -> None:
    _links.append(Link(label, route, menu))


def navigation(actor: Actor, path: str) -> list[dict[str, Any]]:
    """Groups of links this actor may open, in their order."""
    entries = [(r.menu, r.title, r.list_url()) for r in resources() if r.menu]
    entries += [(link.menu, str(link.label), reverse(link.route)) for link in _links]
    groups: dict[str, list[tuple[int, dict[str, Any]]]] = defaultdict(list)
    first: dict[str, int] = {}
    for menu, label, url in entries:
        if menu.who(actor):
            group = str(menu.group)
            active = path == url or (url != "/" and path.startswith(url))
            groups[group].append(
                (menu.order, {"label": label, "url": url, "icon": menu.icon, "active": active})
            )
            first[group] = min(first.get(group, menu.order), menu.order)
    return [
        {"label": group, "items": [item for _, item in sorted(groups[group], key=lambda pair: pair[0])]}
        for group in sorted(groups, key=first.__getitem__)
    ]


def page(request: HttpRequest) -> dict[str, Any]:
    actor = actor_of(request) if hasattr(request, "user") else None
    known = actor if actor and actor.pk else None
    return {
        "actor": actor,
        "base": "faces/base.html" if actor is None or actor.kind == "staff" else "faces/portal_base.html",
        "notifications": SimpleLazyObject(partial(activity.unseen, actor=known)) if known else 0,
        "nav": navigation(known, request.path) if known else [],
        "page_tabs": tabs_at(known, request.path) if known else [],
        "public_entries": public_entries(),
        "demo": settings.DEMO,
        "languages": settings.LANGUAGES,
        "language": getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE),
        "institution": settings.INSTITUTION_NAME,
    }
