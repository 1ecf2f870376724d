"""The rail for one person: entries of what they may open, by area; and what stands on the page of settings."""

from dataclasses import dataclass, field

from django.urls import reverse

from keqiao.faces.areas import Area, Menu
from keqiao.faces.resource import resources
from keqiao.kernel.platform import policy
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
    items: list[Entry] = field(default_factory=list)
    open: bool = False


_links: list[Link] = []


def add_link(label: Text, route: str, menu: Menu) -> None:
    _links.append(Link(label, route, menu))


def navigation(actor: Actor, path: str) -> list[Group]:
    """The areas in which this person may open something. Their entries don't depend on where one is."""
    found = [_group(area, entries_of(area, actor, path)) for area in Area]
    return [group for group in found if group.items]


def _group(area: Area, items: list[Entry]) -> Group:
    return Group(str(area.label), area.icon, items, open=any(one.active for one in items))


def entries_of(area: Area, actor: Actor, path: str) -> list[Entry]:
    found = [(menu.rank, _entry(menu, label, url, path)) for menu, label, url in _all(actor, area=area)]
    return [entry for _rank, entry in sorted(found, key=lambda pair: pair[0])]


def setup_of(actor: Actor) -> dict[str, list[Entry]]:
    """What this person may set up, by the area it belongs to."""
    found: dict[str, list[Entry]] = {}
    for area in Area:
        rows = sorted(_all(actor, area=area, setup=True), key=lambda one: one[0].rank)
        if rows:
            found[str(area.label)] = [_entry(menu, label, url, "") for menu, label, url in rows]
    return found


def short(groups: list[Group]) -> list[Entry]:
    """The first entries, for the foot of a phone."""
    return [one for group in groups for one in group.items][:SHORT]


def _all(actor: Actor, *, area: Area, setup: bool = False) -> list[tuple[Menu, str, str]]:
    """Entries of an area this person may open: of a resource, only where they see rows of it at all."""
    rows = [
        (one.menu, str(one.menu.label or one.title), one.list_url())
        for one in resources()
        if one.menu and _stands(one.menu, area, actor, setup=setup) and policy.opens_any(one.model, actor)
    ]
    pages = [
        (one.menu, str(one.label), reverse(one.route))
        for one in _links
        if _stands(one.menu, area, actor, setup=setup)
    ]
    return [*rows, *pages]


def _stands(menu: Menu, area: Area, actor: Actor, *, setup: bool) -> bool:
    return menu.area is area and menu.setup is setup and menu.who(actor)


def _entry(menu: Menu, label: str, url: str, path: str) -> Entry:
    active = path == url or (url != "/" and path.startswith(url))
    return Entry(label, url, menu.icon, active=active, hint=str(menu.hint))
