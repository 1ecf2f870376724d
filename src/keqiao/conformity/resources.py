"""What of conformity is seen: one page, in the menu of those who may read it, and by when each recurring duty is due."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from keqiao.conformity.models import DueRhythm
from keqiao.conformity.pages import title_of
from keqiao.conformity.queries import clauses_asking, may_read
from keqiao.faces.areas import Area, Menu
from keqiao.faces.resource import Custom, Fields, Resource, register, resource_of
from keqiao.faces.web.navigation import add_link
from keqiao.kernel.platform.actors import Actor


def where_done(rhythm: DueRhythm, _actor: Actor) -> dict[str, Any]:
    """The list of what counts, and the clauses that ask for it."""
    measure = rhythm.measure
    resource = resource_of(measure.of) if measure else None
    return {
        "measure": measure,
        "list": resource,
        "clauses": [(one.id, title_of(one)) for one in clauses_asking(rhythm.name)],
    }


add_link(_("Conformity"), "conformity", Menu(Area.RECORDS, "shield-check", 20, who=may_read))
register(
    Resource(
        model=DueRhythm,
        slug="recurring-duties",
        columns=("name", "last_on", "due_on"),
        panels=(
            Fields(_("Recurring duty"), ("name", "last_on", "due_on")),
            Custom(_("Where it is done"), "conformity/rhythm.html", where_done),
        ),
        order=("due_on", "pk"),
    )
)
