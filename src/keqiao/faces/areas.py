"""Where things stand in the rail: nine areas, each with at most nine entries for any role.

What belongs to a module are tabs inside its pages (panels.py), and what an institution sets up once stands on the one
page of settings; so the rail stays what it is however many modules there are.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from django.utils.translation import pgettext_lazy

from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Text

MOST = 9


class Area(Enum):
    """In the order of the rail."""

    DESK = "desk"
    ENGAGEMENTS = "engagements"
    CLIENTS = "clients"
    SERVICES = "services"
    EVENTS = "events"
    QUALITY = "quality"
    RECORDS = "records"
    INSTITUTION = "institution"
    SETTINGS = "settings"

    @property
    def label(self) -> Text:
        return LABELS[self]

    @property
    def icon(self) -> str:
        return ICONS[self]


LABELS: dict[Area, Text] = {
    Area.DESK: pgettext_lazy("area", "Desk"),
    Area.ENGAGEMENTS: pgettext_lazy("area", "Engagements"),
    Area.CLIENTS: pgettext_lazy("area", "Clients"),
    Area.SERVICES: pgettext_lazy("area", "Fields of work"),
    Area.EVENTS: pgettext_lazy("area", "Events and training"),
    Area.QUALITY: pgettext_lazy("area", "Quality"),
    Area.RECORDS: pgettext_lazy("area", "Archives and evidence"),
    Area.INSTITUTION: pgettext_lazy("area", "Institution"),
    Area.SETTINGS: pgettext_lazy("area", "Settings"),
}
ICONS = {
    Area.DESK: "home",
    Area.ENGAGEMENTS: "folder",
    Area.CLIENTS: "building",
    Area.SERVICES: "stack-2",
    Area.EVENTS: "calendar-event",
    Area.QUALITY: "star",
    Area.RECORDS: "archive",
    Area.INSTITUTION: "building-community",
    Area.SETTINGS: "settings",
}


@dataclass(frozen=True)
class Menu:
    """Where an entry stands: its area, its icon, its rank inside the area. `setup` puts it on the page of settings
    instead of the rail, `hint` says there what it is for. `label` is for a list that is called like its area."""

    area: Area
    icon: str
    rank: int = 50
    who: Callable[[Actor], bool] = lambda actor: actor.kind == "staff"
    setup: bool = False
    hint: Text = ""
    label: Text = ""
