"""On the page of an enterprise the way to its service file; in the menu the way to hand-over."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from keqiao.accounts.permissions import is_manager
from keqiao.enterprises.models import Enterprise
from keqiao.faces.areas import Area, Menu
from keqiao.faces.panels import add_panel
from keqiao.faces.resource import Custom
from keqiao.faces.web.navigation import add_link
from keqiao.kernel.platform.actors import Actor


def in_brief(enterprise: Enterprise, actor: Actor) -> dict[str, Any]:
    """How many there are, the file itself says: counting them here would cost every page of an enterprise."""
    del enterprise
    return {"for_staff": actor.kind == "staff"}


add_panel(Enterprise, Custom(_("Service file"), "oversight/in_brief.html", in_brief))
add_link(_("Hand-over"), "held", Menu(Area.ENGAGEMENTS, "users", 50, who=is_manager))
