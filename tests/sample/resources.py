"""What of a loan is seen, and the plain steps."""

from django.utils.translation import gettext_lazy as _
from tests.sample.models import Loan
from tests.sample.operations import give_number

from keqiao.enterprises.permissions import is_responsible
from keqiao.faces.areas import Area, Menu
from keqiao.faces.defaults import default_operations
from keqiao.faces.resource import Fields, Resource, register

ASKED = ("enterprise", "equipment", "purpose", "wanted_on", "engagement", "level")

register(
    Resource(
        model=Loan,
        slug="loans",
        columns=("number", "equipment", "enterprise", "state", "wanted_on", "due_on", "returned_on"),
        filters=("state", "wanted_on", "due_on"),
        panels=(
            Fields(_("Request"), ("number", "state", *ASKED)),
            Fields(
                _("Handing out and return"),
                ("keeper", "lent_on", "due_on", "slip", "returned_on", "condition"),
            ),
        ),
        related=("enterprise", "engagement", "keeper", "slip"),
        files=("slip",),
        menu=Menu(Area.CLIENTS, "tools", 40, who=lambda actor: actor.kind in {"staff", "client"}),
        empty=_("No equipment was asked for yet."),
    )
)
default_operations(Loan, fields=ASKED, clause="4.1.3", permission=is_responsible, fill=give_number)
