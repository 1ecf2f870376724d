"""On the page of an enterprise the way to its service file; in the menu the way to hand-over."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from keqiao.accounts.permissions import is_manager
from keqiao.enterprises.models import Enterprise
from keqiao.faces.panels import add_panel
from keqiao.faces.resource import Custom, Menu
from keqiao.faces.web.context import add_link
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.steps.served import number_of_services


def in_brief(enterprise: Enterprise, actor: Actor) -> dict[str, Any]:
    if actor.kind != "staff":
        return {"services": None}
    return {"services": number_of_services(enterprise, actor=actor)}


add_panel(Enterprise, Custom(_("Service file"), "oversight/in_brief.html", in_brief))
add_link(_("Hand-over"), "held", Menu(_("Engagements"), "users", 19, who=is_manager))
