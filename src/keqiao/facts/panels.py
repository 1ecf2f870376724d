"""On the page of an enterprise: what is known of it today, with source and period."""

from typing import Any

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from keqiao.enterprises.models import Enterprise
from keqiao.faces.panels import add_panel, workspace_panel
from keqiao.faces.resource import Custom
from keqiao.facts.registry import Stated, of
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.actors import Actor


def facts_of(enterprise: Enterprise, actor: Actor) -> dict[str, Any]:
    facts = of(enterprise, clock.today(), actor=actor) if actor.kind == "staff" else {}
    return {"facts": [shown(stated) for stated in facts.values()]}


def shown(stated: Stated) -> dict[str, Any]:
    value = stated.known.value
    if isinstance(value, bool):
        value = say("Yes") if value else say("No")
    return {
        "label": stated.fact.label,
        "value": value,
        "money": stated.fact.unit == "money",
        "period": stated.known.period,
        "source": stated.known.source,
        "source_date": stated.known.source_date,
    }


def for_declaration(engagement: Any, actor: Actor) -> dict[str, Any]:
    """What a declaration is filled with, beside the work on it; nothing once that is delivered."""
    return {} if engagement.delivered_on else facts_of(engagement.enterprise, actor)


add_panel(Enterprise, Custom(_("Facts with source and period"), "facts/panel.html", facts_of))
workspace_panel(
    family="5.3",
    title=_("Facts of the enterprise, with source and period"),
    template="facts/panel.html",
    fill=for_declaration,
)
