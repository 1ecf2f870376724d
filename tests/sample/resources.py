"""What is seen, and the plain steps."""

from django.utils.translation import gettext_lazy as _
from tests.sample.models import Calibration, Instrument, Loan
from tests.sample.operations import give_number, number_calibration

from keqiao.accounts.permissions import is_service_staff
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

PLANNED = ("instrument", "keeper", "due_on")

register(
    Resource(
        model=Calibration,
        slug="calibrations",
        columns=("number", "instrument", "state", "keeper", "due_on", "done_on"),
        filters=("state", "due_on"),
        panels=(
            Fields(_("What is planned"), ("number", "state", *PLANNED)),
            Fields(_("What was found"), ("laboratory", "done_on", "sheet")),
        ),
        related=("instrument", "keeper", "sheet"),
        files=("sheet",),
        menu=Menu(Area.INSTITUTION, "clipboard-check", 90),
    )
)
default_operations(
    Calibration,
    fields=PLANNED,
    clause="4.1.3",
    permission=is_service_staff,
    fill=number_calibration,
    without=frozenset({"update"}),
)
register(
    Resource(
        model=Instrument,
        slug="instruments",
        columns=("name", "serial", "retired_on"),
        panels=(Fields(_("Instrument"), ("name", "serial")),),
        order=("name",),
        menu=Menu(
            Area.INSTITUTION, "tools", 95, setup=True, hint=_("What is calibrated, with its serial number")
        ),
    )
)
default_operations(Instrument, fields=("name", "serial"), clause="4.1.3", permission=is_service_staff)
