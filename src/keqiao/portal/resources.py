"""The portal has no tables of its own: it gives people outside their own pages of what others keep."""

from django.utils.translation import gettext_lazy as _

from keqiao.engagement.pages.workspace import register_page
from keqiao.faces.resource import Menu
from keqiao.faces.web.context import add_link
from keqiao.faces.web.home import register_home
from keqiao.kernel.platform.actors import Actor
from keqiao.portal.pages.engagement import client_engagement
from keqiao.portal.pages.home import client_home, expert_home


def is_client(actor: Actor) -> bool:
    return actor.kind == "client"


def is_outside(actor: Actor) -> bool:
    return actor.kind in {"client", "expert"}


register_home("client", client_home)
register_home("expert", expert_home)
register_page("client", client_engagement)
PORTAL = ""  # one row of tabs, no group
add_link(_("Home"), "home", Menu(PORTAL, "home", 1, who=is_outside))
add_link(_("Commission"), "portal-commission", Menu(PORTAL, "plus", 2, who=is_client))
add_link(_("Messages"), "activity", Menu(PORTAL, "bell", 3, who=is_outside))
