"""The rail for one person: entries of what they may open, by area; and what stands on the page of settings."""

from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import override

from keqiao.faces.areas import Area, Menu
from keqiao.faces.resource import resources
from keqiao.kernel.platform import alike, policy
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Text

SHORT = 4  # entries at the foot of a phone


@dataclass(frozen=True)
class Link:
    """A page in the rail that is no resource's list."""

    label: Text
    route: str
    menu: Menu


@dataclass(frozen=True)
class Entry:
    label: str
    url: str
    icon: str
    active: bool = False
    hint: str = ""


@dataclass(frozen=True)
class Group:
    """An area as the rail draws it; `open` where one stands in it."""

    label: str
    icon: str
    items: tuple[Entry, ...] = ()
    open: bool = False


@dataclass(frozen=True)
class Place:
    """An entry whatever the language and wherever one is."""

    menu: Menu
    label: Text
    url: str

    def entry(self, path: str) -> Entry:
        active = path == self.url or (self.url != "/" and path.startswith(self.url))
        return Entry(str(self.label), self.url, self.menu.icon, active=active, hint=str(self.menu.hint))


Places = tuple[tuple[Area, tuple[Place, ...]], ...]
_links: list[Link] = []


def add_link(label: Text, route: str, menu: Menu) -> None:
    _links.append(Link(label, route, menu))


def navigation(actor: Actor, path: str) -> tuple[Group, ...]:
    """The areas in which this person may open something. Their entries don't depend on where one is."""
    return tuple(_group(area, places, path) for area, places in _places(actor, setup=False))


def setup_of(actor: Actor) -> dict[str, list[Entry]]:
    """What this person may set up, by the area it belongs to."""
    return {
        str(area.label): [place.entry("") for place in places] for area, places in _places(actor, setup=True)
    }


def short(groups: tuple[Group, ...]) -> list[Entry]:
    """The first entries, for the foot of a phone."""
    return [entry for group in groups for entry in group.items][:SHORT]


@lru_cache(maxsize=500)
def drawn(groups: tuple[Group, ...], language: str) -> SafeString:
    """The rail. It is made of nothing but these, so each is drawn once."""
    with override(language):
        shown = {"nav": groups, "nav_short": short(groups), "area_open": any(one.open for one in groups)}
        return render_to_string("faces/nav.html", shown)


def _group(area: Area, places: tuple[Place, ...], path: str) -> Group:
    items = tuple(place.entry(path) for place in places)
    return Group(str(area.label), area.icon, items, open=any(entry.active for entry in items))


def _places(actor: Actor, *, setup: bool) -> Places:
    """By area what this person may open, in order. Areas without any are left out."""
    key = ("places", setup, resources(), tuple(_links))
    return alike.kept(key, actor, lambda person: _open_to(person, setup=setup))


def _open_to(actor: Actor, *, setup: bool) -> Places:
    found = ((area, _of_area(actor, area, setup=setup)) for area in Area)
    return tuple((area, places) for area, places in found if places)


def _of_area(actor: Actor, area: Area, *, setup: bool) -> tuple[Place, ...]:
    """Of a resource only where they see rows of it at all."""
    lists = [
        Place(one.menu, one.menu.label or one.model._meta.verbose_name_plural or "", one.list_url())
        for one in resources()
        if one.menu and _stands(one.menu, area, actor, setup=setup) and policy.opens_any(one.model, actor)
    ]
    pages = [
        Place(one.menu, one.label, reverse(one.route))
        for one in _links
        if _stands(one.menu, area, actor, setup=setup)
    ]
    return tuple(sorted([*lists, *pages], key=lambda place: place.menu.rank))


def _stands(menu: Menu, area: Area, actor: Actor, *, setup: bool) -> bool:
    return menu.area is area and menu.setup is setup and menu.who(actor)
