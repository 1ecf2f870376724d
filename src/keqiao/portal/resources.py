"""The portal has no tables of its own: it gives people outside their own pages of what others keep."""

from django.utils.translation import gettext_lazy as _

from keqiao.faces.resource import Menu
from keqiao.faces.web.context import add_link
from keqiao.kernel.platform.actors import Actor


def is_client(actor: Actor) -> bool:
    return actor.kind == "client"


def is_outside(actor: Actor) -> bool:
    return actor.kind in {"client", "expert"}


PORTAL = ""  # one row of tabs, no group
add_link(_("Home"), "home", Menu(PORTAL, "home", 1, who=is_outside))
add_link(_("Commission"), "portal-commission", Menu(PORTAL, "plus", 2, who=is_client))
add_link(_("Messages"), "activity", Menu(PORTAL, "bell", 3, who=is_outside))
